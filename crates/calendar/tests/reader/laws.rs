//! What holds for any input.

use proptest::prelude::*;
use std::sync::LazyLock;
use steadfast_calendar::{Calendar, Event, Glance, Reader, Series, Shelf, Warning, group};

/// The calendars of the conformance cases, and some of the dialects' peculiarities.
static SEEDS: LazyLock<Vec<Vec<u8>>> = LazyLock::new(|| {
    let mut seeds: Vec<Vec<u8>> = crate::oracle::files()
        .into_iter()
        .map(|(_, bytes)| bytes)
        .collect();
    seeds.push(
        b"BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\nBEGIN:VEVENT\r\nATTENDEE;CN=\"A: B\";EMAIL=a@b.c:urn:uuid:\xC3\r\n \xBC\r\nORGANIZER;SENT-BY=\"mailto:x@y\":MAILTO:z@y\r\nDTSTART;TZID=Late:20240101T090000\r\nRDATE;VALUE=PERIOD:20240101T090000Z/PT1H,20240101T090000Z/20240102T090000Z\r\nDESCRIPTION:a\\nb\r\n \r\n c\r\nX-APPLE-SPECIAL-DAY:BIRTHDAY\r\nBEGIN:VALARM\r\nSUMMARY:no\r\nEND:VALARM\r\nEND:VEVENT\r\nBEGIN:VTIMEZONE\r\nTZID:Late\r\nBEGIN:STANDARD\r\nDTSTART:16010101T030000\r\nTZOFFSETFROM:+0200\r\nTZOFFSETTO:+0100\r\nRRULE:FREQ=YEARLY;UNTIL=20300101T000000Z;BYDAY=-1SU;BYMONTH=10\r\nEND:STANDARD\r\nEND:VTIMEZONE\r\nEND:VCALENDAR"
            .to_vec(),
    );
    seeds
});

/// Words from which lines are made that mean something.
const WORDS: &[&str] = &[
    "BEGIN:",
    "END:",
    "VCALENDAR",
    "VEVENT",
    "VTIMEZONE",
    "STANDARD",
    "DAYLIGHT",
    "VALARM",
    "X-A",
    "UID:",
    "DTSTART",
    "DTEND",
    "DURATION:",
    "RRULE:",
    "RDATE",
    "EXDATE",
    "RECURRENCE-ID",
    "SUMMARY",
    "ATTENDEE",
    "ORGANIZER",
    "TZID:",
    "TZOFFSETFROM:",
    "TZOFFSETTO:",
    ";TZID=",
    ";VALUE=PERIOD",
    ";CN=",
    ";EMAIL=",
    ":mailto:",
    "20240101T090000",
    "20240101",
    "Z",
    "/",
    "PT1H",
    "-P1D",
    ",",
    ";",
    ":",
    "=",
    "\"",
    "\\n",
    "\\",
    "^n",
    "Europe/Berlin",
    "Own",
    "+0100",
    "FREQ=YEARLY",
    "FREQ=WEEKLY;COUNT=3",
    ";BYDAY=-1SU",
    ";BYMONTH=3",
    ";UNTIL=20300101T000000Z",
    "\r\n",
    "\r\n",
    "\r\n",
    "\r\n ",
    "\n\t",
    "\r",
    "\u{feff}",
    "ü",
    "\u{0}",
    "99999999T999999",
    "SEQUENCE:",
    "DTSTAMP:",
    "STATUS:CANCELLED",
];

/// Any bytes: noise, a real calendar with some bytes changed, or a heap of its words.
fn bytes() -> impl Strategy<Value = Vec<u8>> {
    let noise = prop::collection::vec(any::<u8>(), 0..400);
    let mutated = (
        any::<prop::sample::Index>(),
        prop::collection::vec((any::<prop::sample::Index>(), any::<u8>(), 0..4_u8), 0..12),
    )
        .prop_map(|(seed, changes)| {
            let mut bytes = SEEDS[seed.index(SEEDS.len())].clone();
            for (place, byte, how) in changes {
                let at = place.index(bytes.len().max(1));
                match how {
                    0 => bytes.insert(at.min(bytes.len()), byte),
                    1 if at < bytes.len() => drop(bytes.remove(at)),
                    2 => bytes.truncate(at.max(1)),
                    _ => {
                        if let Some(old) = bytes.get_mut(at) {
                            *old = byte;
                        }
                    }
                }
            }
            bytes
        });
    let heap = prop::collection::vec(prop::sample::select(WORDS), 0..120)
        .prop_map(|words| words.concat().into_bytes());
    prop_oneof![1 => noise, 3 => mutated, 3 => heap]
}

/// What can be compared of a calendar.
type Outcome = (Vec<Event>, Vec<Warning>, String);

fn outcome(calendar: Calendar, mut events: Vec<Event>) -> Outcome {
    let rest = format!(
        "{:?} {:?} {:?} {:?} {} {}",
        calendar.name,
        calendar.zone,
        calendar.producer,
        calendar.method,
        calendar.is_calendar,
        calendar.complete
    );
    events.extend(calendar.events);
    (events, calendar.warnings, rest)
}

