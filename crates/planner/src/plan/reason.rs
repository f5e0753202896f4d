//! Why a pair is where it is, and why it is not elsewhere.

use super::occupied::Occupied;
use crate::problem::{Choice, Kind, Problem};
use crate::week::Place;

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
    /// No other of its places costs less; so many that are free cost as little.
    Cheapest {
        /// How many.
        as_good: usize,
    },
    /// It stays, as only another one was asked about.
    LeftAlone,
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
    /// The place it had is none of its places.
    Lost,
    /// It stays, whatever the others.
    Stays,
    /// A place that costs so much less is free, and whether the whole would cost less then is not known.
    NotKnown {
        /// By how much this place is dearer.
        dearer: u64,
    },
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
    /// It has no places to choose from.
    NoPlace,
    /// Every place it could have is taken, by these pairs.
    AllTaken {
        /// Ids of the pairs, at most three.
        by: Vec<u32>,
    },
    /// Wherever it could be, that would cost more than leaving it out.
    TooDear,
    /// Displaced as well, or without a place, and not what was asked about.
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
    /// Free, and as good as what was chosen.
    AsGood,
    /// Free and cheaper by itself; there was no time to find out what it would cost others. In a plan that is known to be
    /// the best there is no such place.
    NotKnown,
    /// Free; another one is displaced and asked about.
    NotAsked,
}

/// What reasons are read from: a plan.
pub(crate) struct Read<'a> {
    problem: &'a Problem,
    places: &'a [Option<Place>],
    occupied: Occupied<'a>,
}

impl<'a> Read<'a> {
    pub(crate) fn new(problem: &'a Problem, places: &'a [Option<Place>]) -> Self {
        Self {
            problem,
            places,
            occupied: Occupied::new(problem, places),
        }
    }

    /// Whether another one is displaced and asked about, so that this one stays as it is.
    fn is_not_asked(&self, index: usize) -> bool {
        matches!(self.problem.kind(), Kind::MakeGood(target) if target != index)
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
                let by = self.occupied.at(index, choice.place);
                let verdict = if Some(choice.place) == chosen {
                    Verdict::Chosen
                } else if !by.is_empty() {
                    Verdict::Taken(self.ids(&by))
                } else if self.occupied.is_full(index, choice.place) {
                    Verdict::DayFull
                } else if self.is_not_asked(index) {
                    Verdict::NotAsked
                } else if choice.cost > paid {
                    Verdict::Dearer
                } else if choice.cost == paid {
                    Verdict::AsGood
                } else {
                    Verdict::NotKnown
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
                because: match self.is_not_asked(index) {
                    true => Because::NotAsked,
                    false => self.why_dropped(index),
                },
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
        let because = if pair.stays {
            Because::Stays
        } else if self.is_not_asked(index) {
            Because::LeftAlone
        } else if outcome == Outcome::Moved {
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
            None => Because::Cheapest {
                as_good: self.as_good(index, cost),
            },
            Some(cheapest) => {
                let by = self.ids(&self.occupied.at(index, cheapest.place));
                let dearer = u64::from(cost - cheapest.cost);
                let full = self.occupied.is_full(index, cheapest.place);
                match (by.is_empty(), full) {
                    (false, _) => Because::Beaten { by, dearer },
                    (_, true) => Because::FullDay { dearer },
                    _ => Because::NotKnown { dearer },
                }
            }
        }
    }

    /// How many other places of the pair are free and cost as little.
    fn as_good(&self, index: usize, cost: u32) -> usize {
        let pair = &self.problem.pairs()[index];
        let others = pair.options.iter().filter(|option| {
            option.cost == cost
                && Some(option.place) != self.places[index]
                && self.occupied.is_free(index, option.place)
        });
        others.count()
    }

    fn why_moved(&self, index: usize, cost: u32) -> Because {
        let pair = &self.problem.pairs()[index];
        let now = pair
            .options
            .iter()
            .find(|option| !self.problem.is_move(pair, option.place));
        let was = now.map(|now| now.place).or(pair.current);
        let mut there = was.map_or_else(Vec::new, |was| self.occupied.at(index, was));
        if now.is_none() {
            // What is none of its places went to another 1:1 only if that stays.
            there.retain(|other| self.problem.pairs()[*other].stays);
        }
        if !there.is_empty() {
            return Because::GaveWay {
                to: self.ids(&there),
            };
        }
        let Some(now) = now else {
            return Because::Lost;
        };
        match now.cost.checked_sub(cost) {
            Some(by) if !self.occupied.is_full(index, now.place) => {
                Because::Better { by: u64::from(by) }
            }
            _ => self.why_here(index, cost),
        }
    }

    fn why_dropped(&self, index: usize) -> Because {
        let pair = &self.problem.pairs()[index];
        if pair.options.is_empty() {
            return Because::NoPlace;
        }
        if pair.options.iter().all(|option| option.cost >= pair.drop) {
            return Because::TooDear;
        }
        let mut by = Vec::new();
        for option in pair.options.iter().filter(|option| option.cost < pair.drop) {
            let there = self.occupied.at(index, option.place);
            if there.is_empty() && !self.occupied.is_full(index, option.place) {
                return Because::NotReached;
            }
            by.extend(self.ids(&there));
        }
        by.sort_unstable();
        by.dedup();
        by.truncate(3);
        Because::AllTaken { by }
    }
}

/// The reason of every pair, in order.
pub(crate) fn all(problem: &Problem, places: &[Option<Place>]) -> Vec<Reason> {
    let read = Read::new(problem, places);
    (0..places.len()).map(|index| read.reason(index)).collect()
}

impl super::Plan {
    /// Every place the pair with that index could have had, cheapest first, and what was made of it.
    pub fn considered(&self, problem: &Problem, index: usize) -> Vec<Considered> {
        Read::new(problem, &self.places).considered(index)
    }
}
