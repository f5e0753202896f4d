//! Input that is too much of something: a warning, and bounded work.

use crate::show::{event, read, with_line_ends};
use std::fmt::Write as _;
use steadfast_calendar::{Calendar, Reader, WarningCode};

/// The codes of a calendar's warnings, without repetitions.
fn codes(calendar: &Calendar) -> Vec<WarningCode> {
    let mut codes: Vec<_> = calendar
        .warnings
        .iter()
        .map(|warning| warning.code)
        .collect();
    codes.dedup();
    codes
}

#[test]
fn nesting_is_followed_down_to_a_depth() {
    for depth in [10, 29, 30, 31, 32, 100_000] {
        let text = format!(
            "BEGIN:VCALENDAR\n{}{}BEGIN:VEVENT\nUID:a\nDTSTART:20240101\nEND:VEVENT\nEND:VCALENDAR",
            "BEGIN:X-A\n".repeat(depth),
            "END:X-A\n".repeat(depth)
        );
        let calendar = Reader::read(text.as_bytes());
        let expected = if depth < 32 {
            vec![]
        } else {
            vec![WarningCode::NestingTooDeep]
        };
        assert_eq!(codes(&calendar), expected, "{depth}");
        assert_eq!(calendar.events.len(), 1, "{depth}");
        assert!(calendar.complete, "{depth}");
    }
}

#[test]
fn a_line_is_read_up_to_a_length() {
    for (length, kept) in [((1 << 20) - 8, true), (1 << 20, false), (3 << 20, false)] {
        let value = "x".repeat(length);
        for text in [
            event(&format!("UID:a\nDTSTART:20240101\nSUMMARY:{value}")),
            event(&format!(
                "UID:a\nDTSTART:20240101\nSUMMARY:{}",
                value.replace("xxxxxxxx", "xxxx\r\n xxxx")
            )),
        ] {
            let calendar = Reader::read(text.as_bytes());
            let expected = if kept {
                vec![]
            } else {
                vec![WarningCode::LineTooLong]
            };
            assert_eq!(codes(&calendar), expected, "{length}");
            assert_eq!(calendar.events[0].summary.is_empty(), !kept, "{length}");
        }
    }
}

#[test]
fn a_line_that_nobody_reads_may_be_of_any_length() {
    let text = event(&format!(
        "UID:a\nATTACH;ENCODING=BASE64:{}\nDTSTART:20240101",
        "x".repeat(5 << 20)
    ));
    let calendar = Reader::read(text.as_bytes());
    assert_eq!(calendar.warnings, []);
    assert_eq!(calendar.events.len(), 1);
}

#[test]
fn attendees_are_read_up_to_a_number() {
    let mut lines = "UID:a\nDTSTART:20240101\n".to_owned();
    for number in 0..10_050 {
        let _ = writeln!(lines, "ATTENDEE:mailto:{number}@example.com");
    }
    let calendar = read(&event(lines.trim_end()));
    assert_eq!(codes(&calendar), [WarningCode::TooManyAttendees]);
    assert_eq!(calendar.warnings.len(), 1);
    assert_eq!(calendar.events[0].attendees.len(), 10_000);
    assert_eq!(calendar.warnings[0].line, 10_005);
}

#[test]
fn dates_are_read_up_to_a_number() {
    for name in ["EXDATE", "RDATE"] {
        let line = format!("{name}:{}20240101", "20240101,".repeat(9_999));
        let calendar = read(&event(&format!(
            "UID:a\nDTSTART:20240101\n{}",
            [line.as_str(); 11].join("\n")
        )));
        assert_eq!(codes(&calendar), [WarningCode::TooManyDates]);
        let recurrence = calendar.events[0].recurrence.as_ref().unwrap();
        assert_eq!(
            recurrence.dates.len() + recurrence.except_dates.len(),
            100_000
        );
    }
}

#[test]
fn an_event_is_read_up_to_a_size() {
    let many = "RRULE:FREQ=DAILY\n".repeat(260_000);
    let calendar = read(&event(&format!(
        "UID:a\nDTSTART:20240101\n{many}SUMMARY:lost"
    )));
    assert_eq!(codes(&calendar), [WarningCode::EventTooLarge]);
    assert!(calendar.events[0].summary.is_empty());
    let long = format!("CATEGORIES:{}\n", "x".repeat(1_000_000)).repeat(20);
    let calendar = read(&event(&format!(
        "UID:a\nDTSTART:20240101\n{long}SUMMARY:lost"
    )));
    assert_eq!(codes(&calendar), [WarningCode::EventTooLarge]);
}

#[test]
fn warnings_are_kept_up_to_a_number() {
    let text = format!(
        "BEGIN:VCALENDAR\n{}END:VCALENDAR",
        "BEGIN:VEVENT\nDTSTART:20240101\nEND:VEVENT\n".repeat(1_500)
    );
    let calendar = read(&text);
    assert_eq!(calendar.events.len(), 1_500);
    assert_eq!(calendar.warnings.len(), 1_001);
    let last = calendar.warnings.last().unwrap();
    assert_eq!(last.code, WarningCode::MoreWarnings);
    assert_eq!(last.message, "There were 500 more warnings.");
}

