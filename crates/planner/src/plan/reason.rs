//! Why a pair is where it is, and why it is not elsewhere.

use crate::problem::{Choice, DayCap, Pair, Problem};
use crate::week::Place;
use std::collections::BTreeMap;

/// What a plan does with a pair.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Outcome {
    /// It stays where it is.
    Kept,
    /// It had a place and has another.
    Moved,
    /// It had none and has one.
    New,
    /// It has none.
    Dropped,
}

/// What became of a pair, and why.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Reason {
    /// What became of it.
    pub outcome: Outcome,
    /// Why.
    pub because: Because,
}

/// Why.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Because {
    /// No other of its places costs less.
    Cheapest,
    /// Its cheaper places are taken: the cheapest of them by these pairs, and it would have cost so much less.
    Beaten {
        /// Ids of the pairs.
        by: Vec<u32>,
        /// By how much this place is dearer.
        dearer: u64,
    },
    /// A place that costs so much less is on a day that has as many 1:1s as it may.
    FullDay {
        /// By how much this place is dearer.
        dearer: u64,
    },
    /// The place it had is no longer free for both.
    Lost,
    /// The place it had goes to these pairs.
    GaveWay {
        /// Ids of the pairs.
        to: Vec<u32>,
    },
    /// It costs so much less here than where it was.
    Better {
        /// How much less.
        by: u64,
    },
    /// There is no time at which both can.
    NoPlace,
    /// Every place it could have is taken, by these pairs.
    AllTaken {
        /// Ids of the pairs, at most three.
        by: Vec<u32>,
    },
    /// Wherever it could be, that would cost more than leaving it out.
    NotWorth,
    /// There would be room, and people below would pay more for it than going without costs.
    CostsOthers,
    /// Displaced as well, and not what was asked about.
    NotAsked,
    /// There was no time to look for more.
    NotReached,
}

/// One place a pair could have had.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Considered {
    /// The place and its cost.
    pub choice: Choice,
    /// What was made of it.
    pub verdict: Verdict,
}

/// What was made of a place.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Verdict {
    /// It was chosen.
    Chosen,
    /// These pairs are there.
    Taken(Vec<u32>),
    /// The day has as many 1:1s as it may.
    DayFull,
    /// Free, and dearer than what was chosen.
    Dearer,
    /// Free, and as good as what was chosen, which comes first in the week.
    AsGood,
    /// Free and cheaper by itself; below it, or for others, it would cost more.
    DearerForOthers,
}

/// The places of a plan, by person and by day.
pub(crate) struct Occupied<'a> {
    problem: &'a Problem,
    places: &'a [Option<Place>],
    /// Whether it is known that no plan is cheaper.
    best: bool,
    by_person: Vec<Vec<usize>>,
    days: BTreeMap<(Option<usize>, i32), u16>,
}

impl<'a> Occupied<'a> {
    pub(crate) fn new(problem: &'a Problem, places: &'a [Option<Place>]) -> Self {
        let mut by_person = vec![Vec::new(); problem.people().len()];
        let mut days = BTreeMap::new();
        for (index, (pair, place)) in problem.pairs().iter().zip(places).enumerate() {
            let Some(place) = place else { continue };
            by_person[pair.manager].push(index);
            by_person[pair.report].push(index);
            for (whose, cap) in caps(problem, pair) {
                *days.entry((whose, place.day(cap.utc_offset))).or_default() += 1;
            }
        }
        Self {
            problem,
            places,
            best: true,
            by_person,
            days,
        }
    }

    /// Other pairs that touch `place` of `pair`, by index.
    pub(crate) fn at(&self, index: usize, place: Place) -> Vec<usize> {
        let pair = &self.problem.pairs()[index];
        let mut found = Vec::new();
        for person in [pair.manager, pair.report] {
            let span = self.problem.span(pair, person);
            for other in &self.by_person[person] {
                let there = &self.problem.pairs()[*other];
                let touches = self.places[*other]
                    .is_some_and(|at| place.overlaps(span, at, self.problem.span(there, person)));
                if *other != index && touches && !found.contains(other) {
                    found.push(*other);
                }
            }
        }
        found
    }

    /// Whether the day of `place` has no room for `pair`, wherever that is now.
    pub(crate) fn is_full(&self, index: usize, place: Place) -> bool {
        let pair = &self.problem.pairs()[index];
        caps(self.problem, pair).any(|(whose, cap)| {
            let day = place.day(cap.utc_offset);
            let own = self.places[index].is_some_and(|own| own.day(cap.utc_offset) == day);
            let count = self.days.get(&(whose, day)).copied().unwrap_or(0);
            count - u16::from(own) >= cap.starts
        })
    }

    fn ids(&self, indices: &[usize]) -> Vec<u32> {
        indices
            .iter()
            .map(|index| self.problem.pairs()[*index].id)
            .collect()
    }

