//! What we make of 56 calendars, each with one trap (`tests/vectors/icalendar`), and the page that says so:
//! docs/conformance.md. `cargo xtask bless` rewrites the page.

#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

mod conformance_properties;

use jiff::tz::TimeZone;
use serde_json::Value;
use std::{fmt::Write as _, fs, path::PathBuf};
use steadfast_calendar::{
    Expander, Instance, Instant, Reader, Series, Slot, When, Window, group, resolve,
};

/// One case of `expect.json`.
struct Case {
    file: String,
    name: String,
    window: Window,
    expected: Vec<String>,
    /// Other readings that are sound too, by name.
    also_sound: Vec<(String, Vec<String>)>,
    note: String,
}

fn vectors() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/vectors/icalendar")
}

fn cases() -> Vec<Case> {
    let text = fs::read_to_string(vectors().join("expect.json")).unwrap();
    let all: Vec<Value> = serde_json::from_str(&text).unwrap();
    let words = |value: &Value| -> Vec<String> {
        let list = value.as_array().unwrap();
        list.iter()
            .map(|v| v.as_str().unwrap().to_owned())
            .collect()
    };
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    all.iter()
        .map(|case| Case {
            file: text(&case["file"]),
            name: text(&case["name"]),
            window: Window {
                from: midnight(&text(&case["window"][0])),
                to: midnight(&text(&case["window"][1])),
            },
            expected: words(&case["expect"]),
            also_sound: case["also_sound"]
                .as_object()
                .unwrap()
                .iter()
                .map(|(name, list)| (name.clone(), words(list)))
                .collect(),
            note: text(&case["note"]),
        })
        .collect()
}

fn midnight(date: &str) -> Instant {
    let date: jiff::civil::Date = date.parse().unwrap();
    resolve(
        date.to_datetime(jiff::civil::Time::midnight()),
        &TimeZone::UTC,
    )
}

/// What we read and expand, in the notation of the vectors: `start/end|title`.
fn given(case: &Case) -> Vec<String> {
    let bytes = fs::read(vectors().join(&case.file)).unwrap();
    let mut expander = Expander::new(TimeZone::UTC);
    let mut lines = Vec::new();
    for series in group(Reader::read(&bytes).events) {
        let mut instances = Vec::new();
        expander.for_each(&series, case.window, |i| instances.push(i));
        lines.extend(instances.iter().filter_map(|i| line(&series, i)));
    }
    lines
}

fn line(series: &Series, instance: &Instance) -> Option<String> {
    let event = series.component(instance, &TimeZone::UTC)?;
    let Slot { start, end } = instance.slot?;
    let format = match &event.start {
        When::Date(_) => "%Y%m%d",
        When::Floating(_) => "%Y%m%dT%H%M%S",
        When::Utc(_) | When::Zoned(..) => "%Y%m%dT%H%M%SZ",
    };
    let spelt = |at: Instant| at.civil(&TimeZone::UTC).strftime(format).to_string();
    Some(format!("{}/{}|{}", spelt(start), spelt(end), event.summary))
}

/// `None`: as expected. `Some`: the name of the sound alternative. Anything else is wrong.
fn reading(case: &Case, given: &[String]) -> Result<Option<String>, String> {
    let same = |list: &[String]| sorted(list) == sorted(given);
    if same(&case.expected) {
        return Ok(None);
    }
    match case.also_sound.iter().find(|(_, list)| same(list)) {
        Some((name, _)) => Ok(Some(name.clone())),
        None => Err(format!(
            "{}:\n  expected {:#?}\n  given {given:#?}",
            case.file, case.expected
        )),
    }
}

fn sorted(list: &[String]) -> Vec<&String> {
    let mut list: Vec<&String> = list.iter().collect();
    list.sort();
    list
}

#[test]
fn every_calendar_expands_as_expected_or_to_a_sound_alternative() {
    let wrong: Vec<String> = cases()
        .iter()
        .filter_map(|case| reading(case, &given(case)).err())
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_page_says_what_we_do() {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../docs/conformance.md");
    let page = page();
    if std::env::var_os("STEADFAST_BLESS").is_some() {
        fs::write(&path, &page).unwrap();
    }
    // Not `assert_eq`: nobody wants to read two pages in a message.
    assert!(
        fs::read_to_string(&path).unwrap_or_default() == page,
        "docs/conformance.md is not what the code does; `cargo xtask bless` rewrites it"
    );
}

fn page() -> String {
    let mut page = include_str!("conformance_page.md")
        .replace("{read}\n", &conformance_properties::read())
        .replace("{not_read}\n", &conformance_properties::not_read());
    for case in cases() {
        let given = given(&case);
        let reading = match reading(&case, &given) {
            Ok(None) => "as expected".to_owned(),
            Ok(Some(alternative)) => format!("sound alternative: {alternative}"),
            Err(_) => "**wrong**".to_owned(),
        };
        let note = if case.note.is_empty() {
            String::new()
        } else {
            format!(" ({})", case.note)
        };
        let shown: Vec<String> = given
            .iter()
            .take(6)
            .map(|line| format!("`{}`", line.replace('|', "\\|")))
            .collect();
        // Writing to a String cannot go wrong.
        let _ = writeln!(
            page,
            "| {} | {}{note} | {} | {reading} |",
            case.file.get(..2).unwrap_or_default(),
            case.name.replace('|', "\\|"),
            shown.join("<br>"),
        );
    }
    page
}