#[test]
fn a_uid_in_a_warning_is_short() {
    let text = event(&format!("UID:{}\nSUMMARY:x", "ä".repeat(10_000)));
    assert_eq!(read(&text).warnings[0].uid, "ä".repeat(127));
}

/// A VTIMEZONE that has no name the tables know.
fn own_zone(name: usize, rules: &str) -> String {
    format!(
        "BEGIN:VTIMEZONE\nTZID:Own {name}\nBEGIN:STANDARD\nDTSTART:1970010{}T000000\nTZOFFSETFROM:+0{}00\nTZOFFSETTO:+0{}{}0\n{rules}END:STANDARD\nEND:VTIMEZONE\n",
        name % 9 + 1,
        name / 9 % 10,
        name / 90 % 10,
        name / 900 % 6,
    )
}

#[test]
fn definitions_of_zones_are_read_up_to_a_number_and_cost() {
    let text: String = (0..600).map(|number| own_zone(number, "")).collect();
    let calendar = read(&format!("BEGIN:VCALENDAR\n{text}END:VCALENDAR"));
    assert_eq!(codes(&calendar), [WarningCode::TooManyTimeZones]);
    assert_eq!(calendar.warnings.len(), 100);
    // A rule that never comes true costs the most.
    let rules = "RRULE:FREQ=MONTHLY;BYMONTHDAY=31;BYDAY=6MO\n".repeat(100);
    let text: String = (0..60).map(|number| own_zone(number, &rules)).collect();
    let calendar = read(&format!("BEGIN:VCALENDAR\n{text}END:VCALENDAR"));
    assert_eq!(codes(&calendar), [WarningCode::TooManyTimeZones]);
    assert_eq!(calendar.warnings.len(), 10);
}

#[test]
fn a_definition_with_too_many_changes_is_not_used() {
    let daily = "RRULE:FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR,SA,SU\n";
    let calendar = read(&format!(
        "BEGIN:VCALENDAR\n{}END:VCALENDAR",
        own_zone(1, daily)
    ));
    assert_eq!(codes(&calendar), [WarningCode::BadTimeZone]);
    let dates = format!(
        "RDATE:{}19800101T000000\n",
        "19800101T000000,".repeat(5_000)
    );
    let calendar = read(&format!(
        "BEGIN:VCALENDAR\n{}END:VCALENDAR",
        own_zone(1, &dates)
    ));
    assert_eq!(codes(&calendar), [WarningCode::BadTimeZone]);
}

#[test]
fn a_zone_is_waited_for_only_so_long() {
    let mut text = "BEGIN:VCALENDAR\r\n".to_owned();
    for number in 0..50_010 {
        let _ = write!(
            text,
            "BEGIN:VEVENT\r\nUID:{number}\r\nDTSTART{}:20240101T090000\r\nEND:VEVENT\r\n",
            if number == 3 { ";TZID=Late" } else { "" }
        );
    }
    let mut reader = Reader::new();
    reader.feed(text.as_bytes());
    // The three before the one that waits, and all of them once it no longer does.
    assert_eq!(reader.take_events().len(), 50_009);
    let calendar = reader.finish();
    assert_eq!(
        codes(&calendar),
        [WarningCode::UnknownTimeZone, WarningCode::Truncated]
    );
}

#[test]
fn a_zone_of_its_own_for_each_event_is_waited_for_only_so_long() {
    let events: String = (0..3_000)
        .map(|n| {
            format!(
                "BEGIN:VEVENT\r\nUID:{n}\r\nDTSTART;TZID=Z{n}:20240101T090000\r\nEND:VEVENT\r\n"
            )
        })
        .collect();
    let mut reader = Reader::new();
    reader.feed(format!("BEGIN:VCALENDAR\r\n{events}").as_bytes());
    assert_eq!(reader.take_events().len(), 2_002);
    assert_eq!(reader.finish().events.len(), 998);
}

#[test]
fn events_before_one_that_waits_for_its_zone_may_be_taken() {
    let text = with_line_ends(
        "BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:a\nDTSTART:20240101\nEND:VEVENT\nBEGIN:VEVENT\nUID:b\nDTSTART;TZID=Late:20240101T090000\nEND:VEVENT\nBEGIN:VEVENT\nUID:c\nDTSTART:20240101\nEND:VEVENT",
    );
    let mut reader = Reader::new();
    reader.feed(text.as_bytes());
    // The last END:VEVENT may go on in the next chunk.
    let uids = |events: Vec<steadfast_calendar::Event>| -> Vec<String> {
        events.iter().map(|event| event.uid.to_string()).collect()
    };
    assert_eq!(uids(reader.take_events()), ["a"]);
    reader.feed(b"END:VCALENDAR\r\nX");
    assert_eq!(uids(reader.take_events()), ["b", "c"]);
}