    /// Every place `pair` could have had, cheapest first.
    pub(crate) fn considered(&self, index: usize) -> Vec<Considered> {
        let pair = &self.problem.pairs()[index];
        let chosen = self.places[index];
        let paid = chosen
            .and_then(|place| pair.option_at(place))
            .map_or(pair.drop, |option| pair.options[option].cost);
        let mut considered: Vec<Considered> = pair
            .options
            .iter()
            .map(|choice| {
                let by = self.at(index, choice.place);
                let verdict = if Some(choice.place) == chosen {
                    Verdict::Chosen
                } else if !by.is_empty() {
                    Verdict::Taken(self.ids(&by))
                } else if self.is_full(index, choice.place) {
                    Verdict::DayFull
                } else if choice.cost > paid {
                    Verdict::Dearer
                } else if choice.cost == paid {
                    Verdict::AsGood
                } else {
                    Verdict::DearerForOthers
                };
                Considered {
                    choice: *choice,
                    verdict,
                }
            })
            .collect();
        considered.sort_by_key(|one| (one.choice.cost, one.choice.place));
        considered
    }

    fn reason(&self, index: usize) -> Reason {
        let pair = &self.problem.pairs()[index];
        let Some(place) = self.places[index] else {
            return Reason {
                outcome: Outcome::Dropped,
                because: self.why_dropped(index),
            };
        };
        let outcome = match pair.current {
            None => Outcome::New,
            Some(_) if self.problem.is_move(pair, place) => Outcome::Moved,
            Some(_) => Outcome::Kept,
        };
        let cost = pair
            .option_at(place)
            .map_or(0, |option| pair.options[option].cost);
        let because = if outcome == Outcome::Moved {
            self.why_moved(index, cost)
        } else {
            self.why_here(index, cost)
        };
        Reason { outcome, because }
    }

    fn why_here(&self, index: usize, cost: u32) -> Because {
        let pair = &self.problem.pairs()[index];
        let cheapest = pair
            .options
            .iter()
            .min_by_key(|option| (option.cost, option.place));
        match cheapest.filter(|option| option.cost < cost) {
            None => Because::Cheapest,
            Some(cheapest) => {
                let by = self.ids(&self.at(index, cheapest.place));
                let dearer = u64::from(cost - cheapest.cost);
                if by.is_empty() && self.is_full(index, cheapest.place) {
                    Because::FullDay { dearer }
                } else {
                    Because::Beaten { by, dearer }
                }
            }
        }
    }

    fn why_moved(&self, index: usize, cost: u32) -> Because {
        let pair = &self.problem.pairs()[index];
        let now = pair
            .options
            .iter()
            .find(|option| !self.problem.is_move(pair, option.place));
        let Some(now) = now else {
            return Because::Lost;
        };
        let there = self.at(index, now.place);
        if !there.is_empty() {
            return Because::GaveWay {
                to: self.ids(&there),
            };
        }
        match now.cost.checked_sub(cost) {
            Some(by) if !self.is_full(index, now.place) => Because::Better { by: u64::from(by) },
            _ => self.why_here(index, cost),
        }
    }

    fn why_dropped(&self, index: usize) -> Because {
        let pair = &self.problem.pairs()[index];
        if pair.options.is_empty() {
            return Because::NoPlace;
        }
        if pair.options.iter().all(|option| option.cost >= pair.drop) {
            return Because::NotWorth;
        }
        let mut by = Vec::new();
        for option in pair.options.iter().filter(|option| option.cost < pair.drop) {
            let there = self.at(index, option.place);
            if there.is_empty() && !self.is_full(index, option.place) {
                return if self.best {
                    Because::CostsOthers
                } else {
                    Because::NotReached
                };
            }
            by.extend(self.ids(&there));
        }
        by.sort_unstable();
        by.dedup();
        by.truncate(3);
        Because::AllTaken { by }
    }
}

/// The caps that a start of `pair` counts against, and whose they are; None for that of all pairs.
fn caps<'a>(
    problem: &'a Problem,
    pair: &Pair,
) -> impl Iterator<Item = (Option<usize>, DayCap)> + use<'a> {
    let manager = pair.manager;
    let all = problem.cap().map(|cap| (None, cap));
    let own = problem.people()[manager]
        .per_day
        .map(|cap| (Some(manager), cap));
    all.into_iter().chain(own)
}

/// The reason of every pair, in order; `best` says whether no plan is cheaper.
pub(crate) fn all(problem: &Problem, places: &[Option<Place>], best: bool) -> Vec<Reason> {
    let occupied = Occupied {
        best,
        ..Occupied::new(problem, places)
    };
    (0..places.len())
        .map(|index| occupied.reason(index))
        .collect()
}

impl super::Plan {
    /// Every place the pair with that index could have had, cheapest first, and what was made of it.
    pub fn considered(&self, problem: &Problem, index: usize) -> Vec<Considered> {
        Occupied::new(problem, &self.places).considered(index)
    }
}
