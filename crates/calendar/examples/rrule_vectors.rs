//! Holds recurrence against a file of rules with their expected instances, one JSON object per line:
//! `{"src", "id", "rrule", "dtstart", "expect": […], "finite": true}`. Such vectors are others' data and not in this
//! repository; the figures of the last run are in docs/conformance.md.
//!
//! `cargo run --release -p steadfast-calendar --example rrule_vectors -- FILE`

#![expect(clippy::print_stdout, reason = "its output is what it is for")]

use jiff::{civil::DateTime, tz::TimeZone};
use std::{collections::BTreeMap, error::Error, sync::Arc};
use steadfast_calendar::{
    Busy, End, Event, EventKind, Instant, Recurrence, Series, Status, Visibility, When, Window,
    expand, recur,
};

fn main() -> Result<(), Box<dyn Error>> {
    let path = std::env::args().nth(1).ok_or("name the file of vectors")?;
    let mut tally: BTreeMap<String, (usize, usize)> = BTreeMap::new();
    for line in std::fs::read_to_string(path)?.lines() {
        let vector: serde_json::Value = serde_json::from_str(line)?;
        let text = |key: &str| vector[key].as_str().unwrap_or_default().to_owned();
        let expected: Vec<String> = vector["expect"]
            .as_array()
            .map(|list| {
                list.iter()
                    .filter_map(|v| v.as_str())
                    .map(str::to_owned)
                    .collect()
            })
            .unwrap_or_default();
        let event = event(&text("dtstart"), &text("rrule")).ok_or("unreadable dtstart")?;
        let odd = recur::check(&event);
        let given = instances(event, &text("dtstart"), expected.len());
        let finite = vector["finite"] == true;
        // A DTSTART that the rule itself does not give: RFC 5545 leaves open whether it counts, we always give it.
        let fits = |given: &[String]| {
            if finite {
                given == expected
            } else {
                given.starts_with(&expected)
            }
        };
        let passed = fits(&given) || given.get(1..).is_some_and(fits);
        let valid = odd.is_empty() && vector["err"] != true;
        let group = format!(
            "{} {}",
            text("src"),
            if valid { "valid" } else { "invalid" }
        );
        let entry = tally.entry(group).or_default();
        entry.0 += usize::from(passed);
        entry.1 += 1;
        if valid && !passed {
            println!(
                "{}: {} from {}\n  expected {:?}\n  given    {:?}",
                text("id"),
                text("rrule"),
                text("dtstart"),
                &expected[..expected.len().min(8)],
                &given[..given.len().min(8)],
            );
        }
    }
    for (group, (passed, all)) in tally {
        println!("{group}: {passed} of {all}");
    }
    Ok(())
}

fn event(dtstart: &str, rule: &str) -> Option<Event> {
    Some(Event {
        uid: Arc::from("vector"),
        recurrence_id: None,
        start: when(dtstart)?,
        end: End::Unsaid,
        recurrence: Some(Box::new(Recurrence {
            rules: vec![rule.into()],
            ..Recurrence::default()
        })),
        summary: Arc::from(""),
        status: Status::Confirmed,
        sequence: 0,
        stamp: None,
        created: None,
        last_modified: None,
        organizer: None,
        attendees: Box::default(),
        busy: Busy::Busy,
        kind: EventKind::Ordinary,
        visibility: Visibility::Public,
        is_first_priority: false,
        line: 1,
    })
}

fn when(text: &str) -> Option<When> {
    if let Some(utc) = text.strip_suffix('Z') {
        let civil: DateTime = utc.parse().ok()?;
        return Some(When::Utc(TimeZone::UTC.to_timestamp(civil).ok()?.into()));
    }
    if text.contains('T') {
        Some(When::Floating(text.parse().ok()?))
    } else {
        Some(When::Date(text.parse().ok()?))
    }
}

/// The first instances (two more than expected, to see whether the rule ends), spelt like `like`.
fn instances(event: Event, like: &str, expected: usize) -> Vec<String> {
    let start = event.start.instant(&TimeZone::UTC);
    let series = Series {
        uid: event.uid.clone(),
        master: Some(Arc::new(event)),
        overrides: Vec::new(),
    };
    let format = if like.ends_with('Z') {
        "%Y%m%dT%H%M%SZ"
    } else if like.contains('T') {
        "%Y%m%dT%H%M%S"
    } else {
        "%Y%m%d"
    };
    // An endless rule is followed only as far as asked, in windows that grow.
    let mut days = 2;
    loop {
        let window = Window {
            from: start,
            to: start.plus_days(days),
        };
        let given = expand(&series, &TimeZone::UTC, window);
        if given.len() >= expected + 2 || days > 2_000_000 {
            return given
                .iter()
                .take(expected + 2)
                .map(|i: &steadfast_calendar::Instance| spelt(i.id, format))
                .collect();
        }
        days *= 4;
    }
}

fn spelt(at: Instant, format: &str) -> String {
    at.civil(&TimeZone::UTC).strftime(format).to_string()
}
