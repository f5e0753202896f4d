//! Any bytes are read without a panic, the same however they are cut, and as the library reads them where RFC 5545
//! says what they mean; and what is kept small of them is grouped as they are.
#![no_main]

mod fixed_keys;
mod grammar;

use grammar::{is_date, is_text};
use ical::tree::cst::{IcalCst, IcalItem};
use ical::version::IcalVersion;
use libfuzzer_sys::fuzz_target;
use steadfast_calendar::{Calendar, Event, Reader, Shelf, Warning, WarningCode, When, group};

fuzz_target!(|bytes: &[u8]| {
    let whole = Reader::read(bytes);
    same_in_chunks(bytes, &whole);
    same_on_the_shelf(&whole.events);
    same_as_library(bytes);
});

/// What is kept small comes out as it was put in, before nothing more is put in and after.
fn same_on_the_shelf(events: &[Event]) {
    let mut shelf = Shelf::default();
    for event in events {
        shelf.add(event);
    }
    assert_eq!(shelf.left_out(), 0);
    let expected = group(events.to_vec());
    assert_eq!(shelf.iter().collect::<Vec<_>>(), expected);
    shelf.close();
    assert_eq!(shelf.iter().collect::<Vec<_>>(), expected);
}

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

/// What is compared of an event; `None` where the value is none of its type, so that the RFC does not say what it
/// means.
#[derive(PartialEq, Debug)]
struct Told {
    uid: Option<String>,
    start: Option<String>,
    summary: Option<String>,
}

/// Compared is what the bytes have of a stream by the RFC's grammar: beyond it each is lenient in ways of its own.
fn same_as_library(bytes: &[u8]) {
    let stream = grammar::stream_in(bytes);
    let whole = Reader::read(&stream);
    if bytes.len() > 20_000 || !whole.warnings.iter().all(leaves_the_same) {
        return;
    }
    let mut expected = Vec::new();
    for cst in IcalCst::parse_many(&stream) {
        let Ok(calendar) = cst else { return };
        // It reads vCalendar 1.0, too, by other rules.
        if calendar.version() != IcalVersion::V2_0 {
            return;
        }
        expected.extend(calendar.items.iter().filter_map(theirs));
    }
    assert_eq!(whole.events.len(), expected.len());
    for (event, expected) in whole.events.iter().zip(expected) {
        assert_eq!(ours(event, &expected), expected);
    }
}

/// Whether something odd changes nothing of what is compared.
fn leaves_the_same(warning: &Warning) -> bool {
    use WarningCode as Code;
    match warning.code {
        Code::UnknownTimeZone
        | Code::TimeZoneDiffers
        | Code::BadTimeZone
        | Code::TooManyTimeZones
        | Code::BadRule
        | Code::DuplicateProperty
        | Code::MissingUid
        | Code::MissingStart
        | Code::EndBeforeStart
        | Code::NotUtf8 => true,
        Code::BadValue => !["DTSTART", "UID"]
            .iter()
            .any(|name| warning.message.starts_with(name)),
        _ => false,
    }
}

/// Of what we read, that which is compared.
fn ours(event: &Event, expected: &Told) -> Told {
    let text = |text: &str| text.trim_matches(is_blank).to_owned();
    Told {
        uid: expected.uid.as_ref().map(|_| text(&event.uid)),
        start: expected.start.as_ref().map(|_| match &event.start {
            When::Date(date) => date.strftime("%Y%m%d").to_string(),
            When::Utc(_) => event.start.civil().strftime("%Y%m%dT%H%M%SZ").to_string(),
            other => other.civil().strftime("%Y%m%dT%H%M%S").to_string(),
        }),
        summary: expected.summary.as_ref().map(|_| text(&event.summary)),
    }
}

/// A VEVENT that has what an event must have.
fn theirs(item: &IcalItem<'_>) -> Option<Told> {
    let IcalItem::Component(component) = item else {
        return None;
    };
    let name = component.begin.as_ref()?.raw_value();
    if !name.eq_ignore_ascii_case(b"VEVENT") {
        return None;
    }
    let first = |name: &str| {
        component.items.iter().find_map(|item| match item {
            IcalItem::Prop(line) if line.name.get().eq_ignore_ascii_case(name) => Some(line),
            _ => None,
        })
    };
    let text = |name: &str| match first(name) {
        None => Some(String::new()),
        Some(line) if !is_text(&line.raw_value()) => None,
        Some(line) => Some(line.value.decode().trim_matches(is_blank).to_owned()),
    };
    let start = first("DTSTART")?.raw_value().to_ascii_uppercase();
    let start = String::from_utf8(start.trim_ascii().to_vec()).unwrap_or_default();
    Some(Told {
        uid: text("UID"),
        // A leap second is read as the second before it (RFC 5545 §3.3.12).
        start: is_date(&start).then(|| match start.split_at_checked(13) {
            Some((minutes, seconds)) => format!("{minutes}{}", seconds.replace("60", "59")),
            None => start.clone(),
        }),
        summary: text("SUMMARY"),
    })
}

/// We take blanks around a value away, the library does not.
fn is_blank(character: char) -> bool {
    character.is_ascii_whitespace()
}
