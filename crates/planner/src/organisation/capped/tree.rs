//! The tree at given prices of days, and on given terms.

use super::ascent::Ascent;
use super::days::{ByDay, Days};
use super::master::Plane;
use crate::line::DAYS;
use crate::organisation::{Forest, Settlement, settle_freely};
use crate::problem::{Choice, Problem};
use crate::watch::Watch;
use std::cell::Cell;
use std::collections::BTreeMap;

/// What is asked about, and the work that is left.
pub(super) struct Tree<'a> {
    pub(super) problem: &'a Problem,
    pub(super) forest: &'a Forest,
    pub(super) days: Days,
    /// The pairs of the tree.
    pub(super) pairs: Vec<usize>,
    pub(super) watch: &'a dyn Watch,
    pub(super) work: &'a Cell<usize>,
}

/// A plan of the tree; its days may be too full.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Plan {
    /// For each pair the index of its option.
    pub(super) options: Vec<Option<usize>>,
    pub(super) cost: u64,
    /// Starts of each day that the cap counts.
    pub(super) starts: ByDay<u32>,
}

/// What a pair may still do.
#[derive(Clone, Copy, Debug)]
pub(super) struct Term {
    /// A bit for each day on which it may be.
    pub(super) days: u16,
    /// Whether it may not go without.
    pub(super) must: bool,
}

/// The terms of pairs that have any.
pub(super) type Terms = BTreeMap<usize, Term>;

