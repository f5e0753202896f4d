//! What holds whatever is asked: of random small problems, held against trying everything.
#![expect(
    clippy::unwrap_used,
    reason = "what cannot be planned fails the test, with its place"
)]

mod beside;
mod hostile;
mod large;
mod random;

use proptest::prelude::*;
use random::{Asked, asked, greedy, problem, try_everything};
use steadfast_planner::certificate::{self, Certificate};
use steadfast_planner::checker::check;
use steadfast_planner::plan::{self, Plan, Status};
use steadfast_planner::problem::{DayCap, Problem};
use steadfast_planner::watch::{Unhurried, Watch};

fn planned(problem: &Problem) -> Plan {
    plan::make(problem, &Unhurried).unwrap()
}

fn best(problem: &Problem) -> u64 {
    let plan = planned(problem);
    assert_eq!(plan.status(), Status::Optimal);
    plan.total.objective
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
        let greedy = check(&problem, &greedy(&problem)).unwrap();
        prop_assert!(plan.total.objective <= greedy.objective);
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
    fn both_exact_methods_find_the_same_cost(asked in asked()) {
        let mut tables = asked.clone();
        tables.people.iter_mut().for_each(|person| person.per_day = None);
        let mut bounds = tables.clone();
        // A cap that nobody reaches.
        for person in &mut bounds.people {
            person.per_day = Some(DayCap { starts: 100, utc_offset: 0 });
        }
        prop_assert_eq!(best(&problem(&tables)), best(&problem(&bounds)));
    }

    #[test]
    fn stopped_at_once_there_is_a_plan_and_a_bound(asked in asked()) {
        let problem = problem(&asked);
        let plan = plan::make(&problem, &Hurried).unwrap();
        let least = best(&problem);
        prop_assert!(plan.bound <= least && least <= plan.total.objective);
    }

    #[test]
    fn a_certificate_is_kept(asked in asked()) {
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

    #[test]
    fn a_cap_on_everybody_together_is_kept_and_bounded(asked in asked(), starts in 1..3_u16) {
        let cap = Some(DayCap { starts, utc_offset: 0 });
        let problem = random::capped(&asked, cap);
        let plan = planned(&problem);
        let least = try_everything(&problem);
        prop_assert!(plan.bound <= least && least <= plan.total.objective);
    }
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
