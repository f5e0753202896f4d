//! Reads calendars and tells what came of them: `read_files [--repeat N] [--keep] FILE…`.
//!
//! For a look at real exports, and for measuring (`perf stat`, `/usr/bin/time -v`): files are read in chunks of
//! 64 KiB, events are dropped as they come unless `--keep` is given.
#![expect(clippy::print_stdout, reason = "a program for a person at a terminal")]

use std::{collections::BTreeMap, env, fs::File, io::Read as _, process::ExitCode};
use steadfast_calendar::{Calendar, Event, Reader};

fn main() -> ExitCode {
    let mut arguments = env::args().skip(1).peekable();
    let (mut repeat, mut keep, mut files) = (1, false, Vec::new());
    while let Some(argument) = arguments.next() {
        match argument.as_str() {
            "--repeat" => repeat = arguments.next().and_then(|n| n.parse().ok()).unwrap_or(1),
            "--keep" => keep = true,
            _ => files.push(argument),
        }
    }
    let mut totals: BTreeMap<&str, usize> = BTreeMap::new();
    let (mut all, mut unreadable) = (0, 0);
    for file in &files {
        for _ in 0..repeat {
            match read(file, keep) {
                Ok((calendar, kept)) => {
                    all += kept;
                    if repeat == 1 && files.len() < 20 || !calendar.complete {
                        println!(
                            "{file}: calendar {}, complete {}, events {kept}, warnings {}",
                            calendar.is_calendar,
                            calendar.complete,
                            calendar.warnings.len()
                        );
                    }
                    for warning in &calendar.warnings {
                        let seen = totals.entry(warning.code.as_str()).or_default();
                        *seen += 1;
                        if *seen <= 5 {
                            println!(
                                "{file}:{} {} {}",
                                warning.line, warning.uid, warning.message
                            );
                        }
                    }
                }
                Err(error) => {
                    unreadable += 1;
                    println!("{file}: {error}");
                }
            }
        }
    }
    println!("{} files, {all} events, warnings {totals:?}", files.len());
    ExitCode::from(u8::from(unreadable > 0))
}

fn read(path: &str, keep: bool) -> std::io::Result<(Calendar, usize)> {
    let mut file = File::open(path)?;
    let mut chunk = vec![0; 64 << 10];
    let mut reader = Reader::new();
    let mut kept: Vec<Event> = Vec::new();
    let mut count = 0;
    loop {
        let length = file.read(&mut chunk)?;
        if length == 0 {
            break;
        }
        reader.feed(chunk.get(..length).unwrap_or_default());
        let events = reader.take_events();
        count += events.len();
        if keep {
            kept.extend(events);
        }
    }
    let calendar = reader.finish();
    count += calendar.events.len();
    drop(kept);
    Ok((calendar, count))
}
