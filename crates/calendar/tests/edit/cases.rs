//! What each edit writes, line by line, and what it refuses.

use crate::common::{
    BEN, MAYA, WEEKLY, at, by, difference, edited, half_hour, instances, refused, series,
};
use steadfast_calendar::edit::{
    Answer, Edit, EditError, Edited, Hold, Meeting, Party, Reply, apply, holds, undo,
};
use steadfast_calendar::{PartStat, Slot, Standing, Visibility};

/// The 1:1 of 9 March 2026.
const NINTH: &str = "2026-03-09T09:00:00Z";

fn moved(to: &str) -> Edit {
    Edit::Move {
        occurrence: at(NINTH),
        to: half_hour(to),
    }
}

fn cancel(occurrence: &str) -> Edit {
    Edit::Cancel {
        occurrence: at(occurrence),
    }
}

fn answer(occurrence: Option<&str>, reply: Reply, comment: Option<&str>) -> Edit {
    Edit::Answer(Answer {
        occurrence: occurrence.map(at),
        reply,
        comment: comment.map(str::to_owned),
        instead: Vec::new(),
    })
}

#[test]
fn a_moved_occurrence_is_the_masters_text_at_another_time_asked_anew() {
    let after = edited(WEEKLY, &moved("2026-03-10T13:00:00Z"), MAYA);
    assert_eq!(
        difference(WEEKLY, &after),
        [
            "+BEGIN:VEVENT",
            "+UID:weekly",
            "+RECURRENCE-ID;TZID=Europe/Berlin:20260309T100000",
            "+DTSTAMP:20260301T120000Z",
            "+LAST-MODIFIED:20260301T120000Z",
            "+SEQUENCE:3",
            "+SUMMARY:1:1 Maya and Ben\\, with a title that is long enough to be folded over two lines",
            "+DTSTART;TZID=Europe/Berlin:20260310T140000",
            "+DTEND;TZID=Europe/Berlin:20260310T143000",
            "+ORGANIZER;CN=Maya:mailto:maya@example.org",
            "+ATTENDEE;CN=Maya;PARTSTAT=ACCEPTED:mailto:maya@example.org",
            "+ATTENDEE;CN=\"Ben; B\";PARTSTAT=NEEDS-ACTION;X-NUM=0:mailto:ben@example.org",
            "+X-OWN;A=b:c",
            "+BEGIN:VALARM",
            "+ACTION:DISPLAY",
            "+TRIGGER:-PT5M",
            "+SUMMARY:alarm",
            "+END:VALARM",
            "+END:VEVENT",
        ]
    );
    // Everything before the new component is what it was to the last byte.
    let head = WEEKLY.strip_suffix("END:VCALENDAR\r\n").unwrap();
    assert!(after.starts_with(head));
    assert!(after.contains("folded over\r\n  two lines\r\n"));
}

#[test]
fn an_override_that_is_moved_again_takes_one_more_step() {
    let once = edited(WEEKLY, &moved("2026-03-10T13:00:00Z"), MAYA);
    let twice = edited(&once, &moved("2026-03-11T13:00:00Z"), MAYA);
    let told = difference(&once, &twice);
    assert!(told.contains(&"+SEQUENCE:4".to_owned()), "{told:?}");
    assert_eq!(series(&twice).overrides.len(), 1);
    assert_eq!(
        refused(&twice, &moved("2026-03-11T13:00:00Z"), MAYA),
        EditError::AlreadySo
    );
}

#[test]
fn a_moved_occurrence_goes_back_by_its_undo() {
    let edit = moved("2026-03-10T13:00:00Z");
    let after = edited(WEEKLY, &edit, MAYA);
    let back = by(MAYA, |by| undo(Some(WEEKLY.as_bytes()), &edit, by))
        .unwrap()
        .unwrap();
    let again = edited(&after, &back, MAYA);
    let slots = |text: &str| {
        instances(text)
            .iter()
            .map(|i| (i.id, i.slot))
            .collect::<Vec<_>>()
    };
    assert_eq!(slots(&again), slots(WEEKLY));
    assert_eq!(series(&again).overrides[0].sequence, 4);
}

