//! What was observed in successive states of a calendar, a line each: `FILE…` are its states or scheduling messages in
//! order. A name like `0042-1704720478.ics` says after the dash when it was seen (seconds since 1970); otherwise its
//! latest DTSTAMP does.
//!
//! `cargo run --release -p steadfast-ledger --example observe -- FILE…`

#![expect(clippy::print_stdout, reason = "its output is what it is for")]

use jiff::tz::TimeZone;
use std::{error::Error, path::Path};
use steadfast_calendar::{Calendar, Instant, Reader};
use steadfast_ledger::{history::History, observe::observations};

fn main() -> Result<(), Box<dyn Error>> {
    let mut history = History::new();
    for path in std::env::args().skip(1) {
        let calendar = Reader::read(&std::fs::read(&path)?);
        let at = seen(&path)
            .or_else(|| stamped(&calendar))
            .ok_or_else(|| format!("{path}: neither its name nor a DTSTAMP says when"))?;
        history.begin_snapshot(at);
        history.look("", None, calendar);
    }
    history.end_snapshot();
    for observation in observations(&history, &TimeZone::UTC) {
        let what = format!("{:?}", observation.change.what);
        let what: String = what.chars().take(150).collect();
        println!(
            "{} {:?} {} {} {what}",
            observation.at.latest,
            observation.level,
            observation.change.uid,
            observation
                .change
                .id
                .map_or_else(String::new, |id| id.to_string()),
        );
    }
    Ok(())
}

fn seen(path: &str) -> Option<Instant> {
    let stem = Path::new(path).file_stem()?.to_str()?;
    let (_, seconds) = stem.split_once('-')?;
    seconds.parse().ok().map(Instant::from_seconds)
}

fn stamped(calendar: &Calendar) -> Option<Instant> {
    calendar.events.iter().filter_map(|event| event.stamp).max()
}
