//! A new place for one 1:1 that lost its own: the three best on different days, or what else would help.
//!
//! Everything else stays: other 1:1s that can stay where they are block their time. Looking through some fifty places
//! takes microseconds, so nothing cleverer is done.

use crate::checker::{Impossible, check};
use crate::order::names;
use crate::plan::{Occupied, Plan};
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
    /// How many days away, for the report.
    pub days_away: i32,
    /// How many places are as cheap or cheaper on that day, this one counted.
    pub of_the_day: usize,
}

/// What else would help when there is no place.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Otherwise {
    /// Half of it on the day it was to be, rather than none.
    Half {
        /// From here.
        place: Place,
        /// For so many quarter hours.
        length: u16,
    },
    /// Another 1:1, which is no less than this one, would have to move, and has where to go.
    OneMoves {
        /// Index of the pair that would move.
        pair: usize,
        /// Where it would go.
        to: Place,
        /// The place that becomes free for the displaced one.
        place: Place,
        /// What both would cost together.
        cost: u64,
    },
}

/// The others that stay: those whose present place is among their options.
fn staying(problem: &Problem, target: usize) -> Vec<Option<Place>> {
    let mut places: Vec<Option<Place>> = vec![None; problem.pairs().len()];
    for (index, pair) in problem.pairs().iter().enumerate() {
        if index != target {
            let Some(current) = pair.current else {
                continue;
            };
            let starts = pair.options.iter().map(|option| option.place);
            let starts = starts.filter(|place| place.start == current.start);
            // Where one week is planned, the weeks that were said of it need not be those of its places.
            places[index] = starts.min_by_key(|place| place.weeks != current.weeks);
        }
    }
    places
}

/// The best places for the pair at `target`, on different days of the report, cheapest first.
pub fn alternatives(problem: &Problem, target: usize) -> Vec<Alternative> {
    let places = staying(problem, target);
    among(problem, target, &around(problem, target, &places))
}

/// Those of the two people's other 1:1s, and of days with a cap, that stay: all that can be in the way.
fn around<'a>(problem: &'a Problem, target: usize, places: &[Option<Place>]) -> Occupied<'a> {
    Occupied::near(problem, places, target)
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
            days_away: pair
                .current
                .map_or(0, |from| (from.day(offset) - day).abs()),
            of_the_day: 1,
        });
    }
    found
}

/// The cheapest of these places that is free for the pair at `target` while the others stay, if it were so long.
pub(crate) fn cheapest(
    problem: &Problem,
    target: usize,
    options: Vec<Choice>,
    length: u16,
) -> Option<Choice> {
    let occupied = around(problem, target, &staying(problem, target));
    let free = options.into_iter().filter(|option| {
        !occupied.is_full(target, option.place)
            && occupied.touching(target, option.place, length).is_empty()
    });
    free.min_by_key(|option| (option.cost, option.place))
}

/// Half of the displaced one; else one other 1:1 moved out of the way, at the least cost together.
fn otherwise(problem: &Problem, target: usize, places: &[Option<Place>]) -> Option<Otherwise> {
    half(problem, target, places).or_else(|| one_moves(problem, target, places))
}

fn one_moves(problem: &Problem, target: usize, places: &[Option<Place>]) -> Option<Otherwise> {
    let occupied = Occupied::new(problem, places);
    let pair = &problem.pairs()[target];
    let mut best: Option<(u64, Otherwise)> = None;
    for option in &pair.options {
        for other in in_the_way(problem, &occupied, target, option.place) {
            let moved = &problem.pairs()[other];
            if moved.stays {
                continue;
            }
            // With the displaced one there and the other one nowhere: where could the other one go?
            let mut after = Occupied::new(problem, places);
            after.put(other, None);
            if !after.is_free(target, option.place) {
                continue;
            }
            after.put(target, Some(option.place));
            let to = moved
                .options
                .iter()
                .filter(|to| Some(to.place) != places[other] && after.is_free(other, to.place));
            let Some(to) = to.min_by_key(|to| (to.cost, to.place)) else {
                continue;
            };
            let cost = u64::from(option.cost) + u64::from(to.cost);
            if best.as_ref().is_none_or(|(least, _)| cost < *least) {
                let way = Otherwise::OneMoves {
                    pair: other,
                    to: to.place,
                    place: option.place,
                    cost,
                };
                best = Some((cost, way));
            }
        }
    }
    best.map(|(_, way)| way)
}

/// The one other 1:1 at a place; or, where nobody is there and the day is full, each one of that day.
fn in_the_way(
    problem: &Problem,
    occupied: &Occupied<'_>,
    target: usize,
    place: Place,
) -> Vec<usize> {
    let there = occupied.at(target, place);
    if !there.is_empty() || !occupied.is_full(target, place) {
        return if there.len() == 1 { there } else { Vec::new() };
    }
    let manager = problem.pairs()[target].manager;
    let offset = problem.people()[manager].utc_offset;
    let cap = problem.people()[manager].per_day.or(problem.cap());
    let offset = cap.map_or(offset, |cap| cap.utc_offset);
    let same_day = |index: &usize| {
        let here = occupied.places()[*index];
        problem.pairs()[*index].manager == manager
            && here.is_some_and(|here| here.day(offset) == place.day(offset))
    };
    let mut same: Vec<usize> = (0..problem.pairs().len()).filter(same_day).collect();
    // Of those that would cost the same the first by name is asked.
    same.sort_by_key(|index| names::key(problem, *index));
    same
}

/// Half of it, rounded up to quarter hours, on the day it was to be.
fn half(problem: &Problem, target: usize, places: &[Option<Place>]) -> Option<Otherwise> {
    let pair = &problem.pairs()[target];
    let length = half_of(pair.length)?;
    let offset = problem.people()[pair.report].utc_offset;
    let today = pair.current?.day(offset);
    let occupied = around(problem, target, places);
    let free = pair.options.iter().filter(|option| {
        option.place.day(offset) == today
            && !occupied.is_full(target, option.place)
            && occupied.touching(target, option.place, length).is_empty()
    });
    let best = free.min_by_key(|option| (option.cost, option.place))?;
    Some(Otherwise::Half {
        place: best.place,
        length,
    })
}

/// Half of so many quarter hours, never less than half: of 45 minutes 30. A quarter hour has none.
pub(crate) fn half_of(length: u16) -> Option<u16> {
    (length > 1).then(|| length.div_ceil(2))
}

/// The whole answer for the pair at `target`.
///
/// # Errors
/// [`Impossible`] if the plan does not pass the checker, which would be a fault of ours.
pub(crate) fn plan(problem: &Problem, target: usize) -> Result<Plan, Impossible> {
    let mut places = staying(problem, target);
    let found = among(problem, target, &around(problem, target, &places));
    let otherwise = if found.is_empty() {
        otherwise(problem, target, &places)
    } else {
        None
    };
    places[target] = found.first().map(|best| best.choice.place);
    let total = check(problem, &places)?;
    let cost = found.first().map_or(0, |best| best.choice.cost);
    let dearer = u64::from(cost.saturating_sub(problem.pairs()[target].drop));
    Ok(Plan {
        state: problem.state(),
        // The others stay, and no place is cheaper for this one; going without may be.
        bound: total.objective - dearer,
        total,
        reasons: crate::plan::reason::all(problem, &places),
        places,
        alternatives: found,
        otherwise,
    })
}
