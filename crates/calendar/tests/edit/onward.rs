//! A series is moved for good: it ends, another takes its place, and both can be taken back.

use crate::common::{
    BEN, MAYA, WEEKLY, at, by, difference, edited, half_hour, instances, refused, series,
};
use steadfast_calendar::edit::{
    Edit, EditError, Edited, Successor, apply, holds, itip, plain_weekly, undo,
};

/// From Monday 13 April 2026 on: 10:00 in Berlin, in summer.
fn end() -> Edit {
    Edit::End {
        from: at("2026-04-13T08:00:00Z"),
    }
}

/// Thursdays at 15:00 in Berlin.
fn successor() -> Edit {
    Edit::Successor(Successor {
        uid: "after-weekly".to_owned(),
        slot: half_hour("2026-04-16T13:00:00Z"),
        like: Some(WEEKLY.as_bytes().to_vec()),
    })
}

fn made(edit: &Edit) -> Result<String, EditError> {
    by(MAYA, |by| apply(None, edit, by)).map(|edited| match edited {
        Edited::Text(text) => String::from_utf8(text).unwrap(),
        Edited::Gone => panic!("gone"),
    })
}

fn taken_back(before: &str, edit: &Edit) -> Edit {
    let back = by(MAYA, |by| undo(Some(before.as_bytes()), edit, by));
    back.unwrap().unwrap()
}

#[test]
fn a_series_ends_before_one_and_nothing_before_changes() {
    let after = edited(WEEKLY, &end(), MAYA);
    let told = difference(WEEKLY, &after);
    assert_eq!(
        told,
        [
            "-DTSTAMP:20260201T080000Z",
            "-SEQUENCE:2",
            "+DTSTAMP:20260301T120000Z",
            "+LAST-MODIFIED:20260301T120000Z",
            "+SEQUENCE:3",
            "-RRULE:FREQ=WEEKLY;BYDAY=MO",
            "+RRULE:FREQ=WEEKLY;BYDAY=MO;UNTIL=20260406T080000Z",
            "-ATTENDEE;CN=\"Ben; B\";PARTSTAT=ACCEPTED;SCHEDULE-STATUS=1.2;X-NUM=0:mailto:ben@example.org",
            "+ATTENDEE;CN=\"Ben; B\";PARTSTAT=ACCEPTED;X-NUM=0:mailto:ben@example.org",
        ],
        "{told:#?}"
    );
    let before = instances(WEEKLY);
    let last = instances(&after);
    assert_eq!(last.len(), 6, "to 6 April");
    assert_eq!(last[..], before[..6]);
    assert_eq!(refused(&after, &end(), MAYA), EditError::AlreadySo);
}

#[test]
fn what_ends_it_is_taken_back_to_the_letter_of_its_rule_with_its_overrides() {
    let moved = |occurrence: &str, to: &str| Edit::Move {
        occurrence: at(occurrence),
        to: half_hour(to),
    };
    // One before stays, one after goes and comes again.
    let early = moved("2026-03-30T08:00:00Z", "2026-03-31T08:00:00Z");
    let late = moved("2026-04-20T08:00:00Z", "2026-04-21T08:00:00Z");
    let before = edited(&edited(WEEKLY, &early, MAYA), &late, MAYA);
    let ended = edited(&before, &end(), MAYA);
    assert_eq!(ended.matches("RECURRENCE-ID").count(), 1);
    assert_eq!(instances(&ended)[..], instances(&before)[..6]);
    let back = taken_back(&before, &end());
    let again = edited(&ended, &back, MAYA);
    assert!(again.contains("RRULE:FREQ=WEEKLY;BYDAY=MO\r\n"), "{again}");
    let places = |text: &str| -> Vec<_> {
        let all = instances(text).into_iter();
        all.map(|one| (one.id, one.ruled, one.slot)).collect()
    };
    assert_eq!(places(&again), places(&before));
    // Newer than what was said of its end, the override too.
    let sequences: Vec<u32> = series(&again)
        .overrides
        .iter()
        .map(|event| event.sequence)
        .collect();
    assert_eq!(
        (series(&again).master.unwrap().sequence, sequences),
        (4, vec![3, 4])
    );
    assert_eq!(refused(&again, &back, MAYA), EditError::AlreadySo);
    // And that is taken back again.
    assert_eq!(taken_back(&ended, &back), end());
}

