//! What stays where it is: frozen 1:1s, and those within the notice.
#![expect(
    clippy::unwrap_used,
    reason = "what does not read fails the test, with its place"
)]

use steadfast_planner::instance::Instance;
use steadfast_planner::plan::{self, Plan, Status};
use steadfast_planner::watch::Unhurried;
use steadfast_planner::words::{clock_and_weeks, reason};

/// Maya, Ben and Ana; `rest` of the file, `maya` more of her, then the pairs.
fn read(rest: &str, maya: &str, pairs: &str) -> Result<Instance, String> {
    let text = format!(
        r#"{{"format": 2, {rest}, "people": [{{"id": "maya" {maya}}},
            {{"id": "ben", "reports_to": "maya"}}, {{"id": "ana", "reports_to": "maya"}}], "pairs": [{pairs}]}}"#
    );
    Instance::read(text.as_bytes()).map_err(|error| error.to_string())
}

fn planned(instance: &Instance) -> Plan {
    let plan = plan::make(instance.problem(), &Unhurried).unwrap();
    assert_eq!(plan.status(), Status::Optimal);
    plan
}

/// Where each goes, and why.
fn told(instance: &Instance) -> Vec<String> {
    let plan = planned(instance);
    let places = plan.places.iter().enumerate();
    places
        .map(|(index, place)| {
            let at = place.map_or("nowhere".to_owned(), |place| {
                clock_and_weeks(instance.problem(), place, 0)
            });
            format!("{at}: {}", reason(instance, &plan, index))
        })
        .collect()
}

const BEN: &str = r#""manager": "maya", "report": "ben", "minutes": 30"#;
const ANA: &str = r#""manager": "maya", "report": "ana", "minutes": 30"#;
const TOMORROW: &str = r#""kind": "week", "now": "Sun 18:00", "notice_hours": 24"#;

#[test]
fn of_two_at_one_time_within_the_notice_one_stays_and_the_other_gets_a_new_place() {
    let pairs = format!(
        r#"{{"id": 1, {BEN}, "now_at": "Mon 9:00"}}, {{"id": 2, {ANA}, "now_at": "Mon 9:00", "disruptions": 2}}"#
    );
    let told = told(&read(TOMORROW, "", &pairs).unwrap());
    assert_eq!(
        told[1],
        "Mon 9:00: it is within the notice, where nothing moves"
    );
    assert_eq!(told[0], "Tue 9:00: where it was goes to the 1:1 of ana");
}

