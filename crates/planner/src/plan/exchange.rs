//! Where the best is not known: one 1:1 after the other put where it costs less, if nobody or one other has to give way and
//! both together cost less then, until none is left.

use super::Occupied;
use crate::problem::{Choice, Problem};
use crate::watch::Watch;
use crate::week::Place;

/// Places looked at: a second or so.
const MOST_LOOKS: usize = 5_000_000;

/// A plan that is no dearer, in bounded time.
pub(super) fn exchange(
    problem: &Problem,
    places: &[Option<Place>],
    watch: &dyn Watch,
) -> Vec<Option<Place>> {
    let mut exchange = Exchange {
        problem,
        occupied: Occupied::new(problem, places),
        looks: MOST_LOOKS,
    };
    let mut gained = true;
    while gained {
        gained = false;
        for index in 0..places.len() {
            if exchange.looks == 0 || watch.stop() {
                break;
            }
            gained |= exchange.gains(index);
        }
    }
    exchange.occupied.places().to_vec()
}

struct Exchange<'a> {
    problem: &'a Problem,
    occupied: Occupied<'a>,
    looks: usize,
}

impl Exchange<'_> {
    /// What the pair at `index` costs now.
    fn paid(&self, index: usize) -> u32 {
        let pair = &self.problem.pairs()[index];
        let option = self.occupied.places()[index].and_then(|place| pair.option_at(place));
        option.map_or(pair.drop, |option| pair.options[option].cost)
    }

    /// Whether the pair at `index` comes to a cheaper place, and the whole is cheaper then.
    fn gains(&mut self, index: usize) -> bool {
        let (pair, paid) = (&self.problem.pairs()[index], self.paid(index));
        if pair.stays {
            return false;
        }
        let cheaper = pair.options.iter().filter(|choice| choice.cost < paid);
        let mut cheaper: Vec<Choice> = cheaper.copied().collect();
        cheaper.sort_unstable_by_key(|choice| (choice.cost, choice.place));
        cheaper.into_iter().any(|choice| {
            self.looks = self.looks.saturating_sub(1);
            let there = self.occupied.at(index, choice.place);
            match there[..] {
                [] if !self.occupied.is_full(index, choice.place) => {
                    self.occupied.put(index, Some(choice.place));
                    true
                }
                [] => {
                    let mut others = self.occupied.same_day(index, choice.place).into_iter();
                    others.any(|other| self.gives_way(other, index, choice, paid))
                }
                [other] => self.gives_way(other, index, choice, paid),
                _ => false,
            }
        })
    }

    /// Puts the pair at `index`, which costs so much now, there and the `other` elsewhere, if that costs less.
    fn gives_way(&mut self, other: usize, index: usize, choice: Choice, paid: u32) -> bool {
        let moved = &self.problem.pairs()[other];
        let both = u64::from(paid) + u64::from(self.paid(other));
        let costs = |theirs: u32| u64::from(choice.cost) + u64::from(theirs);
        let least = moved.options.iter().map(|choice| choice.cost).min();
        let least = least.unwrap_or(moved.drop).min(moved.drop);
        if moved.stays || self.looks == 0 || costs(least) >= both {
            return false;
        }
        self.looks = self.looks.saturating_sub(moved.options.len());
        let was = [other, index].map(|pair| self.occupied.places()[pair]);
        self.occupied.put(other, None);
        if self.occupied.is_free(index, choice.place) {
            self.occupied.put(index, Some(choice.place));
            self.occupied.put_cheapest(other);
            if costs(self.paid(other)) < both {
                return true;
            }
            self.occupied.put(other, None);
            self.occupied.put(index, was[1]);
        }
        self.occupied.put(other, was[0]);
        false
    }
}
