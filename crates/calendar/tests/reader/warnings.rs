//! Every warning has a case: what is odd, what is said about it, and what is still read.

use crate::show::{event, read, told, with_line_ends};
use std::collections::BTreeSet;
use steadfast_calendar::{Reader, WarningCode, WarningCode::*};

/// Holds the warnings of a text, as `line uid code`, and the UIDs of its events against what is expected.
#[track_caller]
fn check(text: &str, warnings: &[(u32, &str, WarningCode)], uids: &[&str]) {
    let calendar = read(text);
    let found: Vec<_> = calendar
        .warnings
        .iter()
        .map(|warning| (warning.line, warning.uid.as_str(), warning.code))
        .collect();
    assert_eq!(found, warnings, "{:#?}", calendar.warnings);
    let found: Vec<_> = calendar.events.iter().map(|event| &*event.uid).collect();
    assert_eq!(found, uids);
    for warning in &calendar.warnings {
        assert!(
            warning.message.ends_with('.') && warning.message.len() < 400,
            "{}",
            warning.message
        );
    }
}

#[test]
fn a_zone_that_nothing_explains_is_said_once_and_its_times_are_floating() {
    let text = r"
        BEGIN:VCALENDAR
        BEGIN:VEVENT
        DTSTART;TZID=Nowhere:20240101T090000
        DTEND;TZID=Nowhere:20240101T093000
        UID:a
        END:VEVENT
        BEGIN:VEVENT
        UID:b
        DTSTART;TZID=Nowhere:20240102T090000
        END:VEVENT
        END:VCALENDAR
        ";
    check(text, &[(2, "a", UnknownTimeZone)], &["a", "b"]);
    assert!(told(&read(text).events[0]).contains("20240101T090000 to 20240101T093000"));
    check(
        "BEGIN:VCALENDAR\nX-WR-TIMEZONE:Nowhere\nEND:VCALENDAR",
        &[(2, "", UnknownTimeZone)],
        &[],
    );
}

#[test]
fn a_definition_that_differs_from_the_database_is_said_and_not_used() {
    let text = r"
        BEGIN:VCALENDAR
        BEGIN:VTIMEZONE
        TZID:Europe/Berlin
        BEGIN:STANDARD
        DTSTART:19700101T000000
        TZOFFSETFROM:+0100
        TZOFFSETTO:+0100
        END:STANDARD
        END:VTIMEZONE
        BEGIN:VEVENT
        UID:a
        DTSTART;TZID=Europe/Berlin:20240701T090000
        END:VEVENT
        END:VCALENDAR
        ";
    check(text, &[(2, "", TimeZoneDiffers)], &["a"]);
    let calendar = read(text);
    assert_eq!(
        calendar.warnings[0].message,
        "The file's own definition of \"Europe/Berlin\" differs from the time zone database (at 2020-03-29T01:00:00Z: +01 against +02); the database was used."
    );
    assert!(told(&calendar.events[0]).contains("[Europe/Berlin]"));
}

#[test]
fn a_definition_that_cannot_be_used_is_said_and_its_times_are_floating() {
    check(
        r"
        BEGIN:VCALENDAR
        BEGIN:VTIMEZONE
        TZID:Own
        BEGIN:STANDARD
        DTSTART:sometime
        TZOFFSETFROM:+0100
        TZOFFSETTO:east
        END:STANDARD
        END:VTIMEZONE
        BEGIN:VTIMEZONE
        BEGIN:STANDARD
        END:STANDARD
        END:VTIMEZONE
        BEGIN:VEVENT
        UID:a
        DTSTART;TZID=Own:20240701T090000
        END:VEVENT
        END:VCALENDAR
        ",
        &[
            (5, "", BadTimeZone),
            (7, "", BadTimeZone),
            (2, "", BadTimeZone),
            (2, "", BadTimeZone),
            (10, "", BadTimeZone),
            (14, "a", UnknownTimeZone),
        ],
        &["a"],
    );
}

