//! Reads a plan without knowing how it was made: is it possible, and what does it cost? Every plan is read by this before
//! it is used.
//!
//! Deliberately plain: a table of every person's quarter hours, filled pair by pair.

use crate::problem::{DayCap, Kind, Pair, Problem};
use crate::week::Place;
use std::{collections::BTreeMap, error::Error, fmt};

/// What a possible plan comes to.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Total {
    /// Costs of the chosen options, and of the pairs left out.
    pub objective: u64,
    /// Pairs that had a place and have another.
    pub moved: usize,
    /// Pairs without a place.
    pub dropped: usize,
}

/// Why a plan is not possible.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Impossible {
    /// It is about other pairs than the problem has.
    OtherPairs,
    /// A pair is at a place that is not among its options.
    NotAnOption {
        /// The pair.
        pair: u32,
        /// The place.
        place: Place,
    },
    /// Two pairs take the same quarter hour of one person.
    Overlap {
        /// The one that came first.
        pair: u32,
        /// The other.
        other: u32,
        /// Index of the person.
        person: usize,
    },
    /// A day has more starts than it may.
    DayFull {
        /// The pair that is too many.
        pair: u32,
    },
    /// A pair that is to stay has no place.
    MustStay {
        /// The pair.
        pair: u32,
    },
    /// The bound is above what the plan costs: it proves nothing.
    FalseBound,
}

impl fmt::Display for Impossible {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::OtherPairs => f.write_str("the plan is about other pairs"),
            Self::NotAnOption { pair, place } => {
                write!(
                    f,
                    "pair {pair} may not be at {} ({})",
                    place.start, place.weeks
                )
            }
            Self::Overlap {
                pair,
                other,
                person,
            } => write!(f, "pairs {pair} and {other} want person {person} at once"),
            Self::DayFull { pair } => write!(f, "the day of pair {pair} is full"),
            Self::MustStay { pair } => write!(f, "pair {pair} is to stay and was left out"),
            Self::FalseBound => f.write_str("the bound is above what the plan costs"),
        }
    }
}

impl Error for Impossible {}

/// Reads the place of every pair, in the order of [`Problem::pairs`].
///
/// Where one displaced 1:1 is asked about, only that is looked at: the others stay as they are, be their days full and their
/// places doubly taken or not.
///
/// # Errors
/// The first thing that is not possible.
pub fn check(problem: &Problem, places: &[Option<Place>]) -> Result<Total, Impossible> {
    let pairs = problem.pairs();
    if places.len() != pairs.len() {
        return Err(Impossible::OtherPairs);
    }
    let mut total = Total {
        objective: 0,
        moved: 0,
        dropped: 0,
    };
    for (pair, place) in pairs.iter().zip(places) {
        let Some(place) = *place else {
            if pair.stays {
                return Err(Impossible::MustStay { pair: pair.id });
            }
            total.objective += u64::from(pair.drop);
            total.dropped += 1;
            continue;
        };
        let option = pair.options.iter().find(|option| option.place == place);
        let option = option.ok_or(Impossible::NotAnOption {
            pair: pair.id,
            place,
        })?;
        total.objective += u64::from(option.cost);
        total.moved += usize::from(problem.is_move(pair, place));
    }
    apart(problem, places)?;
    no_day_too_full(problem, places)?;
    Ok(total)
}

/// The pair that was asked about, if one was.
fn asked(problem: &Problem) -> Option<u32> {
    match problem.kind() {
        Kind::MakeGood(target) => Some(problem.pairs()[target].id),
        _ => None,
    }
}

/// Whether nobody is at two places at once.
fn apart(problem: &Problem, places: &[Option<Place>]) -> Result<(), Impossible> {
    let asked = asked(problem);
    // (person, quarter hour, week) → pair.
    let mut taken: BTreeMap<(usize, u16, u8), u32> = BTreeMap::new();
    for (pair, place) in problem.pairs().iter().zip(places) {
        let Some(place) = *place else { continue };
        for person in [pair.manager, pair.report] {
            let until = place.start + pair.length + problem.people()[person].buffer;
            for (quarter, week) in (place.start..until).flat_map(|at| [(at, 1), (at, 2)]) {
                if place.weeks.bits() & week == 0 {
                    continue;
                }
                let cell = (person, quarter, week);
                let other = taken.get(&cell).copied();
                if asked.is_none() || asked == Some(pair.id) || other.is_none() {
                    taken.insert(cell, pair.id);
                }
                let concerns = asked.is_none() || asked == Some(pair.id) || asked == other;
                if let Some(other) = other.filter(|_| concerns) {
                    return Err(Impossible::Overlap {
                        pair: other,
                        other: pair.id,
                        person,
                    });
                }
            }
        }
    }
    Ok(())
}

/// Whether no day has more starts than it may; those that stay count, and are never too many themselves.
fn no_day_too_full(problem: &Problem, places: &[Option<Place>]) -> Result<(), Impossible> {
    let starts = || {
        let pairs = problem.pairs().iter().zip(places);
        pairs.filter_map(|(pair, place)| Some((pair, (*place)?)))
    };
    let caps = |pair: &Pair| {
        let own = problem.people()[pair.manager].per_day;
        [(None, problem.cap()), (Some(pair.manager), own)]
    };
    let mut days: BTreeMap<(Option<usize>, i32), usize> = BTreeMap::new();
    for (pair, place) in starts() {
        for (whose, cap) in caps(pair) {
            if let Some(DayCap { utc_offset, .. }) = cap {
                *days.entry((whose, place.day(utc_offset))).or_default() += 1;
            }
        }
    }
    let asked = asked(problem);
    for (pair, place) in starts() {
        if pair.stays || asked.is_some_and(|asked| asked != pair.id) {
            continue;
        }
        for (whose, cap) in caps(pair) {
            let full = cap.is_some_and(|DayCap { starts, utc_offset }| {
                days.get(&(whose, place.day(utc_offset))) > Some(&usize::from(starts))
            });
            if full {
                return Err(Impossible::DayFull { pair: pair.id });
            }
        }
    }
    Ok(())
}
