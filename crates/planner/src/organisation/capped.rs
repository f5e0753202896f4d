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
    while let Some((day, room, pairs)) = too_full(&within, &settled, cap) {
        within = closed(&within, cap, day, room, pairs);
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

/// The fullest day with more starts than it may have, the room it has beside what stays or is settled, and the other pairs
/// on it.
fn too_full(
    problem: &Problem,
    settled: &Settlement,
    cap: DayCap,
) -> Option<(i32, usize, Vec<usize>)> {
    let mut days: BTreeMap<i32, (usize, Vec<usize>)> = BTreeMap::new();
    for place in problem.held().values().flatten() {
        days.entry(place.day(cap.utc_offset)).or_default().0 += 1;
    }
    for (index, option) in settled.options.iter().enumerate() {
        let pair = &problem.pairs()[index];
        if let Some(option) = option {
            let day = pair.options[*option].place.day(cap.utc_offset);
            let (settled, others) = days.entry(day).or_default();
            if pair.stays {
                *settled += 1;
            } else {
                others.push(index);
            }
        }
    }
    let full = days.into_iter().filter_map(|(day, (settled, pairs))| {
        let room = usize::from(cap.starts).saturating_sub(settled);
        (pairs.len() > room).then_some((day, room, pairs))
    });
    full.max_by_key(|(day, room, pairs)| (pairs.len() - room, -day))
}

/// The problem with that day left to as many pairs as it has room for: those that would lose most by another.
fn closed(problem: &Problem, cap: DayCap, day: i32, room: usize, mut pairs: Vec<usize>) -> Problem {
    let is_on = |choice: &Choice| choice.place.day(cap.utc_offset) == day;
    let loss = |index: usize| {
        let pair = &problem.pairs()[index];
        let least = |on: bool| {
            let options = pair.options.iter().filter(|choice| is_on(choice) == on);
            options.map(|choice| choice.cost).min().unwrap_or(pair.drop)
        };
        least(false).saturating_sub(least(true))
    };
    pairs.sort_by_key(|index| (std::cmp::Reverse(loss(*index)), *index));
    pairs.truncate(room);
    pairs.sort_unstable();
    let options = problem.pairs().iter().enumerate().map(|(index, pair)| {
        let stays = pair.stays || pairs.binary_search(&index).is_ok();
        let options = pair.options.iter().filter(|choice| stays || !is_on(choice));
        options.copied().collect()
    });
    problem.clone().with_options(options.collect())
}