#[test]
fn a_cancelled_occurrence_is_excluded_and_comes_back() {
    let after = edited(WEEKLY, &cancel(NINTH), MAYA);
    assert_eq!(
        difference(WEEKLY, &after),
        [
            "-DTSTAMP:20260201T080000Z",
            "-SEQUENCE:2",
            "+DTSTAMP:20260301T120000Z",
            "+LAST-MODIFIED:20260301T120000Z",
            "+SEQUENCE:3",
            "+EXDATE;TZID=Europe/Berlin:20260309T100000",
            "-ATTENDEE;CN=\"Ben; B\";PARTSTAT=ACCEPTED;SCHEDULE-STATUS=1.2;X-NUM=0:mailto:ben@example.org",
            "+ATTENDEE;CN=\"Ben; B\";PARTSTAT=ACCEPTED;X-NUM=0:mailto:ben@example.org",
        ]
    );
    let back = edited(
        &after,
        &Edit::Restore {
            occurrence: at(NINTH),
            to: None,
        },
        MAYA,
    );
    assert_eq!(instances(&back), instances(WEEKLY));
    assert!(back.contains("SEQUENCE:4\r\n"));
}

#[test]
fn one_of_several_excluded_dates_is_taken_back_and_the_others_stay() {
    let restore = Edit::Restore {
        occurrence: at("2026-03-16T09:00:00Z"),
        to: None,
    };
    let after = edited(WEEKLY, &restore, MAYA);
    assert!(after.contains("EXDATE;TZID=Europe/Berlin:20260323T100000\r\n"));
    let elsewhere = Edit::Restore {
        occurrence: at("2026-03-16T09:00:00Z"),
        to: Some(half_hour("2026-03-17T15:00:00Z")),
    };
    let after = edited(WEEKLY, &elsewhere, MAYA);
    let series = series(&after);
    assert_eq!(series.master.unwrap().sequence, 3);
    assert_eq!(series.overrides[0].sequence, 3);
}

#[test]
fn an_override_that_is_cancelled_keeps_what_it_says_and_comes_back_there() {
    let once = edited(WEEKLY, &moved("2026-03-10T13:00:00Z"), MAYA);
    let gone = edited(&once, &cancel(NINTH), MAYA);
    assert!(gone.contains("STATUS:CANCELLED\r\n"));
    let back = by(MAYA, |by| undo(Some(once.as_bytes()), &cancel(NINTH), by))
        .unwrap()
        .unwrap();
    let again = edited(&gone, &back, MAYA);
    assert_eq!(instances(&again), instances(&once));
    assert_eq!(
        refused(&gone, &moved("2026-03-12T13:00:00Z"), MAYA),
        EditError::Cancelled
    );
}

#[test]
fn an_occurrence_gets_another_length() {
    let edit = Edit::Resize {
        occurrence: at(NINTH),
        seconds: 900,
    };
    let after = edited(WEEKLY, &edit, MAYA);
    assert!(after.contains("DTEND;TZID=Europe/Berlin:20260309T101500\r\n"));
    let none = Edit::Resize {
        occurrence: at(NINTH),
        seconds: 0,
    };
    assert_eq!(refused(WEEKLY, &none, MAYA), EditError::Impossible);
}

#[test]
fn an_answer_changes_ones_own_line_and_no_step() {
    let after = edited(
        WEEKLY,
        &answer(None, Reply::Declined, Some("Ill, sorry; next week?")),
        BEN,
    );
    let said = after.replace("\r\n ", "");
    assert!(
        said.contains("PARTSTAT=DECLINED;SCHEDULE-STATUS=1.2;X-NUM=0:mailto:ben"),
        "{after}"
    );
    assert!(after.contains("COMMENT:Ill\\, sorry\\; next week?\r\n"));
    assert!(after.contains("SEQUENCE:2\r\n"));
    let one = edited(WEEKLY, &answer(Some(NINTH), Reply::Tentative, None), BEN);
    let series = series(&one);
    assert_eq!(series.overrides[0].sequence, 2);
    assert_eq!(
        instances(&one).iter().map(|i| i.slot).collect::<Vec<_>>(),
        instances(WEEKLY).iter().map(|i| i.slot).collect::<Vec<_>>()
    );
    assert_eq!(
        refused(WEEKLY, &answer(None, Reply::Accepted, None), BEN),
        EditError::AlreadySo
    );
    assert_eq!(
        refused(
            WEEKLY,
            &answer(None, Reply::Accepted, None),
            "eve@example.org"
        ),
        EditError::NotInvited
    );
}

#[test]
fn only_the_organiser_moves_and_cancels() {
    for edit in [moved("2026-03-10T13:00:00Z"), cancel(NINTH)] {
        assert_eq!(refused(WEEKLY, &edit, BEN), EditError::NotTheOrganizer);
    }
}

