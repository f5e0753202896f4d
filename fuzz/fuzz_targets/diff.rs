//! Whatever two calendars say: their diff ends, a state does not differ from itself, and what is carried on from an
//! older copy does not differ again.
#![no_main]

mod fixed_keys;

use jiff::tz::TimeZone;
use libfuzzer_sys::fuzz_target;
use steadfast_calendar::{Instant, Reader, Scope, Series, What, Window, carry, diff, group};

fuzz_target!(|bytes: &[u8]| {
    if bytes.len() > 4_000 {
        return;
    }
    let mut states = bytes.splitn(2, |byte| *byte == 0);
    let (before, after) = (
        read(states.next().unwrap_or_default()),
        read(states.next().unwrap_or_default()),
    );
    let at = |day: i64| Instant::from_seconds(1_767_225_600).plus_days(day);
    let scope = Scope {
        floating: TimeZone::UTC,
        window: Window {
            from: at(0),
            to: at(200),
        },
        seen_before: at(60),
        seen_after: at(67),
    };
    assert_eq!(diff(&before, &before, &scope), vec![]);
    diff(&before, &after, &scope);
    let carried = carry(&before, &after);
    let again = diff(&before, &carried, &scope);
    assert!(!again.iter().any(|change| change.what == What::Stale));
});

/// Lines of events; `---` begins the next one, `UID:a` and a start are said where they are left out.
fn read(bytes: &[u8]) -> Vec<Series> {
    let mut text = b"BEGIN:VCALENDAR\nBEGIN:VEVENT\n".to_vec();
    let end = b"\nUID:a\nDTSTART:20260303T090000Z\nSUMMARY:1:1\nEND:VEVENT\n";
    for line in bytes.split(|byte| *byte == b'\n') {
        if line == b"---" {
            text.extend(end);
            text.extend(b"BEGIN:VEVENT");
        } else {
            text.extend(line);
        }
        text.push(b'\n');
    }
    text.extend(end);
    text.extend(b"END:VCALENDAR\n");
    group(Reader::read(&text).events)
}