/// Reads in chunks, and takes events in between where asked to.
fn read_in_chunks(bytes: &[u8], sizes: &[usize], take: bool) -> Outcome {
    let mut reader = Reader::new();
    let mut events = Vec::new();
    let mut rest = bytes;
    let mut sizes = sizes.iter().cycle();
    while !rest.is_empty() {
        let size = (*sizes.next().unwrap_or(&1)).clamp(1, rest.len());
        let (chunk, after) = rest.split_at(size);
        reader.feed(chunk);
        if take {
            events.extend(reader.take_events());
        }
        rest = after;
    }
    outcome(reader.finish(), events)
}

/// A thousand, or as many as PROPTEST_CASES asks for if that is more.
fn cases() -> ProptestConfig {
    let asked = ProptestConfig::default();
    ProptestConfig {
        cases: asked.cases.max(1_000),
        ..asked
    }
}

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn any_cutting_into_chunks_gives_the_same(
        bytes in bytes(),
        sizes in prop::collection::vec(1_usize..40, 1..8),
        take: bool,
    ) {
        let whole = outcome(Reader::read(&bytes), Vec::new());
        prop_assert_eq!(&read_in_chunks(&bytes, &sizes, take), &whole);
        prop_assert_eq!(&read_in_chunks(&bytes, &[1], true), &whole);
    }

    #[test]
    fn any_bytes_are_read_and_what_comes_out_is_sound(bytes in bytes()) {
        let calendar = Reader::read(&bytes);
        let lines = u32::try_from(bytes.iter().filter(|b| matches!(b, b'\n' | b'\r')).count()).unwrap() + 1;
        for event in &calendar.events {
            prop_assert!((1..=lines).contains(&event.line));
            // Resolving a value must not panic either.
            let _ = event.start.instant(&jiff::tz::TimeZone::UTC);
        }
        for warning in &calendar.warnings {
            prop_assert!((1..=lines).contains(&warning.line), "{:?}", warning);
            prop_assert!(!warning.message.contains(|c: char| c.is_control()), "{:?}", warning);
        }
        prop_assert!(calendar.is_calendar || !calendar.complete);
    }

    #[test]
    fn what_is_kept_small_comes_out_as_it_went_in(bytes in bytes(), more in bytes()) {
        let mut events = Reader::read(&bytes).events;
        let mut shelf = Shelf::default();
        events.iter().for_each(|event| shelf.add(event));
        prop_assert_eq!(shelf.iter().collect::<Vec<_>>(), group(events.clone()));
        // Another calendar of the same person: its events come after, each as it counts there.
        let more = Reader::read(&more).events;
        let mut beside = Shelf::default();
        more.iter().for_each(|event| beside.add(event));
        shelf.absorb(beside);
        for series in group(more) {
            events.extend(all(&series).cloned());
        }
        let grouped = group(events);
        prop_assert_eq!(shelf.iter().collect::<Vec<_>>(), grouped.clone());
        for (at, series) in grouped.iter().enumerate() {
            let mut seen = Vec::new();
            shelf.each(at, |glance| seen.push(told(&glance)));
            let there: Vec<String> = all(series).map(|event| told(&Glance::of(event))).collect();
            prop_assert_eq!(&seen, &there);
            let leading = shelf.leading(at, |glance| told(&glance));
            prop_assert_eq!(leading.as_ref(), there.first());
            let single = series.overrides.is_empty()
                && series.master.as_ref().is_some_and(|m| m.recurrence.is_none());
            // What may be said twice is not asked what it is.
            prop_assert!(!shelf.is_single(at) || single);
            prop_assert_eq!(shelf.uid(at), series.uid.clone());
        }
    }
}

fn all(series: &Series) -> impl Iterator<Item = &Event> {
    let events = series.master.iter().chain(&series.overrides);
    events.map(std::convert::AsRef::as_ref)
}

fn told(glance: &Glance<'_>) -> String {
    let Glance {
        is_master,
        zone,
        about,
        repeats,
        status,
        kind,
        moments,
        attendees,
        ..
    } = glance;
    let people: Vec<_> = glance.people().collect();
    format!(
        "{is_master} {zone:?} {about} {repeats} {status:?} {kind:?} {moments:?} {attendees} {people:?}"
    )
}

#[test]
fn a_cut_anywhere_in_a_seed_gives_the_same() {
    for (index, seed) in SEEDS.iter().enumerate() {
        let whole = outcome(Reader::read(seed), Vec::new());
        // The seeds are much alike: each is cut at other places, the last at all.
        let step = if index + 1 == SEEDS.len() { 1 } else { 7 };
        for cut in (1 + index % step..seed.len()).step_by(step) {
            assert_eq!(
                read_in_chunks(seed, &[cut, seed.len()], true),
                whole,
                "{cut}"
            );
        }
    }
}
