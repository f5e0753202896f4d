//! Any bytes are read without a panic, the same however they are cut, and as the library reads them where both accept.
#![no_main]

use ical::{component::IcalComponent, tree::cst::IcalCst};
use libfuzzer_sys::fuzz_target;
use steadfast_calendar::{Calendar, Event, Reader, When};

fuzz_target!(|bytes: &[u8]| {
    let whole = Reader::read(bytes);
    same_in_chunks(bytes, &whole);
    same_as_library(bytes, &whole);
});

/// The first byte says how to cut.
fn same_in_chunks(bytes: &[u8], whole: &Calendar) {
    let size = usize::from(bytes.first().copied().unwrap_or_default() % 37) + 1;
    let mut reader = Reader::new();
    let mut events = Vec::new();
    for chunk in bytes.chunks(size) {
        reader.feed(chunk);
        events.extend(reader.take_events());
    }
    let calendar = reader.finish();
    events.extend(calendar.events);
    assert_eq!(events, whole.events);
    assert_eq!(calendar.warnings, whole.warnings);
    assert_eq!(calendar.complete, whole.complete);
}

/// Only input that neither objects to is compared, and only what both must say alike: how many events there are, and
/// of each the UID and the start.
fn same_as_library(bytes: &[u8], whole: &Calendar) {
    // The library's parser recurses: deep nesting overflows its stack. Its line ends are LF and CRLF only, and it
    // decodes quoted-printable text, which iCalendar has not, and vCalendar 1.0.
    let lone_cr = bytes
        .windows(2)
        .any(|pair| pair[0] == b'\r' && pair[1] != b'\n')
        || bytes.ends_with(b"\r");
    let upper = bytes.to_ascii_uppercase();
    let odd = |word: &[u8]| {
        upper
            .windows(word.len())
            .filter(|window| *window == word)
            .count()
    };
    // Of several colons in a date with parameters we take the last, the library the first.
    let many_colons = bytes.split(|byte| *byte == b'\n').any(|line| {
        let colons = line.iter().filter(|byte| **byte == b':').count();
        let folded = line
            .first()
            .is_some_and(|byte| matches!(byte, b' ' | b'\t'));
        (folded && colons > 0)
            || (colons > 1 && line.len() > 2 && line[..2].eq_ignore_ascii_case(b"DT"))
    });
    if bytes.len() > 20_000
        || lone_cr
        || many_colons
        || !whole.complete
        || !whole.warnings.is_empty()
        || odd(b"BEGIN") > 64
        || odd(b"QUOTED-PRINTABLE") > 0
        || odd(b"VERSION") != odd(b"VERSION:2.0\r\n")
    {
        return;
    }
    let mut expected = Vec::new();
    for cst in IcalCst::parse_many(bytes) {
        let Ok(cst) = cst else { return };
        let calendar = cst.decode();
        let is_calendar = cst.begin.as_ref().is_some_and(|begin| {
            begin
                .raw_value_str()
                .trim()
                .eq_ignore_ascii_case("VCALENDAR")
        });
        if !is_calendar {
            return;
        }
        expected.extend(calendar.components.iter().filter_map(theirs));
    }
    let found: Vec<(String, String)> = whole.events.iter().map(ours).collect();
    assert_eq!(found, expected);
}

fn ours(event: &Event) -> (String, String) {
    let start = match &event.start {
        When::Date(date) => date.strftime("%Y%m%d").to_string(),
        other => other.civil().strftime("%Y%m%dT%H%M%S").to_string(),
    };
    (event.uid.to_string(), start)
}

fn theirs(component: &IcalComponent<'_>) -> Option<(String, String)> {
    if !component.name.eq_ignore_ascii_case("VEVENT") {
        return None;
    }
    let first = |name: &str| {
        component
            .props
            .iter()
            .find(|prop| prop.name.eq_ignore_ascii_case(name))
            .map(|prop| written(&prop.value))
    };
    Some((
        first("UID")?,
        first("DTSTART")?.trim_end_matches(['Z', 'z']).to_owned(),
    ))
}

fn written(value: &ical::value::IcalValue<'_>) -> String {
    use ical::value::IcalValue;
    match value {
        IcalValue::Text(text) => text.0.trim().to_owned(),
        IcalValue::Date(date) => date.0.trim().to_owned(),
        IcalValue::DateTime(time) => time.0.trim().to_owned(),
        other => format!("{other:?}"),
    }
}
