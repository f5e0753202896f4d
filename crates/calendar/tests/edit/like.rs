//! What a new meeting takes over from the one that it stands for.

use crate::cases::party;
use crate::common::{BEN, MAYA, by, half_hour};
use steadfast_calendar::edit::{Edit, Edited, Like, Meeting, apply, itip};
use steadfast_calendar::{Instant, Visibility};

/// Mondays at nine, with these lines; the one of the sixteenth has these of its own.
fn lost(lines: &str, sixteenth: &str) -> String {
    let head = "UID:weekly\r\nDTSTAMP:20260201T080000Z\r\nORGANIZER:mailto:maya@example.org\r\n\
                ATTENDEE;PARTSTAT=ACCEPTED:mailto:maya@example.org\r\n";
    format!(
        "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\nBEGIN:VEVENT\r\n{head}DTSTART:20260302T090000Z\r\n\
         DTEND:20260302T093000Z\r\nRRULE:FREQ=WEEKLY\r\nEXDATE:20260309T090000Z\r\n{lines}BEGIN:VALARM\r\n\
         ACTION:DISPLAY\r\nDESCRIPTION:Ten minutes\r\nTRIGGER:-PT10M\r\nEND:VALARM\r\nEND:VEVENT\r\n\
         BEGIN:VEVENT\r\n{head}RECURRENCE-ID:20260316T090000Z\r\nDTSTART:20260316T090000Z\r\nDTEND:20260316T093000Z\r\n\
         {sixteenth}END:VEVENT\r\nEND:VCALENDAR\r\n"
    )
}

const HIM: &str = "ATTENDEE;PARTSTAT=ACCEPTED:mailto:ben@example.org\r\n";
const THERE: &str = "LOCATION:The bench\\, by the lake\r\nCONFERENCE;VALUE=URI;FEATURE=VIDEO:https://meet.example/abc\r\n\
                     DESCRIPTION:We walk.\r\nX-OTHER:stays\r\nCOMMENT:no\r\n";

fn at(text: &str) -> Instant {
    text.parse::<jiff::Timestamp>().unwrap().into()
}

fn booked(text: Option<&str>, occurrence: &str, words: &str) -> Edit {
    Edit::Book(Meeting {
        uid: "good-1".to_owned(),
        slot: half_hour("2026-03-11T13:00:00Z"),
        weekly: None,
        title: "1:1".to_owned(),
        text: words.to_owned(),
        visibility: Visibility::Public,
        organizer: party(MAYA, "Maya"),
        invited: vec![party(BEN, "Ben")],
        like: Some(Box::new(Like {
            place: "/weekly.ics".to_owned(),
            uid: "weekly".to_owned(),
            occurrence: Some(at(occurrence)),
            text: text.map(|text| text.as_bytes().to_vec()),
        })),
    })
}

fn made(edit: &Edit) -> String {
    match by(MAYA, |by| apply(None, edit, by)) {
        Ok(Edited::Text(text)) => String::from_utf8(text).unwrap(),
        other => panic!("{other:?}"),
    }
}

/// The lines of the new one that say where, and what for.
fn taken(text: &str) -> Vec<String> {
    let text = text.replace("\r\n ", "");
    let names = [
        "LOCATION",
        "CONFERENCE",
        "DESCRIPTION",
        "X-",
        "COMMENT",
        "GEO",
    ];
    let lines = text
        .lines()
        .filter(|line| names.iter().any(|name| line.starts_with(name)));
    lines.map(str::to_owned).collect()
}

const NINTH: &str = "2026-03-09T09:00:00Z";
const SIXTEENTH: &str = "2026-03-16T09:00:00Z";