impl Tree<'_> {
    /// The day of an option of a pair, if that counts as a start.
    pub(super) fn day(&self, index: usize, option: Option<usize>) -> Option<usize> {
        let pair = &self.problem.pairs()[index];
        let place = pair.options[option?].place;
        (!pair.stays).then(|| self.days.index(place))
    }

    /// What a pair costs at an option, or left out.
    pub(super) fn cost(&self, index: usize, option: Option<usize>) -> u64 {
        let pair = &self.problem.pairs()[index];
        u64::from(option.map_or(pair.drop, |option| pair.options[option].cost))
    }

    /// The plan with these options.
    pub(super) fn plan(&self, options: Vec<Option<usize>>) -> Plan {
        let mut starts = [0; DAYS];
        let mut cost = 0;
        for index in &self.pairs {
            cost += self.cost(*index, options[*index]);
            if let Some(day) = self.day(*index, options[*index]) {
                starts[day] += 1;
            }
        }
        Plan {
            options,
            cost,
            starts,
        }
    }

    /// The dearest that a place or going without is.
    pub(super) fn dearest(&self) -> u32 {
        let pairs = self.pairs.iter().map(|index| &self.problem.pairs()[*index]);
        pairs.map(|pair| pair.drop).max().unwrap_or(0)
    }

    /// The best plan at these prices, each of so many parts of a unit, on these terms: going without where one may not costs
    /// `fine` more. And what it comes to at least, the room of the days paid back. None where no work is left.
    pub(super) fn at(
        &self,
        (prices, parts): (&ByDay<u32>, u32),
        terms: &Terms,
        fine: u32,
    ) -> Option<(Plan, i64)> {
        let left = self.work.get().saturating_sub(self.pairs.len().max(1));
        self.work.set(left);
        if left == 0 || self.watch.stop() {
            return None;
        }
        let priced = self.priced((prices, parts), terms, fine);
        let Settlement { options, bound } = settle_freely(&priced, self.forest, self.watch);
        let back = options.iter().enumerate().map(|(index, option)| {
            let place = priced.pairs()[index].options[(*option)?].place;
            self.problem.pairs()[index].option_at(place)
        });
        let plan = self.plan(back.collect());
        let rooms = prices.iter().zip(&self.days.rooms);
        let paid: i64 = rooms
            .map(|(price, room)| i64::from(*price) * i64::from(*room))
            .sum();
        let bound = i64::try_from(bound).unwrap_or(i64::MAX);
        Some((plan, bound.saturating_sub(paid)))
    }

    fn priced(&self, (prices, parts): (&ByDay<u32>, u32), terms: &Terms, fine: u32) -> Problem {
        let pairs = self.problem.pairs().iter().enumerate();
        let tolled = pairs.map(|(index, pair)| {
            let term = terms.get(&index);
            let choices = pair.options.iter().filter_map(|choice| {
                let day = self.days.index(choice.place);
                if term.is_some_and(|term| term.days & 1 << day == 0) {
                    return None;
                }
                let toll = if pair.stays { 0 } else { prices[day] };
                let cost = choice.cost.saturating_mul(parts).saturating_add(toll);
                Some(Choice { cost, ..*choice })
            });
            let drop = match term {
                Some(term) if term.must => pair.drop.saturating_add(fine),
                _ => pair.drop,
            };
            (choices.collect(), drop.saturating_mul(parts))
        });
        self.problem.clone().with_costs(tolled.collect())
    }

    /// What a plan comes to at any prices on these terms; None where it does not keep them.
    pub(super) fn plane(&self, plan: &Plan, terms: &Terms, fine: u32) -> Option<Plane> {
        let mut cost = plan.cost;
        for (index, term) in terms {
            match self.day(*index, plan.options[*index]) {
                Some(day) if term.days & 1 << day == 0 => return None,
                None if term.must => cost += u64::from(fine),
                _ => {}
            }
        }
        #[expect(
            clippy::cast_precision_loss,
            reason = "prices may be rough: whatever they are, the bound is exact"
        )]
        let cost = cost as f64;
        Some(Plane {
            cost,
            over: self.days.over(&plan.starts),
        })
    }

    /// Prices to begin with: those at which the days would just be full if nobody were in anybody's way.
    pub(super) fn without_collisions(&self, most: u32) -> ByDay<f64> {
        // What a pair costs at least on each day, and nowhere.
        let least = self.pairs.iter().map(|index| {
            let pair = &self.problem.pairs()[*index];
            let mut least = [u32::MAX; DAYS + 1];
            for choice in &pair.options {
                let day = if pair.stays {
                    DAYS
                } else {
                    self.days.index(choice.place)
                };
                least[day] = least[day].min(choice.cost);
            }
            least[DAYS] = least[DAYS].min(pair.drop);
            least
        });
        let least: Vec<[u32; DAYS + 1]> = least.collect();
        let mut ascent = Ascent::new(Vec::new(), ([0.0; DAYS], f64::from(most)), most);
        for _ in 0..MOST_LOOKS {
            let (prices, parts) = ascent.next();
            let (mut bound, mut cost, mut starts) = (0_i64, 0_u64, [0; DAYS]);
            for least in &least {
                let paid = |day: usize| {
                    let toll = prices.get(day).copied().unwrap_or(0);
                    u64::from(least[day]) * u64::from(parts) + u64::from(toll)
                };
                let day = (0..=DAYS).min_by_key(|day| paid(*day)).unwrap_or(DAYS);
                bound += i64::try_from(paid(day)).unwrap_or(i64::MAX);
                cost += u64::from(least[day]);
                if let Some(starts) = starts.get_mut(day) {
                    *starts += 1;
                }
            }
            let rooms = prices.iter().zip(&self.days.rooms);
            bound -= rooms
                .map(|(price, room)| i64::from(*price) * i64::from(*room))
                .sum::<i64>();
            #[expect(
                clippy::cast_precision_loss,
                reason = "prices may be rough: whatever they are, the bound is exact"
            )]
            let (value, cost) = (bound as f64 / f64::from(parts), cost as f64);
            let over = self.days.over(&starts);
            if !ascent.hear(value, Plane { cost, over }) {
                break;
            }
        }
        ascent.best()
    }
}

/// Looks at the days without collisions: each takes a thousandth of what planning the tree does.
const MOST_LOOKS: usize = 60;
