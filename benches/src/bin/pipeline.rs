//! `pipeline FILE`: bytes → events → series → instances with the library alone; prints what each stage cost.
//!
//! What `steadfast audit` does beyond this (finding 1:1s, judging, writing) is the difference between its time
//! and this program's.
#![expect(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a program of its own"
)]

use std::fs::File;
use std::io::{self, Read};
use std::process::ExitCode;
use steadfast_benches::{usage, workload};
use steadfast_calendar::{Calendar, Instant, Reader, Window, expand, group};

/// Bytes handed to the reader at a time.
const CHUNK: usize = 64 * 1024;

fn main() -> ExitCode {
    let Some(path) = std::env::args().nth(1) else {
        eprintln!("usage: pipeline FILE");
        return ExitCode::from(2);
    };
    match run(&path) {
        Ok(figures) => {
            println!("{figures}");
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("{path}: {error}");
            ExitCode::from(3)
        }
    }
}

fn run(path: &str) -> io::Result<serde_json::Value> {
    let start = usage::own_cpu();
    let (calendar, bytes) = read(path)?;
    let read = usage::own_cpu();
    let (events, warnings) = (calendar.events.len(), calendar.warnings.len());
    let series = group(calendar.events);
    let grouped = usage::own_cpu();
    let window = window()?;
    let zone = calendar.zone.unwrap_or(jiff::tz::TimeZone::UTC);
    let mut occurrences = 0_usize;
    for one in &series {
        occurrences += expand(one, &zone, window)
            .iter()
            .filter(|instance| instance.slot.is_some())
            .count();
    }
    let expanded = usage::own_cpu();
    Ok(serde_json::json!({
        "bytes": bytes, "events": events, "series": series.len(), "occurrences": occurrences, "warnings": warnings,
        "read": read - start, "group": grouped - read, "expand": expanded - grouped,
    }))
}

fn read(path: &str) -> io::Result<(Calendar, usize)> {
    let (mut file, mut reader) = (File::open(path)?, Reader::new());
    let (mut chunk, mut bytes) = (vec![0; CHUNK], 0);
    loop {
        let count = file.read(&mut chunk)?;
        let Some(read) = chunk.get(..count).filter(|read| !read.is_empty()) else {
            return Ok((reader.finish(), bytes));
        };
        reader.feed(read);
        bytes += read.len();
    }
}

fn window() -> io::Result<Window> {
    let midnight = |day: &str| {
        let day: jiff::civil::Date = day.parse().map_err(io::Error::other)?;
        let zoned = day
            .to_zoned(jiff::tz::TimeZone::UTC)
            .map_err(io::Error::other)?;
        Ok::<_, io::Error>(Instant::from(zoned.timestamp()))
    };
    Ok(Window {
        from: midnight(workload::FROM)?,
        to: midnight(workload::TO)?.plus_days(1),
    })
}
