//! One person's line, exactly, bound first: for large teams and days with a cap, where the table of all sets is too much.
//!
//! 1. Every job is given a price for having a place. With prices paid, the cheapest way through the week that may take a
//!    job twice or never is a shortest path; prices and path together are a lower bound. The prices are raised for jobs
//!    the path leaves out and lowered for those it takes twice ([`prices`]; Lagrangean relaxation with Polyak's steps).
//! 2. A search over (time, who has a place) keeps what the bound does not rule out ([`search`]). As the bound is close,
//!    that is little: some hundred states where the table of all sets has millions.
//!
//! The same two steps are known from routing problems, where a route may not visit a customer twice.

mod guess;
mod path;
mod prices;
mod search;

use crate::line::{Job, Settled, Taken};
use crate::problem::DayCap;
use crate::week::Place;
use path::Week;
use prices::Prices;

/// Fractions of a unit of cost in which prices are reckoned: whole numbers, so that bounds are exact.
const FINE: i64 = 256;

/// States looked at before the search gives up and says what it has: some 20 MB, and less than a second.
const MOST_STATES: usize = 400_000;

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

/// The best way for every job. Of equally dear ones the same as [`crate::dense::settle`] chooses.
pub(crate) fn settle(jobs: &[Job], cap: Option<DayCap>, taken: Option<Taken>) -> Found {
    solve(&cleared(jobs, taken), cap, &mut None, MOST_STATES)
}

/// Lower bounds of the line's cost, alone and with the own 1:1 of `span` at each of `places`; the costs themselves where
/// every search came to its end.
pub(crate) fn least(
    jobs: &[Job],
    cap: Option<DayCap>,
    span: u16,
    places: &[Place],
) -> (u64, Vec<u64>) {
    let mut prices = None;
    let alone = solve(jobs, cap, &mut prices, MOST_STATES).bound;
    // All places together may take as long again.
    let states = MOST_STATES / places.len().max(1);
    let with = places
        .iter()
        .map(|place| {
            let taken = Taken {
                place: *place,
                span,
            };
            solve(&cleared(jobs, Some(taken)), cap, &mut prices, states).bound
        })
        .collect();
    (alone, with)
}

fn cleared(jobs: &[Job], taken: Option<Taken>) -> Vec<Job> {
    match taken {
        Some(taken) => jobs.iter().map(|job| job.clear_of(taken)).collect(),
        None => jobs.to_vec(),
    }
}

/// Solves one line; starts from `prices` where there are some, and leaves the last ones there.
fn solve(jobs: &[Job], cap: Option<DayCap>, prices: &mut Option<Vec<i64>>, states: usize) -> Found {
    let week = Week::new(jobs, cap);
    let mut guess = guess::first(&week, jobs);
    let found = Prices::raise(&week, jobs, prices.take(), &mut guess);
    let bound = found.bound_in_whole();
    *prices = Some(found.each.clone());
    if guess.cost <= bound {
        return Found {
            settled: guess.settled,
            cost: guess.cost,
            bound,
        };
    }
    search::search(&week, jobs, &found, guess, bound, states)
}

/// A possible way for every job, at once.
pub(crate) fn quick(jobs: &[Job], cap: Option<DayCap>, taken: Option<Taken>) -> Vec<Settled> {
    let jobs = cleared(jobs, taken);
    guess::first(&Week::new(&jobs, cap), &jobs).settled
}
