//! A plan that is surely possible, made quickly: the upper end of what the search has to look at.

use super::path::Week;
use crate::line::board::Move;
use crate::line::{Job, JobOption, Settled};

/// A possible way for every job.
#[derive(Clone, Debug)]
pub(super) struct Guess {
    pub(super) settled: Vec<Settled>,
    pub(super) cost: u64,
}

/// Those with the fewest options first, each at its cheapest place that is left.
pub(super) fn first(week: &Week, jobs: &[Job]) -> Guess {
    fill(week, jobs, vec![None; jobs.len()])
}

/// What a path suggests: each job it takes at the cheapest of its places there, the others where there is room. Kept if
/// it is cheaper than the guess so far.
pub(super) fn from_path(week: &Week, jobs: &[Job], path: &[(usize, &Move)], guess: &mut Guess) {
    let mut placed: Vec<Option<JobOption>> = vec![None; jobs.len()];
    for (_, option) in path {
        let job = &jobs[option.job];
        let Some(taken) = job.options.iter().find(|one| one.index == option.index) else {
            continue;
        };
        let place = &mut placed[option.job];
        if place.is_none_or(|before| taken.cost < before.cost) {
            *place = Some(*taken);
        }
    }
    let found = fill(week, jobs, placed);
    if found.cost < guess.cost {
        *guess = found;
    }
}

/// Gives those without a place the cheapest one that is left.
fn fill(week: &Week, jobs: &[Job], mut placed: Vec<Option<JobOption>>) -> Guess {
    let mut left: Vec<usize> = (0..jobs.len())
        .filter(|job| placed[*job].is_none())
        .collect();
    left.sort_by_key(|job| (!jobs[*job].stays, jobs[*job].options.len(), *job));
    for job in left {
        let free = jobs[job].options.iter().filter(|option| {
            let clear = placed.iter().zip(jobs).all(|(other, at)| {
                other.is_none_or(|other| {
                    !option.place.overlaps(jobs[job].span, other.place, at.span)
                })
            });
            let counted = placed.iter().zip(jobs).filter(|(_, at)| !at.stays);
            let counted = counted.filter_map(|(one, _)| one.map(|one| one.place));
            clear && (jobs[job].stays || week.has_room(option.place, counted))
        });
        placed[job] = free.min_by_key(|option| option.cost).copied();
    }
    let cost = placed
        .iter()
        .zip(jobs)
        .map(|(option, job)| option.map_or(u64::from(job.drop), |option| u64::from(option.cost)));
    Guess {
        cost: cost.sum(),
        settled: placed
            .iter()
            .map(|option| option.map(|option| option.index))
            .collect(),
    }
}
