//! A new place for one 1:1 that lost its own: the three best on different days, or what else would help.
//!
//! Everything else stays: other 1:1s that can stay where they are block their time. Looking through some fifty places
//! takes microseconds, so nothing cleverer is done.

use crate::checker::{Impossible, check};
use crate::plan::{Because, Outcome, Plan, Reason, reason::Occupied};
use crate::problem::{Choice, Problem};
use crate::week::Place;

/// Alternatives that are offered; more would be a list to work through.
const MOST_ALTERNATIVES: usize = 3;

/// A place the displaced 1:1 can have.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Alternative {
    /// Where, and what it costs.
    pub choice: Choice,
    /// Quarter hours from where it was; None where it had no place.
    pub away: Option<i32>,
    /// Whether that is on the same day for the report.
    pub same_day: bool,
    /// How many places are as cheap or cheaper on that day, this one counted.
    pub of_the_day: usize,
}

/// What else would help when there is no place.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Otherwise {
    /// One other 1:1 would have to move, and has where to go.
    OneMoves {
        /// Id of the pair that would move.
        pair: u32,
        /// Where it would go.
        to: Place,
        /// The place that becomes free for the displaced one.
        place: Place,
        /// What both would cost together.
        cost: u64,
    },
    /// Half of it, rather than none.
    Half {
        /// From here.
        place: Place,
        /// For so many quarter hours.
        length: u16,
    },
}

/// The others that stay: those whose present place is among their options.
fn staying(problem: &Problem, target: usize) -> Vec<Option<Place>> {
    let mut places: Vec<Option<Place>> = vec![None; problem.pairs().len()];
    for (index, pair) in problem.pairs().iter().enumerate() {
        if index != target {
            places[index] = pair
                .options
                .iter()
                .map(|option| option.place)
                .find(|place| {
                    pair.current
                        .is_some_and(|current| current.start == place.start)
                });
        }
    }
    places
}

/// The best places for the pair at `target`, on different days of the report, cheapest first.
pub fn alternatives(problem: &Problem, target: usize) -> Vec<Alternative> {
    let places = staying(problem, target);
    among(problem, target, &Occupied::new(problem, &places))
}

/// Every place the pair at `target` can have while the others stay, cheapest first.
pub(crate) fn places(problem: &Problem, target: usize) -> Vec<Choice> {
    let staying = staying(problem, target);
    let occupied = Occupied::new(problem, &staying);
    let free = |option: &&Choice| {
        occupied.at(target, option.place).is_empty() && !occupied.is_full(target, option.place)
    };
    let options = problem.pairs()[target].options.iter();
    let mut places: Vec<Choice> = options.filter(free).copied().collect();
    places.sort_unstable_by_key(|option| (option.cost, option.place));
    places
}

fn among(problem: &Problem, target: usize, occupied: &Occupied<'_>) -> Vec<Alternative> {
    let pair = &problem.pairs()[target];
    let offset = problem.people()[pair.report].utc_offset;
    let mut order: Vec<Choice> = pair.options.clone();
    order.sort_unstable_by_key(|option| (option.cost, option.place));
    let mut found: Vec<Alternative> = Vec::new();
    for choice in order {
        let day = choice.place.day(offset);
        let before = found
            .iter()
            .position(|other| other.choice.place.day(offset) == day);
        if (before.is_none() && found.len() == MOST_ALTERNATIVES)
            || occupied.is_full(target, choice.place)
            || !occupied.at(target, choice.place).is_empty()
        {
            continue;
        }
        if let Some(before) = before {
            let same = found[before].choice.cost == choice.cost;
            found[before].of_the_day += usize::from(same);
            continue;
        }
        let away = |from: Place| i32::from(choice.place.start) - i32::from(from.start);
        found.push(Alternative {
            choice,
            away: pair.current.map(away),
            same_day: pair.current.is_some_and(|from| from.day(offset) == day),
            of_the_day: 1,
        });
    }
    found
}

