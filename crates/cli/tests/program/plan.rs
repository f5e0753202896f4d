//! `plan`.

use crate::running::{Ran, run};
use serde_json::Value;
use std::path::{Path, PathBuf};

fn examples() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples/plan")
}

fn plan(arguments: &[&str]) -> Ran {
    run(&[&["plan"], arguments].concat(), &examples())
}

fn json(ran: &Ran) -> Value {
    assert_eq!((ran.code, ran.err.as_str()), (0, ""));
    serde_json::from_str(&ran.out).unwrap()
}

#[test]
fn a_managers_week_is_planned_with_a_reason_for_every_choice() {
    let plan = json(&plan(&["week.json"]));
    assert_eq!(
        (&plan["objective"], &plan["bound"]),
        (&40.into(), &40.into())
    );
    assert_eq!(plan["status"], "optimal");
    let choices = plan["choices"].as_array().unwrap();
    assert_eq!(choices.len(), 5);
    assert!(choices.iter().all(|choice| choice["because"].is_string()));
    assert_eq!(
        plan["report"][1],
        "Moves and unmet wishes add up to 40; in no plan for these calendars do they come to less."
    );
}

#[test]
fn a_displaced_one_on_one_gets_at_most_three_places_on_different_days() {
    let plan = json(&plan(&["makegood.json"]));
    let offered = plan["alternatives"].as_array().unwrap();
    assert!(!offered.is_empty() && offered.len() <= 3);
    let costs: Vec<u64> = offered
        .iter()
        .map(|one| one["cost"].as_u64().unwrap())
        .collect();
    assert!(costs.is_sorted(), "{costs:?}");
    assert!(offered.iter().all(|one| one["because"].is_string()));
}

#[test]
fn text_draws_the_week_before_and_after() {
    let ran = plan(&["week.json", "--format", "text"]);
    assert_eq!((ran.code, ran.err.as_str()), (0, ""));
    assert!(
        ran.out.contains("person 0's 1:1s with their reports"),
        "{}",
        ran.out
    );
    assert!(ran.out.contains("Tue before"), "{}", ran.out);
    assert!(ran.out.contains(" moves from "), "{}", ran.out);
}

#[test]
fn a_pair_is_explained_place_by_place() {
    let ran = plan(&["week.json", "--explain", "1", "--format", "text"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert!(
        ran.out.starts_with("Pair 1, person 0 with person 2: "),
        "{}",
        ran.out
    );
    assert_eq!(ran.out.matches("  chosen\n").count(), 1);
    let explained = json(&plan(&["week.json", "--explain", "1"]));
    assert!(explained["considered"].as_array().unwrap().len() > 5);
    let ran = plan(&["week.json", "--explain", "99"]);
    assert_eq!(ran.code, 2);
    assert!(ran.err.contains("there is no pair 99"), "{}", ran.err);
    let by_name = plan(&["team.json", "--explain", "ben"]);
    assert_eq!(by_name.out, plan(&["team.json", "--explain", "1"]).out);
}

#[test]
fn what_cannot_be_planned_is_said_with_place_and_remedy() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("bad.json");
    for (text, what) in [
        ("{", "bad.json: EOF while parsing"),
        ("{}", "bad.json: missing field `kind`"),
        (
            r#"{"kind":"org","people":[{"boss":1},{"boss":0}],"pairs":[]}"#,
            "run in a circle",
        ),
    ] {
        std::fs::write(&path, text).unwrap();
        let ran = run(&["plan", "bad.json"], folder.path());
        assert_eq!((ran.code, ran.out.as_str()), (3, ""), "{text}");
        assert!(ran.err.contains(what), "{}", ran.err);
        assert_eq!(ran.err.lines().count(), 2, "{}", ran.err);
    }
    let ran = run(&["plan", "none.json"], folder.path());
    assert_eq!(ran.code, 3);
}

#[test]
fn a_team_in_our_own_format_is_explained_by_its_constraints() {
    let team = json(&plan(&["team.json"]));
    assert_eq!(
        (&team["status"], &team["moved"]),
        (&"optimal".into(), &2.into())
    );
    let explained = json(&plan(&["team.json", "--explain", "1"]));
    let first = &explained["considered"][0];
    assert_eq!(
        (&first["because"], &first["terms"]["stable"]),
        (&"chosen".into(), &120.into())
    );
    let drawn = plan(&["team.json", "--format", "text"]);
    assert!(
        drawn.out.contains("Ben moves from Tue 15:00 to Tue 17:00"),
        "{}",
        drawn.out
    );
}
