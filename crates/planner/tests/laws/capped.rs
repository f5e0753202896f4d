//! A cap on all pairs together: what is claimed is so, and whoever asks for less pays no more.

use super::random::{self, Asked, add_skip_level, asked, cap, capped, choice, greedy};
use super::{Hurried, best, planned, try_everything};
use proptest::prelude::*;
use steadfast_planner::plan;
use steadfast_planner::problem::{Choice, DayCap, Limits, Pair, Problem};
use steadfast_planner::sample;

/// One place more for one of the pairs.
fn one_more(pairs: &mut [Pair], whose: prop::sample::Index, place: Choice) {
    let at = whose.index(pairs.len());
    pairs[at].options.push(place);
}

/// Everything asked for once less: a cap raised, taken away, no buffers, no caps of managers, short 1:1s.
fn eased(asked: &Asked, cap: DayCap) -> Vec<Problem> {
    let with = |change: fn(&mut Asked)| {
        let mut eased = asked.clone();
        change(&mut eased);
        capped(&eased, Some(cap))
    };
    let starts = cap.starts + 1;
    vec![
        capped(asked, Some(DayCap { starts, ..cap })),
        capped(asked, None),
        with(|asked| asked.people.iter_mut().for_each(|person| person.buffer = 0)),
        with(|asked| {
            asked
                .people
                .iter_mut()
                .for_each(|person| person.per_day = None);
        }),
        with(|asked| asked.pairs.iter_mut().for_each(|pair| pair.length = 1)),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn nothing_is_cheaper_within_the_cap(asked in asked(), cap in cap()) {
        let problem = capped(&asked, Some(cap));
        let least = best(&problem);
        prop_assert_eq!(least, try_everything(&problem));
        prop_assert!(least <= greedy(&problem));
    }

    #[test]
    fn who_stays_takes_room_of_the_day(asked in asked(), cap in cap(), whose in any::<prop::sample::Index>()) {
        let mut asked = asked;
        let at = whose.index(asked.pairs.len());
        let pair = &mut asked.pairs[at];
        pair.options.truncate(1);
        pair.stays = !pair.options.is_empty();
        let problem = capped(&asked, Some(cap));
        prop_assert_eq!(best(&problem), try_everything(&problem));
    }

    #[test]
    fn one_place_more_is_never_dearer(
        asked in asked(),
        cap in prop::option::weighted(0.8, cap()),
        whose in any::<prop::sample::Index>(),
        place in choice(),
    ) {
        let mut more = asked.clone();
        one_more(&mut more.pairs, whose, place);
        let fewer = planned(&capped(&asked, cap)).total.objective;
        prop_assert!(planned(&capped(&more, cap)).total.objective <= fewer);
    }

    #[test]
    fn what_asks_less_is_never_dearer(asked in asked(), cap in cap()) {
        let strict = planned(&capped(&asked, Some(cap))).total.objective;
        for problem in eased(&asked, cap) {
            prop_assert!(planned(&problem).total.objective <= strict);
        }
    }

    #[test]
    fn stopped_at_once_there_is_a_plan_within_the_cap_and_a_bound(asked in asked(), cap in cap()) {
        let problem = capped(&asked, Some(cap));
        let plan = plan::make(&problem, &Hurried).unwrap();
        let least = best(&problem);
        prop_assert!(plan.bound <= least && least <= plan.total.objective);
        prop_assert!(plan.total.objective <= greedy(&problem));
    }

    #[test]
    fn a_skip_level_is_planned_within_the_cap_as_well_as_can_be(asked in asked(), place in 0..6_u16, cap in cap()) {
        let mut beside = asked.clone();
        if add_skip_level(&mut beside, place) {
            let problem = random::capped(&beside, Some(cap));
            prop_assert_eq!(best(&problem), try_everything(&problem));
        }
    }
}

/// A made-up organisation whose days have room for so many in a hundred of its pairs, all days together.
fn organisation(people: usize, seed: u64, percent: usize) -> (Problem, DayCap) {
    let problem = sample::organisation(people, seed, 100).unwrap();
    let starts = (problem.pairs().len() * percent).div_ceil(500);
    let cap = DayCap {
        starts: u16::try_from(starts).unwrap(),
        utc_offset: 0,
    };
    (problem, cap)
}

fn with(problem: &Problem, pairs: Vec<Pair>, cap: Option<DayCap>) -> Problem {
    let people = problem.people().to_vec();
    Problem::new(problem.kind(), people, pairs, cap, &Limits::default()).unwrap()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn in_an_organisation_what_asks_less_is_never_dearer(
        seed in 1..1000_u64, people in 10..60_usize, percent in 60..130_usize, cost in 0..60_u32, whose in any::<prop::sample::Index>(),
        at in any::<prop::sample::Index>(),
    ) {
        let (problem, cap) = organisation(people, seed, percent);
        let pairs = problem.pairs().to_vec();
        let strict = best(&with(&problem, pairs.clone(), Some(cap)));
        // A place that somebody else has.
        let others: Vec<Choice> = pairs.iter().flat_map(|pair| pair.options.iter().copied()).collect();
        let mut more = pairs.clone();
        one_more(&mut more, whose, Choice { cost, ..others[at.index(others.len())] });
        prop_assert!(best(&with(&problem, more, Some(cap))) <= strict);
        let starts = cap.starts + 1;
        let raised = best(&with(&problem, pairs.clone(), Some(DayCap { starts, ..cap })));
        prop_assert!(raised <= strict);
        prop_assert!(best(&with(&problem, pairs, None)) <= raised);
    }
}