#[test]
fn a_bad_value_costs_its_property_and_with_dtstart_its_event() {
    check(
        &event(
            "UID:a\nDTSTART:20240101T090000\nDTEND:later\nDURATION:soon\nSEQUENCE:-1\nDTSTAMP:now\nATTENDEE;CN=Nobody:\nORGANIZER:mailto:\nEXDATE:20240108T090000,never,20240115T090000\nRDATE:20240108T090000/P\nRECURRENCE-ID:\nUID:",
        ),
        &[
            (5, "a", BadValue),
            (6, "a", BadValue),
            (7, "a", BadValue),
            (8, "a", BadValue),
            (9, "a", BadValue),
            (10, "a", BadValue),
            (11, "a", BadValue),
            (12, "a", BadValue),
            (13, "a", BadValue),
            (14, "a", DuplicateProperty),
        ],
        &["a"],
    );
    let calendar = read(&event(
        "UID:a\nDTSTART:20240101T090000\nEXDATE:20240108T090000,never,20240115T090000",
    ));
    assert_eq!(
        told(&calendar.events[0]),
        "\"a\" \"\"\n20240101T090000 to unsaid\nnot 20240108T090000\nnot 20240115T090000\n"
    );
    check(
        &event("DTSTART:2024-13-01\nUID:a"),
        &[(3, "a", BadValue)],
        &[],
    );
    assert_eq!(
        read(&event("DTSTART:2024-13-01\nUID:a")).warnings[0].message,
        "DTSTART \"2024-13-01\" is not a date or time that exists; the event was left out."
    );
}

#[test]
fn a_rule_that_is_not_understood_is_kept_as_said() {
    let text = event("UID:a\nDTSTART:20240101\nRRULE:FREQ=FORTNIGHTLY\nRRULE:FREQ=WEEKLY");
    check(&text, &[(5, "a", BadRule)], &["a"]);
    assert!(told(&read(&text).events[0]).contains("rule FREQ=FORTNIGHTLY\nrule FREQ=WEEKLY"));
}

#[test]
fn the_first_of_what_is_said_twice_is_taken() {
    let text = event(
        "UID:a\nUID:b\nDTSTART:20240101\nDTSTART:20240102\nDTEND:20240102\nDURATION:P3D\nSUMMARY:x\nSUMMARY:y\nORGANIZER:mailto:a@b.c\nORGANIZER:mailto:d@e.f",
    );
    check(
        &text,
        &[
            (4, "a", DuplicateProperty),
            (6, "a", DuplicateProperty),
            (8, "a", DuplicateProperty),
            (10, "a", DuplicateProperty),
            (12, "a", DuplicateProperty),
        ],
        &["a"],
    );
    assert_eq!(
        told(&read(&text).events[0]),
        "\"a\" \"x\"\n20240101 to 20240102\norganizer a@b.c \"\"\n"
    );
}

#[test]
fn an_event_without_uid_is_kept_and_one_without_start_is_not() {
    check(&event("DTSTART:20240101"), &[(2, "", MissingUid)], &[""]);
    check(&event("UID:a\nSUMMARY:x"), &[(2, "a", MissingStart)], &[]);
}

#[test]
fn an_event_that_ends_before_it_starts_is_kept_as_said() {
    for (start, end, odd) in [
        (":20240101T090000", "DTEND:20240101T080000", true),
        (":20240101T090000", "DTEND:20240101T090000", false),
        (":20240101T090000Z", "DTEND:20240101T080000Z", true),
        (
            ";TZID=Europe/Berlin:20240101T090000",
            "DTEND:20240101T080000Z",
            false,
        ),
        (
            ";TZID=Europe/Berlin:20240101T090000",
            "DTEND:20240101T075959Z",
            true,
        ),
        (
            ";TZID=Europe/Berlin:20240101T090000",
            "DTEND;TZID=Europe/London:20240101T080000",
            false,
        ),
        (":20240102", "DTEND:20240101", true),
        (":20240102", "DTEND:20240102", false),
        (":20240101T090000", "DURATION:-PT1H", true),
        (":20240101T090000", "DTEND:20240101T080000Z", false),
    ] {
        let text = event(&format!("UID:a\nDTSTART{start}\n{end}"));
        let expected = [(2, "a", EndBeforeStart)];
        check(&text, if odd { &expected } else { &[] }, &["a"]);
    }
}

#[test]
fn bytes_that_are_not_utf8_are_replaced() {
    let text = with_line_ends(&event(
        "UID:a\nDTSTART:20240101\nSUMMARY:M_ller\nATTENDEE;CN=M_ller:mailto:a@b.c",
    ));
    let bytes: Vec<u8> = text
        .bytes()
        .map(|b| if b == b'_' { 0xFC } else { b })
        .collect();
    let calendar = Reader::read(&bytes);
    let found: Vec<_> = calendar.warnings.iter().map(|w| (w.line, w.code)).collect();
    assert_eq!(found, [(5, NotUtf8), (6, NotUtf8)]);
    assert_eq!(&*calendar.events[0].summary, "M\u{fffd}ller");
}

