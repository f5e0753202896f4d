//! How recorded payloads of Microsoft Graph (lists of events) are read: `cargo run -p steadfast-connect --example
//! graph_payloads -- FOLDER`. A list of instances without their series is put together by a weekly one that begins with the
//! first of them that stands as ruled. What cannot be read is counted, and is the exit code; what is odd is told.

use serde_json::{Value, json};
use std::path::PathBuf;
use std::process::ExitCode;
use steadfast_calendar::{Instant, Window};
use steadfast_connect::graph::{Event, Said, read, together};

#[expect(clippy::print_stdout, reason = "an example that prints what it found")]
fn main() -> Result<ExitCode, Box<dyn std::error::Error>> {
    let folder = std::env::args_os()
        .nth(1)
        .ok_or("give a folder of .json files")?;
    let mut files: Vec<PathBuf> = std::fs::read_dir(folder)?
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|path| path.extension().is_some_and(|ext| ext == "json"))
        .collect();
    files.sort();
    let mut unread = 0_u8;
    for path in &files {
        println!("{}", path.file_name().unwrap_or_default().to_string_lossy());
        let list: Value = serde_json::from_slice(&std::fs::read(path)?)?;
        let items = list.get("value").and_then(Value::as_array);
        let items = items.map_or(&[][..], Vec::as_slice);
        let mut told = Vec::new();
        for item in items {
            match read(item, "") {
                Ok(said) => {
                    print_one(&said)?;
                    told.push(said);
                }
                Err(oddity) => {
                    unread = unread.saturating_add(1);
                    println!("  unreadable: {oddity}");
                }
            }
        }
        if let Some(series) = weekly(items) {
            let window = around(items).ok_or("instances without a start")?;
            let written = together(&series, &told, window);
            println!("  together:");
            print_lines(written.object)?;
            for (id, oddity) in written.oddities.iter().chain(&written.unread) {
                println!("  {id}: {oddity}");
            }
            unread = unread.saturating_add(u8::try_from(written.unread.len()).unwrap_or(u8::MAX));
        }
    }
    println!("{} files, {unread} unreadable", files.len());
    Ok(if files.is_empty() {
        ExitCode::FAILURE
    } else {
        ExitCode::from(unread)
    })
}

#[expect(clippy::print_stdout, reason = "an example that prints what it found")]
fn print_one(said: &Said) -> Result<(), Box<dyn std::error::Error>> {
    match said {
        Said::Stands(event) => {
            println!("  {} {:?} {:?}", event.id, event.etag, event.oddities);
            print_lines(event.object())?;
        }
        Said::Occurs(occurrence) => println!("  {} occurs", occurrence.id),
        Said::Gone(id) => println!("  {id} gone"),
    }
    Ok(())
}

#[expect(clippy::print_stdout, reason = "an example that prints what it found")]
fn print_lines(object: Vec<u8>) -> Result<(), Box<dyn std::error::Error>> {
    let text = String::from_utf8(object)?;
    let names = ["DTSTART", "RECURRENCE-ID", "RRULE", "EXDATE", "RDATE"];
    let told = text
        .lines()
        .filter(|line| names.iter().any(|name| line.starts_with(name)));
    println!("    {}", told.collect::<Vec<_>>().join(" "));
    Ok(())
}

/// From the first start to the last one.
fn around(items: &[Value]) -> Option<Window> {
    let starts = items.iter().filter_map(start);
    let seconds: Vec<i64> = starts.filter_map(second).collect();
    Some(Window {
        from: Instant::from_seconds(*seconds.iter().min()?),
        to: Instant::from_seconds(*seconds.iter().max()?).plus_seconds(1),
    })
}

fn start(item: &Value) -> Option<&str> {
    item.get("start")?.get("dateTime")?.as_str()
}

fn second(start: &str) -> Option<i64> {
    let civil: jiff::civil::DateTime = start.parse().ok()?;
    let zoned = civil.to_zoned(jiff::tz::TimeZone::UTC).ok()?;
    Some(zoned.timestamp().as_second())
}

/// The series of instances that came without it.
fn weekly(items: &[Value]) -> Option<Event> {
    let ruled = items
        .iter()
        .filter(|item| item.get("type").and_then(Value::as_str) == Some("occurrence"));
    let first = ruled.min_by_key(|item| start(item).map(str::to_owned))?;
    let date: jiff::civil::DateTime = start(first)?.parse().ok()?;
    let day = date.strftime("%A").to_string().to_lowercase();
    let mut series = first.clone();
    let fields = series.as_object_mut()?;
    fields.insert("id".to_owned(), first.get("seriesMasterId")?.clone());
    fields.insert("type".to_owned(), json!("seriesMaster"));
    fields.insert("seriesMasterId".to_owned(), Value::Null);
    let pattern = json!({"type": "weekly", "interval": 1, "daysOfWeek": [day]});
    let recurrence = json!({"pattern": pattern, "range": {"type": "noEnd"}});
    fields.insert("recurrence".to_owned(), recurrence);
    match read(&series, "") {
        Ok(Said::Stands(event)) => Some(*event),
        _ => None,
    }
}
