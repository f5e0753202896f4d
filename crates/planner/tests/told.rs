//! What a plan says of itself: what was read wrongly once, told so that it cannot be.
#![expect(
    clippy::unwrap_used,
    reason = "what does not read fails the test, with its place"
)]

use steadfast_planner::instance::Instance;
use steadfast_planner::plan::{self, Plan, Verdict};
use steadfast_planner::watch::Unhurried;
use steadfast_planner::week::Place;
use steadfast_planner::words;

fn made(text: &str) -> (Instance, Plan) {
    let instance = Instance::read(text.as_bytes()).unwrap();
    let plan = plan::make(instance.problem(), &Unhurried).unwrap();
    (instance, plan)
}

/// Maya in UTC and those who report to her; `pairs` as they are written.
fn team(kind: &str, maya: &str, others: &str, pairs: &str) -> (Instance, Plan) {
    made(&format!(
        r#"{{"format": 2, {kind}, "people": [{{"id": "maya", "name": "Maya" {maya}}}, {others}], "pairs": [{pairs}]}}"#
    ))
}

const BEN: &str = r#"{"id": "ben", "name": "Ben", "reports_to": "maya"}"#;
const ANA: &str = r#"{"id": "ana", "name": "Ana", "reports_to": "maya"}"#;

fn at(plan: &Plan, index: usize) -> Place {
    plan.places[index].unwrap()
}

#[test]
fn what_was_not_asked_about_is_not_said_to_harm_others() {
    // Both lost their places; only Ben's is asked about.
    let busy = r#", "busy": [{"days": "Tue Wed", "from": "9:00", "to": "17:30"}]"#;
    let pairs = r#"
        {"id": 1, "manager": "maya", "report": "ben", "minutes": 30, "now_at": "Tue 10:00"},
        {"id": 2, "manager": "maya", "report": "ana", "minutes": 30, "now_at": "Wed 10:00"}"#;
    let kind = r#""kind": "makegood", "target": 1"#;
    let (instance, plan) = team(kind, busy, &format!("{BEN}, {ANA}"), pairs);
    let considered = plan.considered(instance.problem(), 1);
    let free = considered
        .iter()
        .filter(|one| !matches!(one.verdict, Verdict::Taken(_)));
    assert!(free.clone().count() > 10);
    assert!(free.into_iter().all(|one| one.verdict == Verdict::NotAsked));
    let why = words::reason(&instance, &plan, 1);
    assert!(
        why.starts_with("Maya has something else where it was; it has lost its place too"),
        "{why}"
    );
    let whole = words::report(&instance, &plan).join(" ");
    assert!(
        whole.contains("while all others that can stay do."),
        "{whole}"
    );
}

#[test]
fn of_places_that_are_else_alike_the_nearest_is_taken() {
    // Tuesday 9:00 and 11:00 are both free, at the edge of a meeting each, and within two hours.
    let ben = r#"{"id": "ben", "name": "Ben", "reports_to": "maya",
        "busy": [{"days": "Tue", "from": "10:30", "to": "11:15"}]}"#;
    let pair =
        r#"{"id": 1, "manager": "maya", "report": "ben", "minutes": 30, "now_at": "Tue 10:30"}"#;
    let (_, plan) = team(r#""kind": "week""#, "", ben, pair);
    assert_eq!(words::clock(at(&plan, 0), 0), "Tue 10:00");
}

#[test]
fn whoever_had_a_place_and_was_free_to_stay_near_is_not_sent_away_for_a_first_one() {
    // Ben loses Tuesday 10:45 and could have 10:00; so could Ana, who had none and for whom Wednesday is as good.
    let ben = r#"{"id": "ben", "name": "Ben", "reports_to": "maya",
        "busy": [{"days": "Tue", "from": "10:30", "to": "11:30"}]}"#;
    let ana = r#"{"id": "ana", "name": "Ana", "reports_to": "maya",
        "prefers": [{"days": "Tue Wed", "from": "10:00", "to": "10:30"}], "work": [{"days": "Tue Wed", "from": "10:00", "to": "11:00"}]}"#;
    let pairs = r#"
        {"id": 1, "manager": "maya", "report": "ben", "minutes": 30, "now_at": "Tue 10:45"},
        {"id": 2, "manager": "maya", "report": "ana", "minutes": 30}"#;
    let (_, plan) = team(r#""kind": "week""#, "", &format!("{ben}, {ana}"), pairs);
    assert_eq!(words::clock(at(&plan, 0), 0), "Tue 10:00");
    assert_eq!(words::clock(at(&plan, 1), 0), "Wed 10:00");
}

