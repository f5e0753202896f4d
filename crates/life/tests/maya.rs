//! Maya's half year is told as intended, and the files in `examples/` are what this crate writes.

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
