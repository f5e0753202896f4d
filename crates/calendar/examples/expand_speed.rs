//! How fast a calendar's series expand: five years of every series in FILE, several rounds, processor time of each.
//!
//! `cargo run --release -p steadfast-calendar --example expand_speed -- FILE`

#![expect(clippy::print_stdout, reason = "its output is what it is for")]

use jiff::tz::TimeZone;
use std::error::Error;
use steadfast_calendar::{Expander, Instant, Reader, Window, group};

fn main() -> Result<(), Box<dyn Error>> {
    let path = std::env::args().nth(1).ok_or("name an .ics file")?;
    let series = group(Reader::read(&std::fs::read(path)?).events);
    let window = Window {
        from: Instant::from_seconds(1_640_995_200),
        to: Instant::from_seconds(1_798_848_000),
    };
    for round in 1..=7 {
        let before = processor_seconds()?;
        let mut expander = Expander::new(TimeZone::UTC);
        let (mut standing, mut seconds) = (0_u64, 0_i64);
        for one in &series {
            expander.for_each(one, window, |instance| {
                if let Some(slot) = instance.slot {
                    standing += 1;
                    seconds += slot.seconds();
                }
            });
        }
        let spent = processor_seconds()? - before;
        println!(
            "round {round}: {} series, {standing} occurrences ({} hours) in {spent:.3} s of processor time",
            series.len(),
            seconds / 3600,
        );
    }
    Ok(())
}

/// Processor time of this process so far, of its first thread (Linux).
fn processor_seconds() -> Result<f64, Box<dyn Error>> {
    let text = std::fs::read_to_string("/proc/self/schedstat")?;
    let nanoseconds: f64 = text
        .split_whitespace()
        .next()
        .ok_or("no schedstat")?
        .parse()?;
    Ok(nanoseconds / 1e9)
}