#[test]
fn what_is_not_clear_is_refused() {
    let twice = WEEKLY.replace(
        "END:VCALENDAR\r\n",
        "BEGIN:VEVENT\r\nUID:other\r\nDTSTART:20260302T100000Z\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n",
    );
    assert_eq!(refused(&twice, &cancel(NINTH), MAYA), EditError::Ambiguous);
    let two_masters = twice.replace("UID:other", "UID:weekly");
    assert_eq!(
        refused(&two_masters, &cancel(NINTH), MAYA),
        EditError::Ambiguous
    );
    let from_here = twice.replace(
        "UID:other",
        "UID:weekly\r\nRECURRENCE-ID;RANGE=THISANDFUTURE:20260309T090000Z",
    );
    assert_eq!(
        refused(&from_here, &cancel(NINTH), MAYA),
        EditError::FromHereOn
    );
    assert_eq!(
        refused("BEGIN:VCALENDAR\r\n", &cancel(NINTH), MAYA),
        EditError::Unreadable
    );
    assert_eq!(
        refused(WEEKLY, &cancel("2026-03-10T09:00:00Z"), MAYA),
        EditError::NotFound
    );
}

#[test]
fn an_hour_that_comes_twice_is_said_or_refused_but_never_another() {
    // 25 October 2026 in Berlin: 02:30 comes at 00:30 and at 01:30 UTC.
    let first = edited(WEEKLY, &moved("2026-10-25T00:30:00Z"), MAYA);
    // Its end is 02:00 for the second time.
    assert!(first.contains("DTSTART;TZID=Europe/Berlin:20261025T023000\r\nDURATION:PT1800S\r\n"));
    assert_eq!(
        refused(WEEKLY, &moved("2026-10-25T01:30:00Z"), MAYA),
        EditError::Unsayable
    );
}

#[test]
fn whole_days_are_moved_as_days() {
    let days = "BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:d\nDTSTART;VALUE=DATE:20260302\nRRULE:FREQ=WEEKLY\nEND:VEVENT\nEND:VCALENDAR\n";
    let day = |from: &str| Slot::new(at(from), at(from).plus_days(1));
    let edit = Edit::Move {
        occurrence: at("2026-03-08T23:00:00Z"),
        to: day("2026-03-09T23:00:00Z"),
    };
    let after = edited(days, &edit, MAYA);
    assert!(
        after.contains("RECURRENCE-ID;VALUE=DATE:20260309\n"),
        "{after}"
    );
    assert!(
        after.contains("DTSTART;VALUE=DATE:20260310\n")
            && after.contains("DTEND;VALUE=DATE:20260311\n")
    );
    assert!(!after.contains('\r'));
    let within = Edit::Move {
        occurrence: at("2026-03-08T23:00:00Z"),
        to: half_hour("2026-03-09T10:00:00Z"),
    };
    assert_eq!(refused(days, &within, MAYA), EditError::WholeDay);
}

#[test]
fn a_single_meeting_is_moved_itself_and_known_by_where_it_went() {
    let single = "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:s\r\nDTSTAMP:20270101T000000Z\r\nDTSTART:20260309T090000Z\r\nDTEND:20260309T093000Z\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n";
    let edit = moved("2026-03-10T13:00:00Z");
    let after = edited(single, &edit, MAYA);
    assert!(after.contains("DTSTART:20260310T130000Z\r\nDTEND:20260310T133000Z"));
    // A stamp never goes back, whatever our clock says.
    assert!(after.contains("DTSTAMP:20270101T000000Z"));
    assert_eq!(refused(&after, &edit, MAYA), EditError::AlreadySo);
    let back = by(MAYA, |by| undo(Some(single.as_bytes()), &edit, by))
        .unwrap()
        .unwrap();
    assert_eq!(instances(&edited(&after, &back, MAYA)), instances(single));
    let gone = edited(single, &cancel(NINTH), MAYA);
    assert_eq!(instances(&gone)[0].standing, Standing::Cancelled(None));
    let back = by(MAYA, |by| undo(Some(single.as_bytes()), &cancel(NINTH), by))
        .unwrap()
        .unwrap();
    assert_eq!(instances(&edited(&gone, &back, MAYA)), instances(single));
}

pub(crate) fn party(address: &str, name: &str) -> Party {
    Party {
        address: address.to_owned(),
        name: name.to_owned(),
        accepted: false,
    }
}

