//! One person's line, exactly, bound first: for large teams and days with a cap, where the table of all sets is too much.
//!
//! 1. Every job is given a price for having a place. With prices paid, the cheapest way through the week that may take a
//!    job twice or never is a shortest path; prices and path together are a lower bound. The prices are raised for jobs
//!    the path leaves out and lowered for those it takes twice ([`prices`]; Lagrangean relaxation with Polyak's steps).
//! 2. A search over (time, who has a place) keeps what the bound does not rule out ([`search`]). As the bound is close,
//!    that is little: some hundred states where the table of all sets has millions.
//!
//! The same two steps are known from routing problems, where a route may not visit a customer twice.

mod budget;
mod guess;
mod path;
mod prices;
mod search;

pub(crate) use budget::Budget;

use crate::line::{Job, Room, Settled, Taken};
use crate::week::Place;
use path::Week;
use prices::Prices;
use search::Aim;

/// Fractions of a unit of cost in which prices are reckoned: whole numbers, so that bounds are exact.
const FINE: i64 = 256;

/// Ways that a search may note before it gives up and says what it has: at 80 bytes each, some 100 MB, and about a second.
const MOST_WAYS: usize = 1_200_000;

/// The result for one line.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Found {
    /// What became of each job.
    pub(crate) settled: Vec<Settled>,
    /// What that costs.
    pub(crate) cost: u64,
    /// No way is cheaper than this; the cost itself where the search came to its end.
    pub(crate) bound: u64,
}

/// The best way for every job. Of equally dear ones the same as [`crate::dense::settle`] chooses, unless there are so many
/// that the search for the first of them does not come to its end.
pub(crate) fn settle(
    jobs: &[Job],
    room: Option<Room>,
    taken: Option<Taken>,
    budget: &Budget<'_>,
) -> Found {
    let jobs = cleared(jobs, taken);
    solve(&jobs, room, &mut None, (Aim::First, MOST_WAYS), budget)
}

/// Lower bounds of a line's cost, alone and with the own 1:1 at each of its places.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Least {
    pub(crate) alone: u64,
    pub(crate) with: Vec<u64>,
    /// Whether every search came to its end, so that these are the costs themselves.
    pub(crate) is_exact: bool,
}

/// What the line costs at least, alone and with the own 1:1 of `span` at each of `places`.
pub(crate) fn least(
    jobs: &[Job],
    room: Option<Room>,
    span: u16,
    places: &[Place],
    budget: &Budget<'_>,
) -> Least {
    let mut prices = None;
    let alone = solve(jobs, room, &mut prices, (Aim::Cost, MOST_WAYS), budget);
    let mut is_exact = alone.bound == alone.cost;
    let alone = alone.bound;
    // All places together may take as long again.
    let ways = MOST_WAYS / places.len().max(1);
    let with = places
        .iter()
        .map(|place| {
            // An own 1:1 only takes places away: without it, nothing costs more.
            if !budget.spend(1) {
                is_exact = false;
                return alone;
            }
            let taken = Taken {
                place: *place,
                span,
            };
            let jobs = cleared(jobs, Some(taken));
            let found = solve(&jobs, room, &mut prices, (Aim::Cost, ways), budget);
            is_exact &= found.bound == found.cost;
            found.bound.max(alone)
        })
        .collect();
    Least {
        alone,
        with,
        is_exact,
    }
}

fn cleared(jobs: &[Job], taken: Option<Taken>) -> Vec<Job> {
    match taken {
        Some(taken) => jobs.iter().map(|job| job.clear_of(taken)).collect(),
        None => jobs.to_vec(),
    }
}

/// Solves one line; starts from `prices` where there are some, and leaves the last ones there.
fn solve(
    jobs: &[Job],
    room: Option<Room>,
    prices: &mut Option<Vec<i64>>,
    (aim, ways): (Aim, usize),
    budget: &Budget<'_>,
) -> Found {
    let week = Week::new(jobs, room);
    let mut guess = guess::first(&week, jobs);
    let found = Prices::raise(&week, jobs, prices.take(), &mut guess, budget);
    let bound = found.bound_in_whole();
    *prices = Some(found.each.clone());
    if guess.cost <= bound && aim == Aim::Cost {
        return Found {
            settled: guess.settled,
            cost: guess.cost,
            bound,
        };
    }
    search::search(&week, jobs, &found, (guess, bound), (aim, ways), budget)
}

/// A possible way for every job, at once.
pub(crate) fn quick(jobs: &[Job], room: Option<Room>, taken: Option<Taken>) -> Vec<Settled> {
    let jobs = cleared(jobs, taken);
    guess::first(&Week::new(&jobs, room), &jobs).settled
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::organisation::{CostVector, Desk};
    use crate::watch::Unhurried;

    #[test]
    fn in_whatever_order_jobs_are_listed_the_best_is_proved() {
        // A week that is proved only where the prices get off the ground.
        let problem = crate::sample::week(15, 13).unwrap();
        let reports: Vec<usize> = (0..15).collect();
        let desk = Desk::of(&problem, problem.pairs()[0].manager, None, &reports);
        let below: Vec<CostVector> = problem.pairs().iter().map(CostVector::of_pair).collect();
        let mut jobs = desk.jobs(&below.iter().collect::<Vec<_>>());
        for turn in 0..40 {
            let other = (7 * turn + 3) % jobs.len();
            jobs.swap(turn % 15, other);
            jobs.rotate_left(4);
            let found = settle(&jobs, desk.room, None, &Budget::new(&Unhurried));
            assert_eq!((found.bound, found.cost), (6, 6), "after {turn} turns");
        }
    }
}
