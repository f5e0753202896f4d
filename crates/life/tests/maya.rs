//! Maya's half year is told as intended, and the files in `examples/` are what this crate writes.

use jiff::civil::date;
use std::{fs, path::PathBuf};
use steadfast_life::{
    story,
    truth::{Outcome, Relationship},
};

/// One letter per promised 1:1.
fn strip(relationship: &Relationship) -> String {
    relationship
        .occurrences
        .iter()
        .map(|o| match (o.excused, o.made_good, o.outcome) {
            (Some(_), _, _) => '-',
            (_, true, _) => 'g',
            (_, _, Outcome::Kept) => 'k',
            (_, _, Outcome::Nudged) => 'n',
            (_, _, Outcome::Moved) => 'm',
            (_, _, Outcome::Slipped) => 's',
            (_, _, Outcome::Skipped | Outcome::Cancelled | Outcome::Missing) => 'o',
        })
        .collect()
}

#[test]
fn each_of_mayas_one_on_ones_lives_as_the_story_says() {
    let world = story::maya();
    let strips: Vec<(&str, &str, String)> = world
        .truth()
        .relationships
        .iter()
        .map(|r| (r.manager.as_str(), r.report.as_str(), strip(r)))
        .collect();
    let (maya, petra) = ("maya@example.com", "petra@example.com");
    let expected = [
        (petra, maya, "kkkkkkkkmkkkkkkkkkkkkkkkkk"),
        (maya, "ben@example.com", "kkkmkmokkmgmkmm-kmkmommkmk"),
        (maya, "ana@example.com", "kkkkkknkkkkkkkk-kkkkkkkkkk"),
        (maya, "chidi@example.com", "kkmkkkkkokkk"),
        (maya, "dana@example.com", "kkkk"),
        (maya, "eve@example.com", "kkkmk"),
    ];
    assert_eq!(strips, expected.map(|(m, r, s)| (m, r, s.to_owned())));
    let without = &world.truth().without_one_on_one;
    assert_eq!(without.len(), 1);
    assert_eq!(without[0].report, "noor@example.com");
}

#[test]
fn the_year_is_the_half_year_with_one_before_it() {
    let (year, half) = (story::maya_year(), story::maya());
    let strips: Vec<(&str, String)> = year
        .truth()
        .relationships
        .iter()
        .map(|r| (r.report.as_str(), strip(r)))
        .collect();
    let expected = [
        ("maya@example.com", "kkkk--kkkkkkkkkkkkkkkkkkkk"),
        ("ben@example.com", "kkkk--kkmkkkkkkkkkkkkmkkkk"),
        ("ana@example.com", "kkkk--kkkkkmkkkkkkkkkkkkkk"),
        ("chidi@example.com", "kk-kkmkkkkkkkk"),
        ("dana@example.com", ""),
        ("eve@example.com", "kkkk--kkkkkkkkkkknkkkkkkkk"),
    ];
    for ((report, strip_of_year), (expected_report, before)) in strips.iter().zip(expected) {
        let after = half
            .truth()
            .relationships
            .iter()
            .find(|r| r.report == *report)
            .map(strip);
        assert_eq!(*report, expected_report);
        assert_eq!(
            Some(strip_of_year),
            after.map(|after| format!("{before}{after}")).as_ref(),
            "{report}"
        );
    }
}

#[test]
fn of_a_day_only_what_was_known_on_it_is_told() {
    let year = story::maya_year();
    let maya = "maya@example.com";
    assert_eq!(year.export_on(maya, year.now()), year.final_export(maya));
    let then = year.now().plus_days(-196);
    let text = String::from_utf8(year.export_on(maya, then).unwrap()).unwrap();
    assert!(text.contains("1:1 Maya / Ben") && !text.contains("Leadership review"));
    let file = year.org_csv_on(date(2026, 6, 1));
    assert!(file.contains("eve@example.com,Eve Haddad,maya@example.com,2025-11-24,,"));
    assert!(!file.contains("dana@") && !file.contains("noor@"), "{file}");
    assert_eq!(year.org_csv_on(date(2026, 11, 22)), year.org_csv());
}

fn examples() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../examples")
}

#[test]
fn the_example_files_are_what_the_story_writes() {
    let world = story::maya();
    let read = |path: &str| fs::read(examples().join(path)).unwrap();
    assert_eq!(read("maya/org.csv"), world.org_csv().into_bytes());
    assert_eq!(
        Some(read("maya/maya@example.com.ics")),
        world.final_export("maya@example.com")
    );
    let history = story::maya_history();
    for state in history.history() {
        let moment = state.at.to_string().replace(['-', ':'], "");
        assert_eq!(
            read(&format!("history/{moment}/{}.ics", state.owner)),
            state.text,
            "{moment}"
        );
    }
    let moment = history.now().to_string().replace(['-', ':'], "");
    for owner in history.owners() {
        let last = read(&format!("history/{moment}/{owner}.ics"));
        assert_eq!(Some(last), history.final_export(owner), "the last look");
    }
}