#[test]
fn it_takes_place_where_the_lost_one_did_and_brings_its_words_along() {
    let text = lost(&format!("{HIM}{THERE}"), HIM);
    assert_eq!(
        taken(&made(&booked(Some(&text), NINTH, ""))),
        [
            "LOCATION:The bench\\, by the lake",
            "CONFERENCE;VALUE=URI;FEATURE=VIDEO:https://meet.example/abc",
            "DESCRIPTION:We walk.",
        ]
    );
    // Words of its own take the place of those.
    let own = made(&booked(Some(&text), NINTH, "Made good."));
    assert_eq!(taken(&own)[0], "DESCRIPTION:Made good.");
    assert_eq!(own.matches("DESCRIPTION").count(), 1);
}

#[test]
fn one_of_its_own_is_read_before_its_series_and_one_called_off_only_where_it_says_something() {
    let all = format!("{HIM}{THERE}");
    let own = format!("{HIM}LOCATION:Room at the top\r\n");
    let text = lost(&all, &own);
    let edit = booked(Some(&text), SIXTEENTH, "");
    assert_eq!(taken(&made(&edit)), ["LOCATION:Room at the top"]);
    for (over, first) in [
        (
            format!("STATUS:CANCELLED\r\n{own}"),
            "LOCATION:Room at the top",
        ),
        (
            format!("STATUS:CANCELLED\r\n{HIM}"),
            "LOCATION:The bench\\, by the lake",
        ),
    ] {
        let text = lost(&all, &over);
        let edit = booked(Some(&text), SIXTEENTH, "");
        assert_eq!(taken(&made(&edit))[0], first);
    }
}

#[test]
fn a_room_that_nobody_asked_is_not_promised() {
    for kind in ["ROOM", "RESOURCE"] {
        let room = format!("ATTENDEE;CUTYPE={kind}:mailto:room@example.org\r\n");
        let text = lost(&format!("{HIM}{room}{THERE}GEO:1;2\r\n"), HIM);
        let taken = taken(&made(&booked(Some(&text), NINTH, "")));
        assert!(taken[0].starts_with("CONFERENCE"), "{taken:?}");
    }
}

#[test]
fn of_what_is_not_the_lost_one_or_was_nobody_elses_nothing_is_taken() {
    let text = lost(&format!("{HIM}{THERE}"), HIM);
    let alone = lost(THERE, "");
    let other = text.replace("UID:weekly", "UID:another");
    let theirs = text.replace("ORGANIZER:mailto:maya", "ORGANIZER:mailto:ben");
    for text in [&alone, &other, &theirs, "", "no calendar"] {
        let new = made(&booked(Some(text), NINTH, ""));
        assert!(taken(&new).is_empty(), "{new}");
    }
    assert!(taken(&made(&booked(None, NINTH, ""))).is_empty());
    // A picture in words is left where it is.
    let long = lost(
        &format!(
            "{HIM}DESCRIPTION:{}\r\nLOCATION:Here\r\n",
            "x".repeat(20_000)
        ),
        HIM,
    );
    assert_eq!(
        taken(&made(&booked(Some(&long), NINTH, ""))),
        ["LOCATION:Here"]
    );
}

#[test]
fn nothing_of_it_is_kept_with_the_edit_and_its_words_are_in_no_mail() {
    let text = lost(&format!("{HIM}{THERE}"), HIM);
    let edit = booked(Some(&text), NINTH, "");
    let kept = serde_json::to_string(&edit).unwrap();
    for content in ["bench", "meet.example", "We walk"] {
        assert!(!kept.contains(content), "{kept}");
    }
    let new = made(&edit);
    let mail = by(MAYA, |by| itip(new.as_bytes(), &edit, by)).unwrap();
    let mail = String::from_utf8(mail.text).unwrap();
    assert!(
        mail.contains("LOCATION:The bench") && !mail.contains("We walk"),
        "{mail}"
    );
    // Its own words are what its owner approved.
    let edit = booked(Some(&text), NINTH, "Made good.");
    let mail = by(MAYA, |by| itip(made(&edit).as_bytes(), &edit, by)).unwrap();
    assert!(
        String::from_utf8(mail.text)
            .unwrap()
            .contains("DESCRIPTION:Made good.")
    );
}
