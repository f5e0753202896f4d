//! The form of a file: line ends, folds, BOM, several calendars in one, and what is none.

use crate::show::check;
use steadfast_calendar::{Shelf, Visibility};

#[test]
fn lower_case_blanks_a_bom_and_any_line_end_are_read() {
    let plain = "\u{feff}begin:vcalendar\r\nprodid : x\r\nbegin: vevent \r\nuid:u1\r\ndtstart ;tzid=europe/berlin : 20240401T090000 \r\nsummary:a\r\n b\r\n\r\nend:vevent\r\nend:vcalendar\r\n";
    for text in [
        plain.to_owned(),
        plain.replace("\r\n", "\n"),
        plain.replace("\r\n", "\r"),
        plain.replace("\r\n", "\r\r\n"),
        plain.trim_end().to_owned(),
        plain.replace(" b", "\tb"),
    ] {
        let calendar = steadfast_calendar::Reader::read(text.as_bytes());
        let [event] = &calendar.events[..] else {
            panic!("{text:?} {:?}", calendar.warnings);
        };
        assert_eq!(
            crate::show::told(event),
            "\"u1\" \"ab\"\n20240401T090000[Europe/Berlin] to unsaid\n",
            "{text:?}"
        );
        assert!(calendar.complete, "{text:?}");
        assert_eq!(calendar.warnings, [], "{text:?}");
    }
}

#[test]
fn a_fold_inside_a_character_is_undone_before_anything_is_decoded() {
    let mut bytes =
        b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:u\r\nDTSTART:20240101\r\nSUMMARY:M\xC3\r\n \xBCller\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
            .to_vec();
    let calendar = steadfast_calendar::Reader::read(&bytes);
    assert_eq!(&*calendar.events[0].summary, "Müller");
    assert_eq!(calendar.warnings, []);
    // The same within a name of a property, which nobody does.
    bytes = b"BEGIN:VCAL\r\n ENDAR\r\nBEGIN:VEVENT\r\nUID:u\r\nDTST\r\n ART:20240101\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n".to_vec();
    assert_eq!(steadfast_calendar::Reader::read(&bytes).events.len(), 1);
}

#[test]
fn what_is_no_calendar_is_said_to_be_none() {
    for text in [
        "",
        "\r\n",
        "<!DOCTYPE html>\n<html><body>Sign in: <a href=\"x\">BEGIN</a></body></html>",
        "{\"error\": {\"code\": 404}}",
        "BEGIN:VCARD\r\nFN:Ana\r\nEND:VCARD\r\n",
        "PK\u{3}\u{4}",
        "begin",
    ] {
        let calendar = steadfast_calendar::Reader::read(text.as_bytes());
        assert!(!calendar.is_calendar, "{text}");
        assert!(!calendar.complete, "{text}");
        assert!(calendar.events.is_empty(), "{text}");
        assert_eq!(calendar.warnings, [], "{text}");
    }
}

#[test]
fn several_calendars_in_one_stream_are_read_together() {
    let calendar = check(
        r"
        BEGIN:VCALENDAR
        X-WR-CALNAME:First
        PRODID:one
        BEGIN:VEVENT
        UID:a
        DTSTART:20240101
        END:VEVENT
        END:VCALENDAR

        BEGIN:VCALENDAR
        X-WR-CALNAME:Second
        PRODID:two
        BEGIN:VEVENT
        UID:b
        DTSTART:20240102
        END:VEVENT
        END:VCALENDAR
        ",
        r#"
        "a" ""
        20240101 to unsaid

        "b" ""
        20240102 to unsaid
        "#,
    );
    assert_eq!(calendar.name.as_deref(), Some("First"));
    assert_eq!(calendar.producer.as_deref(), Some("one"));
    assert!(calendar.complete);
}

#[test]
fn who_may_see_it_and_how_pressing_it_is_are_read() {
    for (lines, visibility, first) in [
        ("", Visibility::Public, false),
        ("CLASS:PUBLIC\r\nPRIORITY:0", Visibility::Public, false),
        ("CLASS:private\r\nPRIORITY: 1 ", Visibility::Private, true),
        (
            "CLASS:CONFIDENTIAL\r\nPRIORITY:2",
            Visibility::Confidential,
            false,
        ),
        // What is not known is taken to be private (RFC 5545 §3.8.1.3).
        ("CLASS:X-HOUSE\r\nPRIORITY:10", Visibility::Private, false),
    ] {
        let text = format!(
            "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:u\r\nDTSTART:20240101\r\n{lines}\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
        );
        let (calendar, kept) = steadfast_calendar::minimal(text.as_bytes());
        let again = steadfast_calendar::Reader::read(&kept);
        for calendar in [calendar, again] {
            let [event] = &calendar.events[..] else {
                panic!("{lines}");
            };
            let mut shelf = Shelf::default();
            shelf.add(event);
            let kept: Vec<_> = shelf.iter().filter_map(|one| one.master).collect();
            assert_eq!(kept[0].as_ref(), event, "{lines}");
            assert_eq!(
                (event.visibility, event.is_first_priority),
                (visibility, first),
                "{lines}"
            );
        }
    }
}