#[test]
fn lines_that_are_no_properties_are_said_once_per_event() {
    check(
        &event("UID:a\nDTSTART:20240101\nDESCRIPTION:a text\nbroken badly\nover lines"),
        &[(6, "a", BrokenLine)],
        &["a"],
    );
    let long = "x".repeat(3_000);
    check(
        &event(&format!("UID:a\nDTSTART:20240101\n{long}")),
        &[(5, "a", BrokenLine)],
        &["a"],
    );
}

#[test]
fn a_blank_line_is_no_broken_one() {
    check(
        &event("UID:a\nDTSTART:20240101\n\u{c}\nbroken"),
        &[(6, "a", BrokenLine)],
        &["a"],
    );
}

#[test]
fn what_is_said_of_a_long_broken_line_does_not_hang_on_how_it_is_cut() {
    for start in ["\u{c}", "\u{fc}", "\u{4f1a}", "x"] {
        let text = format!("BEGIN:VCALENDAR\n{}:\nEND:VCALENDAR", start.repeat(200));
        let whole = Reader::read(text.as_bytes()).warnings;
        assert_eq!(whole.len(), 1, "{start}");
        assert!(!whole[0].message.contains('\u{fffd}'), "{whole:?}");
        for size in [1, 7, 64, 65, 100] {
            let mut reader = Reader::new();
            for chunk in text.as_bytes().chunks(size) {
                reader.feed(chunk);
            }
            assert_eq!(reader.finish().warnings, whole, "{size}");
        }
    }
}

#[test]
fn a_lost_end_is_said_and_read_over() {
    check(
        r"
        BEGIN:VCALENDAR
        BEGIN:VEVENT
        UID:a
        DTSTART:20240101
        BEGIN:VALARM
        TRIGGER:-PT5M
        END:VEVENT
        BEGIN:VTODO
        UID:todo
        BEGIN:VEVENT
        UID:b
        DTSTART:20240102
        BEGIN:VEVENT
        UID:c
        DTSTART:20240103
        END:VEVENT
        END:VCALENDAR
        ",
        &[(7, "a", Unclosed), (10, "", Unclosed), (13, "b", Unclosed)],
        &["a", "b", "c"],
    );
}

#[test]
fn an_event_cut_off_by_another_file_is_left_out() {
    let text = r"
        BEGIN:VCALENDAR
        BEGIN:VEVENT
        UID:a
        DTSTART:20240101
        BEGIN:VCALENDAR
        BEGIN:VEVENT
        UID:b
        DTSTART:20240102
        END:VEVENT
        END:VCALENDAR
        ";
    check(text, &[(5, "a", Unclosed), (5, "", Unclosed)], &["b"]);
    assert!(!read(text).complete);
}

#[test]
fn an_end_without_a_beginning_is_ignored() {
    check(
        "BEGIN:VCALENDAR\nEND:VEVENT\nBEGIN:VEVENT\nUID:a\nDTSTART:20240101\nEND:VTODO\nEND:VEVENT\nEND:VCALENDAR\nEND:VCALENDAR",
        &[(2, "", StrayEnd), (6, "a", StrayEnd), (9, "", StrayEnd)],
        &["a"],
    );
}

#[test]
fn an_event_that_is_cut_off_is_left_out() {
    let text = "BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:a\nDTSTART:20240101\nEND:VEVENT\nBEGIN:VEVENT\nUID:b\nDTSTART:20240101\nSUMM";
    check(text, &[(9, "b", BrokenLine), (10, "b", Truncated)], &["a"]);
    let calendar = Reader::read(text.as_bytes());
    assert!(calendar.is_calendar && !calendar.complete);
    check("BEGIN:VCALENDAR", &[(2, "", Truncated)], &[]);
}

#[test]
fn an_event_outside_a_calendar_is_read() {
    let text = "BEGIN:VEVENT\nUID:a\nDTSTART:20240101\nEND:VEVENT";
    check(text, &[(1, "a", OutsideCalendar)], &["a"]);
    assert!(!read(text).is_calendar);
}

/// The codes that the cases of this file and of `limits.rs` bring about.
#[test]
fn every_code_has_a_case_and_a_name_of_its_own() {
    let cases = concat!(include_str!("warnings.rs"), include_str!("limits.rs"));
    let mut names = BTreeSet::new();
    for code in WarningCode::ALL {
        assert!(names.insert(code.as_str()), "{code:?}");
        // As a thing expected, not as an import.
        let expected = format!("{code:?}");
        let uses = cases.matches(&format!(", {expected})")).count()
            + cases.matches(&format!("::{expected}")).count();
        assert!(uses > 0, "{expected} has no case");
    }
}
