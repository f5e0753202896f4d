//! What an edit says to the others by mail.

use crate::common::{BEN, MAYA, WEEKLY, at, by, edited, half_hour};
use steadfast_calendar::edit::{
    Answer, Edit, EditError, Hold, Itip, Meeting, Party, Reply, apply, itip,
};
use steadfast_calendar::{Reader, Visibility};

fn told(object: &str, edit: &Edit, who: &str) -> Itip {
    by(who, |by| itip(object.as_bytes(), edit, by)).expect("a message")
}

/// The unfolded lines between BEGIN:VEVENT and END:VEVENT, and the method that stands in the text.
fn lines(told: &Itip) -> (String, Vec<String>) {
    let text = String::from_utf8(told.text.clone()).expect("text");
    assert!(Reader::read(text.as_bytes()).complete, "{text}");
    let text = text.replace("\r\n ", "");
    let method = text
        .lines()
        .filter_map(|line| line.strip_prefix("METHOD:"))
        .collect::<Vec<_>>()
        .join(",");
    let events = text.lines().skip_while(|line| *line != "BEGIN:VEVENT");
    let events = events.take_while(|line| *line != "END:VCALENDAR");
    (method, events.map(str::to_owned).collect())
}

#[test]
fn a_moved_one_of_a_series_is_asked_for_alone_and_without_what_is_its_owners() {
    let edit = Edit::Move {
        occurrence: at("2026-03-09T09:00:00Z"),
        to: half_hour("2026-03-10T13:00:00Z"),
    };
    let told = told(&edited(WEEKLY, &edit, MAYA), &edit, MAYA);
    assert_eq!(
        (told.method, told.to.as_slice()),
        ("REQUEST", &[BEN.to_owned()][..])
    );
    let (method, lines) = lines(&told);
    assert_eq!(method, "REQUEST");
    assert_eq!(
        lines,
        [
            "BEGIN:VEVENT",
            "UID:weekly",
            "RECURRENCE-ID;TZID=Europe/Berlin:20260309T100000",
            "DTSTAMP:20260301T120000Z",
            "LAST-MODIFIED:20260301T120000Z",
            "SEQUENCE:3",
            "SUMMARY:1:1 Maya and Ben\\, with a title that is long enough to be folded over two lines",
            "DTSTART;TZID=Europe/Berlin:20260310T140000",
            "DTEND;TZID=Europe/Berlin:20260310T143000",
            "ORGANIZER;CN=Maya:mailto:maya@example.org",
            "ATTENDEE;CN=Maya;PARTSTAT=ACCEPTED:mailto:maya@example.org",
            "ATTENDEE;CN=\"Ben; B\";PARTSTAT=NEEDS-ACTION;X-NUM=0:mailto:ben@example.org",
            "END:VEVENT",
        ]
    );
    assert!(String::from_utf8_lossy(&told.text).contains("BEGIN:VTIMEZONE"));
}

#[test]
fn a_cancelled_one_of_a_series_is_named_though_the_series_only_leaves_it_out() {
    let edit = Edit::Cancel {
        occurrence: at("2026-03-09T09:00:00Z"),
    };
    let (method, lines) = lines(&told(&edited(WEEKLY, &edit, MAYA), &edit, MAYA));
    assert_eq!(method, "CANCEL");
    for line in [
        "RECURRENCE-ID;TZID=Europe/Berlin:20260309T100000",
        "DTSTART;TZID=Europe/Berlin:20260309T100000",
        "STATUS:CANCELLED",
        "SEQUENCE:3",
    ] {
        assert!(lines.iter().any(|one| one == line), "{line} in {lines:?}");
    }
    assert!(
        !lines
            .iter()
            .any(|line| line.starts_with("RRULE") || line.starts_with("EXDATE"))
    );
}

