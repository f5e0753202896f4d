//! What the owner of a meeting set on it, and who may see it: no edit is about that.

use crate::cases::party;
use crate::common::{BEN, MAYA, WEEKLY, at, by, edited, half_hour, series};
use steadfast_calendar::Visibility;
use steadfast_calendar::edit::{Edit, Edited, Meeting, apply};

/// What its owner set, and who may see it: no edit that moves, restores or goes on with it is about that.
const SET: [&str; 7] = [
    "CLASS:CONFIDENTIAL",
    "TRANSP:TRANSPARENT",
    "X-MICROSOFT-CDO-BUSYSTATUS:FREE",
    "PRIORITY:5",
    "CATEGORIES:ours",
    "LOCATION:Room 4",
    "DESCRIPTION:more than is kept",
];

#[test]
fn what_its_owner_set_stays_on_what_is_moved_restored_or_goes_on() {
    let (ninth, sixteenth) = (at("2026-03-09T09:00:00Z"), at("2026-03-16T09:00:00Z"));
    let to = half_hour("2026-03-18T10:00:00Z");
    let set = format!(
        "{}\r\nBEGIN:VALARM\r\nACTION:DISPLAY\r\nTRIGGER:-PT7M\r\nEND:VALARM\r\nEND:VEVENT",
        SET.join("\r\n")
    );
    let whole = WEEKLY.replace("END:VEVENT", &set);
    let restore = Edit::Restore {
        occurrence: sixteenth,
        to: Some(to),
    };
    for (before, edit) in [
        (
            &whole,
            Edit::Move {
                occurrence: ninth,
                to,
            },
        ),
        (
            &whole,
            Edit::Resize {
                occurrence: ninth,
                seconds: 600,
            },
        ),
        (&whole, restore),
    ] {
        let text = edited(before, &edit, MAYA);
        let master = text.matches("BEGIN:VEVENT").count();
        assert_eq!(master, 2, "{text}");
        for line in SET.into_iter().chain(["TRIGGER:-PT7M"]) {
            assert_eq!(
                text.matches(line).count(),
                2,
                "{line} after {edit:?}: {text}"
            );
        }
    }
}

#[test]
fn a_booking_says_who_may_see_it_and_reads_what_was_written_before_it_could() {
    let meeting = |visibility| Meeting {
        uid: "good-1".to_owned(),
        slot: half_hour("2026-03-11T13:00:00Z"),
        weekly: None,
        title: "1:1".to_owned(),
        text: String::new(),
        visibility,
        organizer: party(MAYA, "Maya"),
        invited: vec![party(BEN, "Ben")],
        like: None,
    };
    for (visibility, line) in [
        (Visibility::Public, None),
        (Visibility::Confidential, Some("CLASS:CONFIDENTIAL\r\n")),
        (Visibility::Private, Some("CLASS:PRIVATE\r\n")),
    ] {
        let book = Edit::Book(meeting(visibility));
        let Ok(Edited::Text(text)) = by(MAYA, |by| apply(None, &book, by)) else {
            panic!("a text");
        };
        let text = String::from_utf8(text).unwrap();
        assert_eq!(text.contains("CLASS:"), line.is_some());
        assert!(line.is_none_or(|line| text.contains(line)));
        assert_eq!(series(&text).master.unwrap().visibility, visibility);
        let kept = serde_json::to_value(meeting(visibility)).unwrap();
        assert_eq!(
            serde_json::from_value::<Meeting>(kept.clone()).unwrap(),
            meeting(visibility)
        );
        // What waited in an outbox when the program was exchanged.
        let mut before = kept;
        let said = before.as_object_mut().unwrap();
        said.remove("visibility");
        said.insert(
            "private".to_owned(),
            (visibility != Visibility::Public).into(),
        );
        let read: Meeting = serde_json::from_value(before).unwrap();
        assert_eq!(
            read.visibility == Visibility::Public,
            visibility == Visibility::Public
        );
    }
}
