//! What holds whatever is asked: of random small problems, held against trying everything.
#![expect(
    clippy::unwrap_used,
    reason = "what cannot be planned fails the test, with its place"
)]

mod beside;
mod capped;
mod hostile;
mod large;
mod random;

use proptest::prelude::*;
use random::{Asked, asked, greedy, problem, try_everything};
use std::collections::BTreeMap;
use steadfast_planner::certificate::{self, Certificate};
use steadfast_planner::checker::check;
use steadfast_planner::plan::{self, Plan, Status};
use steadfast_planner::problem::{DayCap, Limits, Problem};
use steadfast_planner::watch::{Unhurried, Watch};
use steadfast_planner::week::Place;

fn planned(problem: &Problem) -> Plan {
    plan::make(problem, &Unhurried).unwrap()
}

fn best(problem: &Problem) -> u64 {
    let plan = planned(problem);
    assert_eq!(
        (plan.status(), plan.bound),
        (Status::Optimal, plan.total.objective)
    );
    plan.total.objective
}

/// The places of a plan, by the names of the two.
fn by_name(problem: &Problem) -> BTreeMap<(String, String), Option<Place>> {
    let plan = planned(problem);
    let name = |person: usize| problem.people()[person].name.clone();
    let pairs = problem.pairs().iter().zip(plan.places);
    pairs
        .map(|(pair, place)| ((name(pair.manager), name(pair.report)), place))
        .collect()
}

/// Out of patience from the start.
struct Hurried;

impl Watch for Hurried {
    fn at(&self, _done: usize, _of: usize) {}
    fn stop(&self) -> bool {
        true
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn nothing_is_cheaper_than_the_plan(asked in asked()) {
        let problem = problem(&asked);
        prop_assert_eq!(best(&problem), try_everything(&problem));
    }

    #[test]
    fn a_plan_passes_the_checker_and_is_not_dearer_than_a_greedy_one(asked in asked()) {
        let problem = problem(&asked);
        let plan = planned(&problem);
        prop_assert_eq!(check(&problem, &plan.places).unwrap(), plan.total);
        prop_assert!(plan.total.objective <= greedy(&problem));
    }

    #[test]
    fn what_asks_less_never_costs_more(asked in asked()) {
        let strict = best(&problem(&asked));
        let without = |change: fn(&mut Asked)| {
            let mut eased = asked.clone();
            change(&mut eased);
            best(&problem(&eased))
        };
        prop_assert!(without(|asked| asked.people.iter_mut().for_each(|person| person.buffer = 0)) <= strict);
        prop_assert!(without(|asked| asked.pairs.iter_mut().for_each(|pair| pair.length = 1)) <= strict);
        prop_assert!(without(|asked| asked.people.iter_mut().for_each(|person| person.per_day = None)) <= strict);
    }

    #[test]
    fn the_order_of_pairs_does_not_matter_and_names_do_not(asked in asked(), turn in 0..8_usize) {
        let plan = planned(&problem(&asked));
        let mut turned = asked.clone();
        let pairs = turned.pairs.len();
        turned.pairs.rotate_left(turn % pairs.max(1));
        prop_assert_eq!(&planned(&problem(&turned)), &plan);
        // People in another order: the same cost.
        let mut others = asked.clone();
        let last = others.people.len() - 1;
        others.people.reverse();
        for person in &mut others.people {
            person.boss = person.boss.map(|boss| last - boss);
        }
        for pair in &mut others.pairs {
            (pair.manager, pair.report) = (last - pair.manager, last - pair.report);
        }
        prop_assert_eq!(planned(&problem(&others)).total, plan.total);
    }

    #[test]
    fn people_in_another_order_and_with_other_numbers_get_the_same_plan(asked in asked(), skip in 0..6_u16) {
        let mut named = asked.clone();
        for (person, name) in named.people.iter_mut().zip(["ann", "bo", "cy", "di", "ed", "flo"]) {
            person.name = name.to_owned();
        }
        random::add_skip_level(&mut named, skip);
        let mut others = named.clone();
        let last = others.people.len() - 1;
        others.people.reverse();
        for person in &mut others.people {
            person.boss = person.boss.map(|boss| last - boss);
        }
        for pair in &mut others.pairs {
            (pair.manager, pair.report) = (last - pair.manager, last - pair.report);
            pair.id = 1000 - pair.id;
        }
        prop_assert_eq!(by_name(&problem(&others)), by_name(&problem(&named)));
    }

    #[test]
    fn both_exact_methods_find_the_same_plan(asked in asked()) {
        let mut tables = asked.clone();
        tables.people.iter_mut().for_each(|person| person.per_day = None);
        let mut bounds = tables.clone();
        // A cap that nobody reaches.
        for person in &mut bounds.people {
            person.per_day = Some(DayCap { starts: 100, utc_offset: 0 });
        }
        let (tables, bounds) = (planned(&problem(&tables)), planned(&problem(&bounds)));
        prop_assert_eq!(tables.total, bounds.total);
        // Of equally dear plans both choose the same.
        prop_assert_eq!(tables.places, bounds.places);
    }

    #[test]
    fn stopped_at_once_there_is_a_plan_and_a_bound(asked in asked()) {
        let problem = problem(&asked);
        let plan = plan::make(&problem, &Hurried).unwrap();
        let least = best(&problem);
        prop_assert!(plan.bound <= least && least <= plan.total.objective);
        prop_assert!(plan.total.objective <= greedy(&problem));
    }

    #[test]
    fn a_certificate_is_kept(asked in asked()) {
        let mut asked = asked;
        asked.people.iter_mut().for_each(|person| person.per_day = None);
        let problem = problem(&asked);
        if certificate::look(&problem) == Certificate::All {
            // With going without as dear as can be, nobody does.
            let mut must = asked.clone();
            must.pairs.iter_mut().for_each(|pair| pair.drop = 1_000_000);
            prop_assert_eq!(planned(&random::problem(&must)).total.dropped, 0);
        }
    }

    #[test]
    fn a_skip_level_is_planned_as_well_as_can_be(asked in asked(), place in 0..6_u16) {
        let mut beside = asked.clone();
        if random::add_skip_level(&mut beside, place) {
            let problem = problem(&beside);
            let plan = planned(&problem);
            let least = try_everything(&problem);
            prop_assert!(plan.bound <= least);
            prop_assert_eq!(plan.total.objective, least);
        }
    }

}

#[test]
fn five_who_share_five_hours_can_all_meet() {
    let mut problem = steadfast_planner::sample::week(5, 1).unwrap();
    assert_eq!(
        certificate::look(&problem),
        Certificate::Unknown,
        "its days have a cap"
    );
    let mut people = problem.people().to_vec();
    people.iter_mut().for_each(|person| person.per_day = None);
    let pairs = problem.pairs().to_vec();
    problem = Problem::new(problem.kind(), people, pairs, None, &Limits::default()).unwrap();
    assert_eq!(certificate::look(&problem), Certificate::All);
    assert_eq!(planned(&problem).total.dropped, 0);
}

#[test]
fn any_number_of_cores_gives_the_same_plan() {
    let problem = steadfast_planner::sample::organisation(100, 4, 100).unwrap();
    let on = |cores: usize| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(cores);
        pool.build().unwrap().install(|| planned(&problem))
    };
    assert_eq!(on(1), on(4));
}