#[test]
fn a_successor_is_the_same_series_at_another_time() {
    let text = made(&successor()).unwrap();
    for line in [
        "UID:after-weekly\r\n",
        "SEQUENCE:0\r\n",
        "DTSTART;TZID=Europe/Berlin:20260416T150000\r\n",
        "DTEND;TZID=Europe/Berlin:20260416T153000\r\n",
        "RRULE:FREQ=WEEKLY;BYDAY=TH\r\n",
        "CREATED:20260301T120000Z\r\n",
        "X-ODD:kept\r\n",
        "X-OWN;A=b:c\r\n",
        "TRIGGER:-PT5M\r\n",
        "ATTENDEE;CN=Maya;PARTSTAT=ACCEPTED:mailto:maya@example.org\r\n",
    ] {
        assert!(text.contains(line), "{line} in {text}");
    }
    assert!(!text.contains("EXDATE") && !text.contains("DURATION:PT30M"));
    let all = series(&text);
    let master = all.master.as_ref().unwrap();
    assert_eq!(master.attendees[1].answer, Default::default());
    assert_eq!(
        master.summary,
        series(WEEKLY).master.as_ref().unwrap().summary
    );
    assert_eq!(plain_weekly(&all), Some(1));
    by(MAYA, |by| {
        // What is kept of it says whether it is there.
        let kept = serde_json::to_string(&successor()).unwrap();
        assert!(!kept.contains("VEVENT"), "{kept}");
        let kept: Edit = serde_json::from_str(&kept).unwrap();
        assert!(holds(Some(text.as_bytes()), &kept, by));
        assert!(!holds(Some(WEEKLY.as_bytes()), &kept, by));
        assert_eq!(apply(None, &kept, by), Err(EditError::NotFound));
        let back = Edit::Withdraw {
            uid: "after-weekly".to_owned(),
        };
        assert_eq!(undo(None, &kept, by), Ok(Some(back)));
        for (object, edit) in [(&text, kept), (&edited(WEEKLY, &end(), MAYA), end())] {
            let said = itip(object.as_bytes(), &edit, by).unwrap();
            assert_eq!((said.method, said.to), ("REQUEST", vec![BEN.to_owned()]));
        }
    });
}

#[test]
fn what_is_not_plain_or_not_theirs_is_not_moved_for_good() {
    let with = |from: &str, to: &str| WEEKLY.replace(from, to);
    let as_successor = |like: &str| {
        let Edit::Successor(one) = successor() else {
            panic!();
        };
        Edit::Successor(Successor {
            like: Some(like.as_bytes().to_vec()),
            ..one
        })
    };
    let rule = "RRULE:FREQ=WEEKLY;BYDAY=MO";
    for odd in [
        with(rule, "RRULE:FREQ=WEEKLY;BYDAY=MO,WE"),
        with(rule, "RRULE:FREQ=WEEKLY;BYDAY=MO;COUNT=20"),
        with(rule, "RRULE:FREQ=MONTHLY;BYDAY=2MO"),
        with(rule, "RRULE:FREQ=WEEKLY\r\nRDATE:20260601T080000Z"),
        with(rule, "STATUS:CANCELLED\r\nRRULE:FREQ=WEEKLY"),
    ] {
        assert_eq!(made(&as_successor(&odd)), Err(EditError::OddRule), "{odd}");
        assert_eq!(refused(&odd, &end(), MAYA), EditError::OddRule, "{odd}");
    }
    assert_eq!(refused(WEEKLY, &end(), BEN), EditError::NotTheOrganizer);
    let from = |text: &str| Edit::End { from: at(text) };
    // Not one of them; and the very first, before which there is nothing.
    let other = from("2026-04-13T09:00:00Z");
    assert_eq!(refused(WEEKLY, &other, MAYA), EditError::NotFound);
    let first = from("2026-03-02T09:00:00Z");
    assert_eq!(refused(WEEKLY, &first, MAYA), EditError::OddRule);
}