/// One other 1:1 moved out of the way, at the least cost together; else half of the displaced one.
fn otherwise(problem: &Problem, target: usize, places: &[Option<Place>]) -> Option<Otherwise> {
    one_moves(problem, target, places).or_else(|| half(problem, target, places))
}

fn one_moves(problem: &Problem, target: usize, places: &[Option<Place>]) -> Option<Otherwise> {
    let occupied = Occupied::new(problem, places);
    let pair = &problem.pairs()[target];
    let mut best: Option<(u64, Otherwise)> = None;
    for option in &pair.options {
        let [other] = occupied.at(target, option.place)[..] else {
            continue;
        };
        // With the displaced one there and the other one nowhere: where could the other one go?
        let mut then = places.to_vec();
        then[target] = Some(option.place);
        then[other] = None;
        let after = Occupied::new(problem, &then);
        if after.is_full(target, option.place) {
            continue;
        }
        let moved = &problem.pairs()[other];
        let to = moved
            .options
            .iter()
            .filter(|to| after.at(other, to.place).is_empty() && !after.is_full(other, to.place));
        let Some(to) = to.min_by_key(|to| (to.cost, to.place)) else {
            continue;
        };
        let cost = u64::from(option.cost) + u64::from(to.cost);
        if best.as_ref().is_none_or(|(least, _)| cost < *least) {
            let way = Otherwise::OneMoves {
                pair: moved.id,
                to: to.place,
                place: option.place,
                cost,
            };
            best = Some((cost, way));
        }
    }
    best.map(|(_, way)| way)
}

/// The first half of one of its places, where the rest of it is taken.
fn half(problem: &Problem, target: usize, places: &[Option<Place>]) -> Option<Otherwise> {
    let pair = &problem.pairs()[target];
    let length = pair.length / 2;
    if length == 0 {
        return None;
    }
    let free = pair.options.iter().filter(|option| {
        [pair.manager, pair.report].into_iter().all(|person| {
            let span = length + problem.people()[person].buffer;
            problem.pairs().iter().zip(places).all(|(other, at)| {
                let theirs = other.manager == person || other.report == person;
                !at.is_some_and(|at| {
                    theirs && option.place.overlaps(span, at, problem.span(other, person))
                })
            })
        })
    });
    let best = free.min_by_key(|option| (option.cost, option.place))?;
    Some(Otherwise::Half {
        place: best.place,
        length,
    })
}

/// Of others that stay and are at one place both, the later ones are nobody's question here.
fn apart(problem: &Problem, mut places: Vec<Option<Place>>) -> Vec<Option<Place>> {
    for index in 0..places.len() {
        let Some(place) = places[index] else { continue };
        let there = Occupied::new(problem, &places).at(index, place);
        if there.iter().any(|other| *other < index) {
            places[index] = None;
        }
    }
    places
}

/// The whole answer for the pair at `target`.
///
/// # Errors
/// [`Impossible`] if the plan does not pass the checker, which would be a fault of ours.
pub(crate) fn plan(problem: &Problem, target: usize) -> Result<Plan, Impossible> {
    let blocking = staying(problem, target);
    let found = among(problem, target, &Occupied::new(problem, &blocking));
    let otherwise = if found.is_empty() {
        otherwise(problem, target, &blocking)
    } else {
        None
    };
    let mut places = apart(problem, blocking);
    places[target] = found.first().map(|best| best.choice.place);
    let mut reasons = crate::plan::reason::all(problem, &places, true);
    for (index, reason) in reasons.iter_mut().enumerate() {
        if index != target && reason.outcome == Outcome::Dropped {
            *reason = Reason {
                outcome: Outcome::Dropped,
                because: Because::NotAsked,
            };
        }
    }
    let total = check(problem, &places)?;
    Ok(Plan {
        state: problem.state(),
        bound: total.objective,
        total,
        reasons,
        places,
        alternatives: found,
        otherwise,
    })
}