#[test]
fn an_answer_names_whoever_answers_and_nobody_else() {
    let edit = Edit::Answer(Answer {
        occurrence: Some(at("2026-03-09T09:00:00Z")),
        reply: Reply::Declined,
        comment: Some("Tuesday?".to_owned()),
        instead: Vec::new(),
    });
    let told = told(&edited(WEEKLY, &edit, BEN), &edit, BEN);
    assert_eq!(
        (told.method, told.to.as_slice()),
        ("REPLY", &[MAYA.to_owned()][..])
    );
    let (_, lines) = lines(&told);
    let attendees: Vec<&String> = lines
        .iter()
        .filter(|line| line.starts_with("ATTENDEE"))
        .collect();
    assert_eq!(
        attendees,
        ["ATTENDEE;CN=\"Ben; B\";PARTSTAT=DECLINED;X-NUM=0:mailto:ben@example.org"]
    );
    for line in [
        "COMMENT:Tuesday?",
        "RECURRENCE-ID;TZID=Europe/Berlin:20260309T100000",
        "SEQUENCE:2",
    ] {
        assert!(lines.iter().any(|one| one == line), "{line} in {lines:?}");
    }
}

#[test]
fn a_booking_is_asked_for_and_a_booking_taken_back_is_cancelled() {
    let party = |address: &str, name: &str| Party {
        address: address.to_owned(),
        name: name.to_owned(),
        accepted: false,
    };
    let edit = Edit::Book(Meeting {
        uid: "steadfast-1".to_owned(),
        weekly: None,
        slot: half_hour("2026-03-10T13:00:00Z"),
        title: "1:1 Maya / Ben".to_owned(),
        text: "made good".to_owned(),
        visibility: Visibility::Public,
        organizer: party(MAYA, "Maya"),
        invited: vec![party(BEN, "")],
        like: None,
    });
    let booked = by(MAYA, |by| apply(None, &edit, by)).expect("a booking");
    let steadfast_calendar::edit::Edited::Text(booked) = booked else {
        panic!("{booked:?}");
    };
    let booked = String::from_utf8(booked).expect("text");
    let (method, asked) = lines(&told(&booked, &edit, MAYA));
    assert_eq!(method, "REQUEST");
    for line in [
        "SEQUENCE:0",
        "DESCRIPTION:made good",
        "DTSTART:20260310T130000Z",
    ] {
        assert!(asked.iter().any(|one| one == line), "{line} in {asked:?}");
    }
    let back = Edit::Withdraw {
        uid: "steadfast-1".to_owned(),
    };
    let (method, gone) = lines(&told(&booked, &back, MAYA));
    assert_eq!(method, "CANCEL");
    for line in ["SEQUENCE:1", "STATUS:CANCELLED", "UID:steadfast-1"] {
        assert!(gone.iter().any(|one| one == line), "{line} in {gone:?}");
    }
    assert!(!gone.iter().any(|line| line.starts_with("DESCRIPTION")));
}

#[test]
fn nobody_is_asked_in_somebody_elses_name_or_where_nobody_else_is() {
    let edit = Edit::Move {
        occurrence: at("2026-03-09T09:00:00Z"),
        to: half_hour("2026-03-10T13:00:00Z"),
    };
    let moved = edited(WEEKLY, &edit, MAYA);
    let said = by(BEN, |by| itip(moved.as_bytes(), &edit, by));
    assert_eq!(said, Err(EditError::NotTheOrganizer));
    let alone = moved
        .lines()
        .filter(|line| !line.contains("ben@"))
        .fold(String::new(), |text, line| text + line + "\r\n");
    let said = by(MAYA, |by| itip(alone.as_bytes(), &edit, by));
    assert_eq!(said, Err(EditError::Impossible));
    let hold = Edit::Hold(Hold {
        uid: "h".to_owned(),
        slot: half_hour("2026-03-10T13:00:00Z"),
        title: "hold".to_owned(),
    });
    assert!(by(MAYA, |by| itip(WEEKLY.as_bytes(), &hold, by)).is_err());
}
