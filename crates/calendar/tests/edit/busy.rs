//! A 1:1 that stands as free is shown as busy, and as it was again.

use crate::common::{BEN, MAYA, WEEKLY, at, by, difference, edited, instances, series};
use steadfast_calendar::edit::{Edit, EditError, holds, itip, others, undo};
use steadfast_calendar::{Busy, Event};

const FREE: &str = "TRANSP:TRANSPARENT\r\nX-MICROSOFT-CDO-BUSYSTATUS:FREE\r\nX-OWN;A=b:c\r\n";

fn busy() -> Edit {
    Edit::Busy {
        from: at("2026-03-01T12:00:00Z"),
    }
}

/// The weekly with these lines in its master.
fn with(lines: &str) -> String {
    WEEKLY.replace("X-OWN;A=b:c\r\n", lines)
}

/// The same, and two Mondays of it with words of their own: one that is over by now, and one to come.
fn with_two_of_its_own(lines: &str) -> String {
    let one = |day: &str| {
        format!(
            "BEGIN:VEVENT\r\nUID:weekly\r\nRECURRENCE-ID;TZID=Europe/Berlin:{day}T100000\r\nDTSTAMP:20260201T080000Z\r\n\
             DTSTART;TZID=Europe/Berlin:{day}T110000\r\nDURATION:PT30M\r\nSUMMARY:1:1\r\n{lines}END:VEVENT\r\n\
             END:VCALENDAR\r\n"
        )
    };
    let mut text = with("X-OWN;A=b:c\r\n").replace("20260302T100000", "20260216T100000");
    for day in ["20260216", "20260309"] {
        text = text.replace("END:VCALENDAR\r\n", &one(day));
    }
    text
}

fn back(before: &str) -> Edit {
    let edit = by(MAYA, |by| undo(Some(before.as_bytes()), &busy(), by));
    edit.unwrap().unwrap()
}

fn all(object: &str) -> Vec<Busy> {
    let series = series(object);
    let all = series.master.iter().chain(&series.overrides);
    all.map(|event: &std::sync::Arc<Event>| event.busy)
        .collect()
}

#[test]
fn what_stands_as_free_is_busy_in_outlooks_words_too_and_goes_back_to_the_letter() {
    for free in [
        FREE,
        "TRANSP:TRANSPARENT\r\nX-OWN;A=b:c\r\n",
        "X-OWN;A=b:c\r\nX-MICROSOFT-CDO-INTENDEDSTATUS:FREE\r\n",
        "X-MICROSOFT-CDO-BUSYSTATUS:free\r\nTRANSP:OPAQUE\r\nX-OWN;A=b:c\r\n",
        "transp;x-of=a:Transparent\r\nX-MICROSOFT-CDO-INTENDEDSTATUS;X-A=b:FREE\r\nX-OWN;A=b:c\r\n",
    ] {
        let before = with(free);
        assert_eq!(all(&before), [Busy::Free], "{free}");
        // Of whoever is invited it is their own word as much.
        for who in [MAYA, BEN] {
            let after = edited(&before, &busy(), who);
            assert_eq!(all(&after), [Busy::Busy], "{after}");
            assert!(after.contains("TRANSP:OPAQUE\r\n"), "{after}");
            assert!(!after.to_ascii_uppercase().contains(":FREE"), "{after}");
            assert!(after.contains("SEQUENCE:2\r\n"), "no step: {after}");
            assert_eq!(instances(&before), instances(&after));
            assert_eq!(by(who, |by| others(after.as_bytes(), &busy(), by)), []);
            let again = edited(&after, &back(&before), who);
            let stamps = [
                "-DTSTAMP:20260201T080000Z",
                "+DTSTAMP:20260301T120000Z",
                "+LAST-MODIFIED:20260301T120000Z",
            ];
            // Where among the properties a line stands says nothing.
            let sorted = |text: &str| {
                let text = text.replace("\r\n ", "");
                let mut lines: Vec<&str> = text.lines().collect();
                lines.sort_unstable();
                lines.join("\r\n")
            };
            let mut told = difference(&sorted(&before), &sorted(&again));
            told.sort_by_key(|line| stamps.iter().position(|stamp| stamp == line));
            assert_eq!(told, stamps, "{again}");
        }
    }
}

#[test]
fn what_is_over_stays_as_it_was_and_what_is_busy_is_not_touched() {
    let before = with_two_of_its_own("TRANSP:TRANSPARENT\r\n");
    assert_eq!(all(&before), [Busy::Busy, Busy::Free, Busy::Free]);
    let after = edited(&before, &busy(), MAYA);
    assert_eq!(all(&after), [Busy::Busy, Busy::Free, Busy::Busy]);
    let [master, over, _] = [0, 1, 2].map(|part| {
        let parts = |text: &str| {
            let part = text.split("BEGIN:VEVENT").nth(part + 1);
            part.unwrap().to_owned()
        };
        parts(&before) == parts(&after)
    });
    assert!(master && over, "{after}");
    let back = back(&before);
    let Edit::Free { again, .. } = &back else {
        panic!("{back:?}");
    };
    assert_eq!(again.len(), 1);
    assert_eq!(again[0].occurrence, Some(at("2026-03-09T09:00:00Z")));
    assert_eq!(all(&edited(&after, &back, MAYA)), all(&before));
}

#[test]
fn what_is_busy_already_is_so_and_what_is_not_there_any_more_is_not() {
    let before = with(FREE);
    let after = edited(&before, &busy(), MAYA);
    let holds = |object: &str, edit: &Edit| by(MAYA, |by| holds(Some(object.as_bytes()), edit, by));
    assert!(holds(&after, &busy()) && !holds(&before, &busy()));
    assert!(holds(&before, &back(&before)) && !holds(&after, &back(&before)));
    assert_eq!(
        crate::common::refused(&after, &busy(), MAYA),
        EditError::AlreadySo
    );
    // An occurrence of its own that is gone by now is not made again.
    let of_one = with_two_of_its_own("TRANSP:TRANSPARENT\r\n");
    assert_eq!(
        crate::common::refused(&after, &back(&of_one), MAYA),
        EditError::NotFound
    );
    let told = by(MAYA, |by| itip(after.as_bytes(), &busy(), by).map(|_| ()));
    assert_eq!(told, Err(EditError::Impossible), "nobody is told");
}

#[test]
fn its_forms_are_these_bytes_for_ever() {
    for (edit, text) in [
        (
            Edit::Busy {
                from: steadfast_calendar::Instant::from_seconds(7),
            },
            r#"{"edit":"busy","from":7}"#,
        ),
        (
            back(&with(FREE)),
            concat!(
                r#"{"edit":"free","from":1772366400,"again":[{"occurrence":null,"#,
                r#""lines":["TRANSP:TRANSPARENT","X-MICROSOFT-CDO-BUSYSTATUS:FREE"]}]}"#
            ),
        ),
    ] {
        assert_eq!(serde_json::to_string(&edit).unwrap(), text);
        assert_eq!(serde_json::from_str::<Edit>(text).unwrap(), edit);
    }
}