#[test]
fn a_meeting_that_could_give_way_is_named_before_the_move_is_taken_for_granted() {
    let busy = |more: &str| {
        format!(
            r#", "busy": [{{"days": "Tue", "from": "10:00", "to": "11:00", "what": "the demo" {more}}}]"#
        )
    };
    let pair =
        r#"{"id": 1, "manager": "maya", "report": "ben", "minutes": 30, "now_at": "Tue 10:00"}"#;
    let (instance, plan) = team(
        r#""kind": "week""#,
        &busy(r#", "can_move": true"#),
        BEN,
        pair,
    );
    assert_eq!(
        words::reason(&instance, &plan, 0),
        "Maya has something else where it was; if Maya moved “the demo” (Tue 10:00), it could stay"
    );
    let (instance, plan) = team(r#""kind": "week""#, &busy(""), BEN, pair);
    assert_eq!(
        words::reason(&instance, &plan, 0),
        "Maya has something else where it was"
    );
}

#[test]
fn whose_hours_are_in_the_way_is_said_and_times_are_told_on_both_clocks() {
    let bea = r#"{"id": "bea", "name": "Bea", "reports_to": "maya", "utc_offset_minutes": -300,
        "busy": [{"days": "Wed", "from": "13:00", "to": "14:00"}]}"#;
    let pair =
        r#"{"id": 1, "manager": "maya", "report": "bea", "minutes": 30, "now_at": "Wed 13:15"}"#;
    let (instance, plan) = team(r#""kind": "week""#, "", bea, pair);
    assert_eq!(
        words::reason(&instance, &plan, 0),
        "where it was is outside Maya's hours; Bea has something else there too"
    );
    let problem = instance.problem();
    let pair = &problem.pairs()[0];
    assert_eq!(
        words::clocks(problem, pair, pair.current.unwrap()),
        "Wed 18:15 (13:15 for Bea)"
    );
}

#[test]
fn what_is_against_a_place_is_said_with_names_and_no_more_than_it_is() {
    let ben = r#"{"id": "ben", "name": "Ben", "reports_to": "maya",
        "prefers": [{"days": "Tue", "from": "14:15", "to": "15:00"}], "work": [{"days": "Tue", "from": "14:00", "to": "14:30"}]}"#;
    let pair = r#"{"id": 1, "manager": "maya", "report": "ben", "minutes": 30}"#;
    let maya = r#", "focus": [{"days": "Tue", "from": "14:00", "to": "16:00"}]"#;
    let (instance, plan) = team(r#""kind": "week""#, maya, ben, pair);
    assert_eq!(
        words::against(&instance, &plan, 0).unwrap(),
        "in part outside the hours Ben prefers, in hours that Maya keeps free for work"
    );
}

#[test]
fn who_said_nothing_is_asked_first_and_who_is_not_due_is_named() {
    let pairs = r#"
        {"id": 1, "manager": "maya", "report": "ben", "minutes": 30},
        {"id": 2, "manager": "maya", "report": "ana", "minutes": 30, "rhythm": "biweekly", "now_in": "second", "now_at": "Mon 9:00"}"#;
    let (instance, plan) = team(
        r#""kind": "makegood", "target": 1"#,
        "",
        &format!("{BEN}, {ANA}"),
        pairs,
    );
    let whole = words::report(&instance, &plan).join(" ");
    assert!(
        whole.contains("No wishes are known of Ben: what suits them is a guess, so ask first."),
        "{whole}"
    );
    assert!(
        whole.contains("Not due in this week, every second week: Ana."),
        "{whole}"
    );
}

#[test]
fn what_would_help_is_the_same_in_a_larger_organisation() {
    // Maya and Ben are never free together but for one meeting that may give way; Ana has no time left either.
    let maya = r#", "work": [{"days": "Tue", "from": "9:00", "to": "11:00"}],
        "busy": [{"days": "Tue", "from": "9:00", "to": "10:00", "what": "the status", "can_move": true}]"#;
    let ben = r#"{"id": "ben", "name": "Ben", "reports_to": "maya",
        "busy": [{"days": "Tue", "from": "10:00", "to": "17:30"}, {"days": "Mon Wed Thu Fri", "from": "9:00", "to": "17:30"}]}"#;
    let pairs = r#"{"id": 7, "manager": "maya", "report": "ben", "minutes": 30}"#;
    let help = |others: &str, more: &str| {
        let (instance, plan) = team(
            r#""kind": "org""#,
            maya,
            &format!("{others}{ben}"),
            &format!("{pairs}{more}"),
        );
        let index = instance.problem().pair(7).unwrap();
        assert_eq!(plan.places[index], None);
        words::help(&instance, &plan, index).unwrap()
    };
    let alone = help("", "");
    assert_eq!(
        alone,
        "if Maya moved “the status” (Tue 9:00), Tue 9:00 would be free"
    );
    let (mut others, mut more) = (format!("{ANA}, "), String::new());
    more += r#", {"id": 3, "manager": "maya", "report": "ana", "minutes": 60}"#;
    for id in 10..18 {
        others += &format!(r#"{{"id": "p{id}", "reports_to": "ana"}}, "#);
        more += &format!(r#", {{"id": {id}, "manager": "ana", "report": "p{id}", "minutes": 30}}"#);
    }
    assert_eq!(help(&others, &more), alone);
}

#[test]
fn those_who_wait_for_one_another_move_in_one_go_and_others_one_after_the_other() {
    let only = |id: &str, name: &str, from: &str, to: &str| {
        format!(
            r#"{{"id": "{id}", "name": "{name}", "reports_to": "maya", "work": [{{"days": "Tue", "from": "{from}", "to": "{to}"}}]}}"#
        )
    };
    // Ben and Ana change places.
    let ben = only("ben", "Ben", "11:00", "11:30");
    let ana = only("ana", "Ana", "10:00", "10:30");
    let pairs = r#"
        {"id": 1, "manager": "maya", "report": "ben", "minutes": 30, "now_at": "Tue 10:00"},
        {"id": 2, "manager": "maya", "report": "ana", "minutes": 30, "now_at": "Tue 11:00"}"#;
    let kind = r#""kind": "week""#;
    let (instance, plan) = team(kind, "", &format!("{ben}, {ana}"), pairs);
    let after = |index| words::after(instance.problem(), &plan, index).unwrap();
    assert_eq!(after(0), "in one go with the 1:1 of Ana");
    assert_eq!(after(1), "in one go with the 1:1 of Ben");
    // A row that ends: Ana goes elsewhere, then Ben can go where she was.
    let ana = only("ana", "Ana", "14:00", "14:30");
    let (instance, plan) = team(kind, "", &format!("{ben}, {ana}"), pairs);
    let after = |index| words::after(instance.problem(), &plan, index);
    assert_eq!(after(0).unwrap(), "once the 1:1 of Ana has moved");
    assert_eq!(after(1), None);
}
