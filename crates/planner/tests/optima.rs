//! The best there is: plans of instances whose optima three independent exact methods agree on (CP-SAT, HiGHS on the
//! time-indexed model, and a tree of subset tables).
#![expect(
    clippy::unwrap_used,
    reason = "what cannot be planned fails the test, with its place"
)]

use steadfast_planner::plan::{self, Status};
use steadfast_planner::problem::{DayCap, Kind, Limits, Problem};
use steadfast_planner::{checker, sample, watch::Unhurried};

fn best(problem: &Problem) -> u64 {
    let plan = plan::make(problem, &Unhurried).unwrap();
    assert_eq!(
        (plan.status(), plan.bound),
        (Status::Optimal, plan.total.objective)
    );
    assert_eq!(checker::check(problem, &plan.places).unwrap(), plan.total);
    assert!(plan.is_of(problem));
    plan.total.objective
}

/// Weeks of one manager, seeds 1 to 20.
fn weeks(reports: usize) -> Vec<u64> {
    let seeds = 1..=20;
    seeds
        .map(|seed| best(&sample::week(reports, seed).unwrap()))
        .collect()
}

#[test]
fn one_managers_week_with_five_reports() {
    let known = [
        18, 60, 52, 31, 36, 74, 32, 71, 39, 33, 88, 124, 40, 68, 25, 51, 81, 70, 40, 33,
    ];
    assert_eq!(weeks(5), known);
}

#[test]
fn one_managers_week_with_ten_reports() {
    let known = [
        50, 31, 64, 82, 62, 84, 89, 84, 88, 195, 117, 105, 70, 98, 40, 64, 50, 69, 50, 101,
    ];
    assert_eq!(weeks(10), known);
}

#[test]
fn one_managers_week_with_fifteen_reports() {
    let known = [
        218, 144, 83, 163, 179, 135, 155, 352, 101, 181, 103, 134, 115, 89, 86, 164, 99, 120, 129,
        135,
    ];
    assert_eq!(weeks(15), known);
}

#[test]
fn one_managers_week_with_twenty_reports() {
    let known = [
        140, 110, 120, 199, 142, 246, 188, 132, 157, 119, 425, 65, 248, 180, 62, 241, 221, 170,
        104, 170,
    ];
    assert_eq!(weeks(20), known);
}

#[test]
fn organisations_of_a_hundred() {
    let seeds = [1, 2, 3].map(|seed| best(&sample::organisation(100, seed, 100).unwrap()));
    assert_eq!(seeds, [427, 540, 479]);
}

#[test]
fn organisations_of_a_hundred_by_bounds_instead_of_tables() {
    // A cap that nobody reaches keeps the tables out.
    let cap = Some(DayCap {
        starts: 60,
        utc_offset: 0,
    });
    let capped = |seed| {
        let problem = sample::organisation(100, seed, 100).unwrap();
        let mut people = problem.people().to_vec();
        people.iter_mut().for_each(|person| person.per_day = cap);
        let pairs = problem.pairs().to_vec();
        Problem::new(Kind::Organisation, people, pairs, None, &Limits::default()).unwrap()
    };
    assert_eq!([1, 2, 3].map(|seed| best(&capped(seed))), [427, 540, 479]);
}

#[test]
fn organisations_of_a_thousand() {
    let seeds = [1, 2, 3].map(|seed| best(&sample::organisation(1000, seed, 100).unwrap()));
    assert_eq!(seeds, [5086, 4689, 4870]);
}

#[test]
fn organisations_of_a_thousand_whose_calendars_are_tight() {
    let loads = [200, 250].map(|load| best(&sample::organisation(1000, 1, load).unwrap()));
    assert_eq!(loads, [6050, 16183]);
}

#[test]
fn an_organisation_of_ten_thousand() {
    assert_eq!(best(&sample::organisation(10_000, 1, 100).unwrap()), 48140);
}