#[test]
fn a_full_day_within_the_notice_cancels_nothing() {
    let pairs = format!(
        r#"{{"id": 1, {BEN}, "now_at": "Mon 9:00"}}, {{"id": 2, {ANA}, "now_at": "Mon 11:00"}}"#
    );
    let instance = read(TOMORROW, r#", "at_most_a_day": 1"#, &pairs).unwrap();
    assert_eq!(planned(&instance).total.moved, 0);
    assert_eq!(planned(&instance).total.dropped, 0);
}

#[test]
fn what_was_taken_within_the_notice_gets_a_new_place_after_it() {
    let busy = r#", "busy": [{"days": "Mon", "from": "9:00", "to": "10:00"}]"#;
    let pairs = format!(r#"{{"id": 1, {BEN}, "now_at": "Mon 9:00"}}"#);
    let told = told(&read(TOMORROW, busy, &pairs).unwrap());
    assert_eq!(told, ["Tue 9:00: maya has something else where it was"]);
}

#[test]
fn a_biweekly_one_within_the_notice_does_not_go_to_the_other_week() {
    let busy = r#", "busy": [{"days": "Wed", "weeks": "first", "from": "9:00", "to": "10:00"}]"#;
    let rest = r#""kind": "org", "now": "Sun 18:00", "notice_hours": 24"#;
    let pair = |week: &str, day: &str| {
        format!(
            r#"{{"id": 1, {BEN}, "rhythm": "biweekly", "now_at": "{day} 9:00", "now_in": "{week}"}}"#
        )
    };
    let first = told(&read(rest, busy, &pair("first", "Mon")).unwrap());
    assert!(
        first[0].starts_with("Mon 9:00 (first week of two): it is within"),
        "{first:?}"
    );
    // A Monday of the second week is more than a week off: no notice holds it.
    let second = read(rest, busy, &pair("second", "Mon")).unwrap();
    assert!(!second.problem().pairs()[0].stays);
    assert!(second.problem().pairs()[0].options.len() > 100);
}

#[test]
fn two_frozen_at_one_time_are_refused_and_so_is_one_on_a_meeting() {
    let frozen = format!(
        r#"{{"id": 1, {BEN}, "now_at": "Wed 9:00", "frozen": true}}, {{"id": 2, {ANA}, "now_at": "Wed 9:00", "frozen": true}}"#
    );
    let error = read(r#""kind": "week""#, "", &frozen).unwrap_err();
    assert_eq!(
        error,
        "pair 1: frozen: it cannot stay where it is, as pair 2 stays there too, and maya is in both"
    );
    let busy = r#", "busy": [{"days": "Wed", "from": "9:00", "to": "10:00"}]"#;
    let one = format!(r#"{{"id": 1, {BEN}, "now_at": "Wed 9:00", "frozen": true}}"#);
    let error = read(r#""kind": "week""#, busy, &one).unwrap_err();
    assert_eq!(
        error,
        "pair 1: frozen: it cannot stay where it is, as maya has something else at Wed 9:00"
    );
}

#[test]
fn others_go_around_what_is_frozen_and_its_terms_are_its_cost() {
    let pairs = format!(
        r#"{{"id": 1, {BEN}, "now_at": "Wed 11:00", "frozen": true}}, {{"id": 2, {ANA}, "now_at": "Wed 11:00", "disruptions": 9}}"#
    );
    let instance = read(r#""kind": "week""#, r#", "at_most_a_day": 1"#, &pairs).unwrap();
    let told = told(&instance);
    assert_eq!(told[0], "Wed 11:00: it is frozen there");
    assert!(!told[1].starts_with("Wed"), "{told:?}");
    let choice = instance.problem().pairs()[0].options[0];
    let terms = instance.terms(0, choice.place).into_iter();
    assert_eq!(terms.map(|term| term.cost).sum::<u32>(), choice.cost);
}

#[test]
fn who_stays_within_the_notice_does_not_hang_on_ids() {
    for (ben, ana) in [(1, 2), (2, 1)] {
        let pairs = format!(
            r#"{{"id": {ben}, {BEN}, "now_at": "Mon 9:00"}}, {{"id": {ana}, {ANA}, "now_at": "Mon 9:00"}}"#
        );
        let instance = read(TOMORROW, "", &pairs).unwrap();
        let told = told(&instance);
        let of_ana = instance.problem().pair(ana).unwrap();
        assert_eq!(
            told[of_ana],
            "Mon 9:00: it is within the notice, where nothing moves"
        );
    }
}

#[test]
fn a_plan_is_of_no_use_once_somebody_is_called_otherwise() {
    let pairs = format!(r#"{{"id": 1, {BEN}}}, {{"id": 2, {ANA}}}"#);
    let state = |maya: &str| {
        let instance = read(r#""kind": "week""#, maya, &pairs).unwrap();
        instance.problem().state()
    };
    assert_eq!(state(r#", "name": "maya""#), state(""));
    assert_ne!(state(r#", "name": "Maya""#), state(""));
}

#[test]
fn what_runs_over_the_end_of_the_week_is_refused_and_no_place() {
    // In Kiritimati it is Sunday 14:00 when the week of UTC begins.
    let far = |now_at: &str| {
        let text = format!(
            r#"{{"format": 2, "kind": "org", "people": [
                {{"id": "maya", "utc_offset_minutes": 840, "work": [{{"days": "Sun", "from": "13:00", "to": "15:00"}}], "agreed": null}},
                {{"id": "ben", "reports_to": "maya", "utc_offset_minutes": 840, "work": [{{"days": "Sun", "from": "13:00", "to": "15:00"}}]}}],
                "pairs": [{{"id": 1, {BEN}, "now_at": "Sun {now_at}"}}]}}"#
        );
        Instance::read(text.as_bytes()).map_err(|error| error.to_string())
    };
    assert_eq!(
        far("13:45").unwrap_err(),
        "pairs[0].now_at: it runs over the end of the week, Saturday 24:00 UTC, and nothing may"
    );
    let instance = far("13:30").unwrap();
    let starts = instance.problem().pairs()[0].options.iter();
    let starts: Vec<u16> = starts.map(|option| option.place.start).collect();
    assert_eq!(starts, [0, 1, 2, 668, 669, 670]);
}
