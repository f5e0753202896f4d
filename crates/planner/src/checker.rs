//! Reads a plan without knowing how it was made: is it possible, and what does it cost? Every plan is read by this before
//! it is used.
//!
//! Deliberately plain: a table of every person's quarter hours, filled pair by pair.

use crate::problem::{DayCap, Kind, Problem};
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
        }
    }
}

impl Error for Impossible {}

/// Reads the place of every pair, in the order of [`Problem::pairs`].
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
    // (person, quarter hour, week) → pair.
    let mut taken: BTreeMap<(usize, u16, u8), u32> = BTreeMap::new();
    // Where one displaced 1:1 is asked about, the others stay where they are, be their days full or not.
    let asked = match problem.kind() {
        Kind::MakeGood(target) => Some(pairs[target].id),
        _ => None,
    };
    let mut days: BTreeMap<(Option<usize>, i32), u16> = BTreeMap::new();
    for (pair, place) in pairs.iter().zip(places) {
        let Some(place) = *place else {
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
        for person in [pair.manager, pair.report] {
            let until = place.start + pair.length + problem.people()[person].buffer;
            for (quarter, week) in (place.start..until).flat_map(|at| [(at, 1), (at, 2)]) {
                if place.weeks.bits() & week == 0 {
                    continue;
                }
                if let Some(other) = taken.insert((person, quarter, week), pair.id) {
                    return Err(Impossible::Overlap {
                        pair: other,
                        other: pair.id,
                        person,
                    });
                }
            }
        }
        let caps = [
            (None, problem.cap()),
            (Some(pair.manager), problem.people()[pair.manager].per_day),
        ];
        for (whose, cap) in caps {
            let Some(DayCap { starts, utc_offset }) = cap else {
                continue;
            };
            let count = days.entry((whose, place.day(utc_offset))).or_default();
            *count += 1;
            if *count > starts && asked.is_none() {
                return Err(Impossible::DayFull { pair: pair.id });
            }
        }
    }
    match asked {
        Some(id) if on_a_full_day(problem, id, places) => Err(Impossible::DayFull { pair: id }),
        _ => Ok(total),
    }
}

/// Whether the one pair that was asked about makes its day too full.
fn on_a_full_day(problem: &Problem, id: u32, places: &[Option<Place>]) -> bool {
    let all = || problem.pairs().iter().zip(places);
    let asked = all().find(|(pair, _)| pair.id == id);
    let Some((pair, Some(place))) = asked else {
        return false;
    };
    let own = problem.people()[pair.manager].per_day;
    let caps = [(None, problem.cap()), (Some(pair.manager), own)];
    caps.into_iter().any(|(whose, cap)| {
        cap.is_some_and(|cap| {
            let same = |other: &Place| other.day(cap.utc_offset) == place.day(cap.utc_offset);
            let counted = all().filter(|(other, at)| {
                whose.is_none_or(|manager| other.manager == manager)
                    && at.as_ref().is_some_and(same)
            });
            counted.count() > usize::from(cap.starts)
        })
    })
}
