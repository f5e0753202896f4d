//! What changed from one state of a calendar to the next, a line per change: `FILE…` are its states in order. With a
//! name like `0042-1704720478.ics` the number after the dash is when it was seen (seconds since 1970); otherwise its
//! latest DTSTAMP is.
//!
//! `cargo run --release -p steadfast-calendar --example diff_states -- FILE…`

#![expect(clippy::print_stdout, reason = "its output is what it is for")]

use jiff::tz::TimeZone;
use std::{error::Error, path::Path};
use steadfast_calendar::{
    Change, Instant, Reader, Reslot, Scope, Series, What, Window, carry, diff, group,
};

fn main() -> Result<(), Box<dyn Error>> {
    let mut before: Option<(Instant, Vec<Series>)> = None;
    for path in std::env::args().skip(1) {
        let series = group(Reader::read(&std::fs::read(&path)?).events);
        let stamped = series
            .iter()
            .flat_map(|s| s.master.iter().chain(&s.overrides))
            .filter_map(|event| event.stamp)
            .max();
        let at = seen(&path)
            .or(stamped)
            .ok_or_else(|| format!("{path}: neither its name nor a DTSTAMP says when"))?;
        let Some((seen_before, known)) = before else {
            println!("{path}: {} series", series.len());
            before = Some((at, series));
            continue;
        };
        let scope = Scope {
            floating: TimeZone::UTC,
            window: Window {
                from: at.plus_days(-60),
                to: at.plus_days(365),
            },
            seen_before,
            seen_after: at,
        };
        let changes = diff(&known, &series, &scope);
        println!("{path}: {} changes", changes.len());
        for change in &changes {
            println!("  {}", line(change));
        }
        before = Some((at, carry(&known, &series)));
    }
    Ok(())
}

fn seen(path: &str) -> Option<Instant> {
    let stem = Path::new(path).file_stem()?.to_str()?;
    let (_, seconds) = stem.split_once('-')?;
    seconds.parse().ok().map(Instant::from_seconds)
}

fn line(change: &Change) -> String {
    let title = change.said_by.as_ref().map_or("", |event| &event.summary);
    let moved = |one: &Reslot| {
        format!(
            "{} +{}min -> {} +{}min",
            one.before.slot.start,
            one.before.slot.minutes(),
            one.after.slot.start,
            one.after.slot.minutes()
        )
    };
    let what = match &change.what {
        What::SeriesAppeared(list) => format!("series appeared ({})", list.len()),
        What::SeriesVanished(list) => format!("series vanished ({})", list.len()),
        What::Ended(list) => format!("ended ({})", list.len()),
        What::Extended(list) => format!("extended ({})", list.len()),
        What::Moved(one) | What::Resized(one) => format!("moved {}", moved(one)),
        What::Retimed(list) => format!(
            "retimed ({}) {}",
            list.len(),
            list.first().map(moved).unwrap_or_default()
        ),
        What::Split { into, at, slots } => format!("split at {at} ({}) into {into}", slots.len()),
        other => format!("{other:?}"),
    };
    let id = change.id.map(|id| id.to_string()).unwrap_or_default();
    format!("{} {title:?} {id} {what}", change.uid)
}
