//! A cap on the starts of all pairs together, over several managers. Exact where the plan without it keeps it; otherwise
//! the fullest day is closed to all but those who would lose most, and the rest planned anew. The bound stays that of the
//! plan without the cap.

use super::{Forest, Settlement, settle_freely};
use crate::problem::{Choice, DayCap, Problem};
use crate::watch::Watch;
use std::collections::BTreeMap;

pub(super) fn settle(
    problem: &Problem,
    forest: &Forest,
    cap: DayCap,
    watch: &dyn Watch,
) -> Settlement {
    let mut settled = settle_freely(problem, forest, watch);
    let bound = settled.bound;
    let mut within = problem.clone();
    // Each round closes a day for good, and a week has few.
    while let Some((day, pairs)) = too_full(&within, &settled, cap) {
        within = closed(&within, cap, day, &pairs);
        settled = settle_freely(&within, forest, watch);
    }
    // Back to the options as they were before any day was closed.
    let pairs = problem
        .pairs()
        .iter()
        .zip(within.pairs())
        .zip(&settled.options);
    let options = pairs.map(|((pair, narrowed), option)| {
        option.and_then(|option| pair.option_at(narrowed.options[option].place))
    });
    Settlement {
        options: options.collect(),
        bound,
    }
}

/// The fullest day with more starts than it may have, and its pairs.
fn too_full(problem: &Problem, settled: &Settlement, cap: DayCap) -> Option<(i32, Vec<usize>)> {
    let mut days: BTreeMap<i32, Vec<usize>> = BTreeMap::new();
    for (index, option) in settled.options.iter().enumerate() {
        if let Some(option) = option {
            let place = problem.pairs()[index].options[*option].place;
            days.entry(place.day(cap.utc_offset))
                .or_default()
                .push(index);
        }
    }
    days.into_iter()
        .filter(|(_, pairs)| pairs.len() > usize::from(cap.starts))
        .max_by_key(|(day, pairs)| (pairs.len(), -day))
}

/// The problem with that day left to the pairs that would lose most by another.
fn closed(problem: &Problem, cap: DayCap, day: i32, pairs: &[usize]) -> Problem {
    let is_on = |choice: &Choice| choice.place.day(cap.utc_offset) == day;
    let loss = |index: usize| {
        let pair = &problem.pairs()[index];
        let least = |on: bool| {
            let options = pair.options.iter().filter(|choice| is_on(choice) == on);
            options.map(|choice| choice.cost).min().unwrap_or(pair.drop)
        };
        least(false).saturating_sub(least(true))
    };
    let mut order = pairs.to_vec();
    order.sort_by_key(|index| (std::cmp::Reverse(loss(*index)), *index));
    order.truncate(usize::from(cap.starts));
    let options = problem.pairs().iter().enumerate().map(|(index, pair)| {
        let stays = order.contains(&index);
        let options = pair.options.iter().filter(|choice| stays || !is_on(choice));
        options.copied().collect()
    });
    problem.clone().with_options(options.collect())
}