#[test]
fn a_booking_invites_and_a_hold_does_not() {
    let meeting = Meeting {
        uid: "good-1".to_owned(),
        slot: half_hour("2026-03-11T13:00:00Z"),
        weekly: None,
        title: "1:1, made good; BEGIN:VEVENT\nX".to_owned(),
        text: String::new(),
        visibility: Visibility::Public,
        organizer: party(MAYA, "Maya \"M\" ^"),
        invited: vec![party(BEN, "Ben")],
        like: None,
    };
    let book = Edit::Book(meeting.clone());
    let Ok(Edited::Text(text)) = by(MAYA, |by| apply(None, &book, by)) else {
        panic!("a text");
    };
    let text = String::from_utf8(text).unwrap();
    let event = series(&text).master.unwrap();
    assert_eq!(event.attendees.len(), 2);
    assert_eq!(&*event.organizer.as_ref().unwrap().name, "Maya \"M\" ^");
    assert_eq!(&*event.summary, "1:1, made good; BEGIN:VEVENT\nX");
    // Whoever said yes to the time already is not asked again.
    for (accepted, answer, asked) in [
        (false, PartStat::NeedsAction, true),
        (true, PartStat::Accepted, false),
    ] {
        let mut ben = party(BEN, "Ben");
        ben.accepted = accepted;
        let book = Edit::Book(Meeting {
            invited: vec![ben],
            ..meeting.clone()
        });
        let Ok(Edited::Text(text)) = by(MAYA, |by| apply(None, &book, by)) else {
            panic!("a text");
        };
        let text = String::from_utf8(text).unwrap();
        let event = series(&text).master.unwrap();
        let answers = event.attendees.iter().map(|one| one.answer);
        assert_eq!(answers.collect::<Vec<_>>(), [PartStat::Accepted, answer]);
        assert_eq!(text.contains("RSVP=TRUE"), asked);
    }
    assert!(by(MAYA, |by| holds(Some(text.as_bytes()), &book, by)));
    assert_eq!(refused(&text, &book, MAYA), EditError::AlreadySo);
    let other = Edit::Book(Meeting {
        uid: "good-2".to_owned(),
        ..meeting.clone()
    });
    assert_eq!(refused(&text, &other, MAYA), EditError::Occupied);
    for (address, uid) in [
        ("ben@example.org\r\nX:1", "a"),
        ("ben", "a"),
        (BEN, "a/b"),
        (BEN, ""),
    ] {
        let odd = Edit::Book(Meeting {
            uid: uid.to_owned(),
            invited: vec![party(address, "")],
            ..meeting.clone()
        });
        assert_eq!(
            by(MAYA, |by| apply(None, &odd, by)),
            Err(EditError::Impossible)
        );
    }
    assert_eq!(
        by(BEN, |by| apply(None, &book, by)),
        Err(EditError::NotTheOrganizer)
    );
    let hold = Edit::Hold(Hold {
        uid: "hold-1".to_owned(),
        slot: half_hour("2026-03-11T13:00:00Z"),
        title: "Kept free".to_owned(),
    });
    let Ok(Edited::Text(text)) = by(MAYA, |by| apply(None, &hold, by)) else {
        panic!("a text");
    };
    let text = String::from_utf8(text).unwrap();
    assert!(text.contains("CLASS:PRIVATE\r\n") && text.contains("TRANSP:OPAQUE\r\n"));
    assert!(!text.contains("ATTENDEE") && !text.contains("ORGANIZER"));
    let back = by(MAYA, |by| undo(None, &hold, by)).unwrap().unwrap();
    assert_eq!(
        by(MAYA, |by| apply(Some(text.as_bytes()), &back, by)),
        Ok(Edited::Gone)
    );
}

#[test]
fn an_edit_is_kept_and_read_back() {
    for edit in [
        moved("2026-03-10T13:00:00Z"),
        cancel(NINTH),
        answer(None, Reply::NeedsAction, Some("words")),
        Edit::Withdraw {
            uid: "a".to_owned(),
        },
    ] {
        let json = serde_json::to_string(&edit).unwrap();
        assert_eq!(serde_json::from_str::<Edit>(&json).unwrap(), edit, "{json}");
    }
    assert_eq!(
        serde_json::to_string(&cancel(NINTH)).unwrap(),
        "{\"edit\":\"cancel\",\"occurrence\":1773046800}"
    );
}
