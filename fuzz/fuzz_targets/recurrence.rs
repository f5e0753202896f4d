//! Whatever an event says of its recurrence: it expands in bounded time, in order, inside the window, and a narrower
//! window gives the same.
#![no_main]

mod fixed_keys;

use jiff::tz::TimeZone;
use libfuzzer_sys::fuzz_target;
use steadfast_calendar::{Expander, Instance, Instant, Reader, Series, Window, group, recur};

const YEAR: i64 = 365;

fuzz_target!(|lines: &[u8]| {
    if lines.len() > 2_000 {
        return;
    }
    // A property may be said once and the first is taken: what the input does not say is said after it.
    let mut text = b"BEGIN:VCALENDAR\nBEGIN:VEVENT\n".to_vec();
    for byte in lines {
        match byte {
            // Another component of the same series.
            0x1e => text.extend(b"\nUID:a\nDTSTART:20260303T090000Z\nEND:VEVENT\nBEGIN:VEVENT\n"),
            _ => text.push(*byte),
        }
    }
    text.extend(b"\nUID:a\nDTSTART:20260303T090000Z\nEND:VEVENT\nEND:VCALENDAR\n");
    let floating = TimeZone::get("Europe/Berlin").unwrap_or(TimeZone::UTC);
    let from = Instant::from_seconds(1_767_225_600);
    let wide = Window {
        from,
        to: from.plus_days(3 * YEAR),
    };
    let narrow = Window {
        from: from.plus_days(YEAR),
        to: from.plus_days(YEAR + 90),
    };
    for series in group(Reader::read(&text).events) {
        if let Some(master) = &series.master {
            recur::check(master);
        }
        let mut expander = Expander::new(floating.clone());
        let all = expand(&mut expander, &series, wide);
        for instance in &all {
            assert!(starts_in(instance, wide), "{instance:?} outside the window");
            assert!(series.component(instance, &floating).is_some());
        }
        assert!(
            all.is_sorted_by(|a, b| a.id < b.id),
            "not in order: {all:?}"
        );
        let part = expand(&mut expander, &series, narrow);
        if !expander.truncated() {
            let within: Vec<Instance> = all.into_iter().filter(|i| starts_in(i, narrow)).collect();
            assert_eq!(part, within);
        }
    }
});

fn expand(expander: &mut Expander, series: &Series, window: Window) -> Vec<Instance> {
    let mut all = Vec::new();
    expander.for_each(series, window, |i| all.push(i));
    all
}

fn starts_in(instance: &Instance, window: Window) -> bool {
    let within = |at: Instant| window.from <= at && at < window.to;
    within(instance.id)
        || instance.slot.is_some_and(|s| within(s.start))
        || instance.ruled.is_some_and(|s| within(s.start))
}
