//! What a changed rule would do to recorded calendars: golden histories, judged anew and held against their records.
//!
//! `STEADFAST_BLESS=1` records the new verdicts, to be read in `git diff`. The histories themselves are never recorded anew:
//! only where there is none of that name is one made.

#![expect(
    clippy::print_stdout,
    reason = "`cargo xtask consequences` shows what would read differently"
)]

mod recorded;

use recorded::Recorded;
use std::{fmt::Write as _, fs, path::PathBuf};
use steadfast_app::{
    judge::consequences::{compare, line},
    report::Report,
};
use steadfast_life::{Config, Dialect, World};

/// The record of one golden history: every occurrence by pair and promised start.
fn record(name: &str, report: &Report) -> String {
    let mut text =
        format!("# {name}: pair and promised start, what it read as. Made by this test.\n");
    for pair in &report.pairs {
        let [a, b] = &pair.people;
        for occurrence in &pair.occurrences {
            let what = format!("{} {} {}", a.address, b.address, occurrence.promised.start);
            let _ = write!(text, "{}", line(&what, &occurrence.verdict));
        }
    }
    text
}

/// The recorded history of that name.
fn history(name: &str, dialect: Dialect, seed: u64) -> Recorded {
    let path = golden(&format!("{name}.history.gz"));
    if !path.exists() && std::env::var_os("STEADFAST_BLESS").is_some() {
        let config = Config {
            weeks: 20,
            managers: 2,
            reports_per_manager: 4,
            series_changes: 0.6,
            ..Config::small(dialect)
        };
        Recorded::of(&World::new(seed, &config), &config).write(&path);
    }
    Recorded::read(&path)
}

fn golden(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
        .join("tests/golden")
        .join(name)
}

fn check(dialect: Dialect, seed: u64) {
    let name = format!("{}-{seed}", dialect.as_str());
    let report = history(&name, dialect, seed).audit(true);
    let path = golden(&format!("{name}.tsv"));
    let now = record(&name, &report);
    if std::env::var_os("STEADFAST_BLESS").is_some() {
        fs::write(&path, &now).expect("the record can be written");
    }
    let recorded = fs::read_to_string(&path).expect("the record is in the repository");
    let consequences = compare(&recorded, &now);
    println!("{name}: {consequences}");
    assert!(
        consequences.of > 80,
        "a golden history has something to say"
    );
    assert!(
        consequences.differences.is_empty(),
        "{name} would read differently; if that is meant: STEADFAST_BLESS=1\n{consequences}"
    );
}

#[test]
fn a_golden_year_in_google_reads_as_recorded() {
    check(Dialect::Google, 101);
}

#[test]
fn a_golden_year_in_outlook_reads_as_recorded() {
    check(Dialect::Outlook, 102);
}

#[test]
fn a_golden_year_in_an_exchange_feed_reads_as_recorded() {
    check(Dialect::ExchangeFeed, 103);
}
