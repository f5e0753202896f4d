//! The words of each kind of thing that is done.

use super::*;
use crate::server::imip::deed::Deed;
use crate::server::imip::words::words;
use steadfast_calendar::edit::{Answer, Reply};
use steadfast_store::Intent;

/// Mondays at 10 in Berlin, of Maya with Ben.
const WEEKLY: &str = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\nBEGIN:VEVENT\r\nUID:weekly\r\n\
DTSTAMP:20260201T080000Z\r\nSEQUENCE:1\r\nSUMMARY:Our 1:1\\n\\nBcc: eve@example.com\r\nDTSTART:20260302T090000Z\r\n\
DTEND:20260302T093000Z\r\nRRULE:FREQ=WEEKLY;BYDAY=MO\r\nORGANIZER;CN=Maya Lind:mailto:maya@example.com\r\n\
ATTENDEE;PARTSTAT=ACCEPTED:mailto:maya@example.com\r\nATTENDEE;CN=Ben Okafor;PARTSTAT=ACCEPTED:mailto:ben@example.com\r\n\
END:VEVENT\r\nEND:VCALENDAR\r\n";

/// What is said of an edit of that series, by whoever does it.
fn said(edit: Edit, who: &str) -> (String, String) {
    let action = Action {
        source: SOURCE.to_owned(),
        place: "/own/weekly.ics".to_owned(),
        basis: Basis::Nothing,
        edit,
        addresses: vec![who.to_owned()],
        zone: ZONE.to_owned(),
        policy: String::new(),
        because: String::new(),
        uid: None,
        agreed: false,
        ends_offer: None,
        then: None,
    };
    let zone = jiff::tz::TimeZone::get(ZONE).unwrap();
    let by = By {
        addresses: &[who],
        zone: &zone,
        now: at("2026-03-01T12:00:00Z"),
    };
    let Ok(Edited::Text(text)) = apply(Some(WEEKLY.as_bytes()), &action.edit, &by) else {
        panic!("{:?}", action.edit);
    };
    let untold = vec![MAYA.to_owned(), BEN.to_owned()];
    let came = Came {
        unsaid: Unsaid::of(&text, &action, (&[], &untold), by.now),
        ..Came::default()
    };
    let intent = Intent {
        intent: "i".to_owned(),
        person: who.to_owned(),
        about: serde_json::to_vec(&action).unwrap(),
        undoes: None,
        by_hand: true,
        created: Micros(0),
        state: IntentState::Done,
        sent: None,
        undo: None,
        ended: None,
        result: Some(serde_json::to_vec(&came).unwrap()),
    };
    let words = words(&Deed::of(intent, None).unwrap()).unwrap();
    (words.subject, words.text)
}

#[test]
fn it_is_said_who_did_what_to_which_meeting_on_a_clock_that_is_named() {
    let monday = at("2026-03-09T09:00:00Z");
    let start = at("2026-03-10T13:00:00Z");
    let moved = Edit::Move {
        occurrence: monday,
        to: Slot::new(start, start.plus_minutes(30)),
    };
    let longer = Edit::Resize {
        occurrence: monday,
        seconds: 3_600,
    };
    let off = Edit::Cancel { occurrence: monday };
    let no = Edit::Answer(Answer {
        occurrence: Some(monday),
        reply: Reply::Declined,
        comment: Some("Would Tuesday do?".to_owned()),
        instead: Vec::new(),
    });
    let title = "Our 1:1 Bcc: eve@example.com";
    for (edit, who, subject, lines) in [
        (
            moved,
            MAYA,
            format!("Moved: {title}, now Tue 10 March, 14:00"),
            [
                "Maya Lind moved this meeting:",
                "Tuesday 10 March 2026, 14:00–14:30 (Europe/Berlin)",
                "It was planned for Monday 9 March 2026, 10:00.",
            ],
        ),
        (
            longer,
            MAYA,
            format!("Other length: {title}, now Mon 9 March, 10:00"),
            [
                "Maya Lind changed how long this meeting lasts:",
                "Monday 9 March 2026, 10:00–11:00 (Europe/Berlin)",
                title,
            ],
        ),
        (
            off,
            MAYA,
            format!("Cancelled: {title}, Mon 9 March, 10:00"),
            [
                "Maya Lind took this meeting off; it does not take place:",
                "Your calendar program may offer to take it off. You can also answer this mail: the answer goes to Maya Lind.",
                title,
            ],
        ),
        (
            no,
            BEN,
            format!("Declined: {title}, Mon 9 March, 10:00"),
            [
                "Ben Okafor cannot come to this meeting:",
                "Would Tuesday do?",
                "Sent by Steadfast for Ben Okafor <ben@example.com>, who read it before it went.",
            ],
        ),
    ] {
        let (told, text) = said(edit, who);
        assert_eq!(told, subject);
        for line in lines {
            assert!(text.lines().any(|one| one == line), "{line} in {text}");
        }
    }
}
