//! What a new series says of its times.

use crate::cases::party;
use crate::common::{BEN, MAYA, by, half_hour, instances};
use steadfast_calendar::Visibility;
use steadfast_calendar::edit::{By, Edit, EditError, Edited, Meeting, Weekly, apply, holds};

#[test]
fn a_series_is_booked_on_a_clock_and_says_its_zone() {
    let meeting = Meeting {
        uid: "series-1".to_owned(),
        // 10:00 in Berlin, in winter.
        slot: half_hour("2026-03-11T09:00:00Z"),
        weekly: Some(Weekly { every_weeks: 2 }),
        title: "1:1".to_owned(),
        text: String::new(),
        visibility: Visibility::Public,
        organizer: party(MAYA, "Maya"),
        invited: vec![party(BEN, "Ben")],
        like: None,
    };
    let book = Edit::Book(meeting.clone());
    let on = |zone: &str, edit: &Edit| {
        let zone = jiff::tz::TimeZone::get(zone).unwrap();
        let by = By {
            addresses: &[MAYA],
            zone: &zone,
            now: "2026-03-01T09:00:00Z"
                .parse::<jiff::Timestamp>()
                .unwrap()
                .into(),
        };
        let made = apply(None, edit, &by).map(|edited| match edited {
            Edited::Text(text) => String::from_utf8(text).unwrap(),
            Edited::Gone => panic!("gone"),
        });
        if let Ok(text) = &made {
            assert!(holds(Some(text.as_bytes()), edit, &by));
        }
        made
    };
    let text = on("Europe/Berlin", &book).unwrap();
    assert!(
        text.contains("DTSTART;TZID=Europe/Berlin:20260311T100000\r\n"),
        "{text}"
    );
    assert!(text.contains("RRULE:FREQ=WEEKLY;INTERVAL=2\r\n"), "{text}");
    assert_eq!(text.matches("BEGIN:VTIMEZONE").count(), 1);
    // Each at ten in Berlin: 9:00 UTC before the clock goes forward, 8:00 after.
    let starts: Vec<String> = instances(&text)
        .iter()
        .take(3)
        .map(|one| one.slot.unwrap().start.to_string())
        .collect();
    assert_eq!(
        starts,
        [
            "2026-03-11T09:00:00Z",
            "2026-03-25T09:00:00Z",
            "2026-04-08T08:00:00Z"
        ]
    );
    let utc = on("UTC", &book).unwrap();
    assert!(utc.contains("DTSTART:20260311T090000Z\r\n") && !utc.contains("VTIMEZONE"));
    // A single one at that place is not what was meant.
    let single = Edit::Book(Meeting {
        weekly: None,
        ..meeting.clone()
    });
    by(MAYA, |by| {
        let Ok(Edited::Text(one)) = apply(None, &single, by) else {
            panic!("a text");
        };
        assert!(!holds(Some(&one), &book, by));
        assert!(!holds(Some(text.as_bytes()), &single, by));
    });
    for every_weeks in [0, 9] {
        let odd = Edit::Book(Meeting {
            weekly: Some(Weekly { every_weeks }),
            ..meeting.clone()
        });
        assert_eq!(on("Europe/Berlin", &odd), Err(EditError::Impossible));
    }
}
