//! Prices that make the cheapest path take each job once: the lower bound.

use super::guess::{self, Guess};
use super::path::{Stand, Week};
use super::{Budget, FINE};
use crate::line::Job;
use crate::line::board::Move;

/// Rounds with long steps. Bound and guess mostly meet within forty.
const BRISK_ROUNDS: usize = 60;

/// Rounds after that with short steps, each from the best prices, along what the paths have in common (the volume algorithm
/// of Barahona and Anbil, 2000): they get close where days are nearly full, and take longer.
const STEADY_ROUNDS: usize = 250;

/// Rounds without a better bound after which the steps become shorter.
const PATIENCE: usize = 5;

/// The best prices found, and what they prove.
pub(super) struct Prices {
    /// The price of each job, in fine units; never above what leaving it out costs.
    pub(super) each: Vec<i64>,
    /// What it costs at least to go on from each stand.
    pub(super) onward: Vec<i64>,
    /// The lower bound, in fine units.
    pub(super) bound: i64,
}

impl Prices {
    /// The bound as a cost: costs are whole, so it may be rounded up.
    pub(super) fn bound_in_whole(&self) -> u64 {
        u64::try_from(self.bound.div_euclid(FINE) + i64::from(self.bound.rem_euclid(FINE) > 0))
            .unwrap_or(0)
    }

    /// Raises the bound, and betters `guess` by what the paths suggest.
    pub(super) fn raise(
        week: &Week,
        jobs: &[Job],
        before: Option<Vec<i64>>,
        guess: &mut Guess,
        budget: &Budget<'_>,
    ) -> Self {
        let most: Vec<i64> = jobs.iter().map(|job| i64::from(job.drop) * FINE).collect();
        let mut prices = before.unwrap_or_else(|| vec![0; jobs.len()]);
        for (price, most) in prices.iter_mut().zip(&most) {
            *price = (*price).min(*most);
        }
        let mut best = Self {
            each: prices.clone(),
            onward: Vec::new(),
            bound: i64::MIN,
        };
        let (mut table, mut path) = (Vec::new(), Vec::new());
        let mut way = Way::brisk(jobs.len());
        let mut idle: usize = 0;
        for round in 0..BRISK_ROUNDS + STEADY_ROUNDS {
            if round == BRISK_ROUNDS {
                way = Way::steady(jobs.len());
                idle = 0;
            }
            week.onward(&prices, &mut table);
            let bound = prices.iter().sum::<i64>() + table[week.cell(Stand::START)];
            week.path(&prices, &table, &mut path);
            guess::from_path(week, jobs, &path, guess);
            if bound > best.bound {
                best.bound = bound;
                best.each.clone_from(&prices);
                std::mem::swap(&mut best.onward, &mut table);
                idle = 0;
                way.got_on();
            } else {
                idle += 1;
                if idle.is_multiple_of(PATIENCE) {
                    way.got_nowhere();
                }
            }
            if way.is_steady() {
                prices.clone_from(&best.each);
            }
            if !budget.spend(week.steps()) {
                break;
            }
            let at_best = prices == best.each;
            let cost = i64::try_from(guess.cost).unwrap_or(i64::MAX / FINE) * FINE;
            let gap = cost - if at_best { best.bound } else { bound };
            if cost - best.bound < FINE || !way.step(&mut prices, &most, &path, gap) {
                break;
            }
        }
        best
    }
}

/// How the prices move: up for jobs the path leaves out, down for those it takes more than once, as far as bound and
/// guess are apart.
struct Way {
    direction: Vec<f64>,
    /// Share of the full step that is taken.
    share: f64,
    /// How much of its last direction a step keeps: without any, prices swing to and fro between two paths.
    momentum: f64,
}

impl Way {
    fn brisk(jobs: usize) -> Self {
        Self {
            direction: vec![0.0; jobs],
            share: 1.0,
            momentum: 0.5,
        }
    }

    fn steady(jobs: usize) -> Self {
        Self {
            direction: vec![0.0; jobs],
            share: 0.06,
            momentum: 0.9,
        }
    }

    fn is_steady(&self) -> bool {
        self.momentum > 0.5
    }

    /// The bound became better.
    fn got_on(&mut self) {
        if self.is_steady() {
            self.share = (self.share * 1.2).min(1.0);
        }
    }

    /// It has not for a while. Long steps go on from where they are: from the best prices they would take the same wrong way
    /// again, and be halved until they are none.
    fn got_nowhere(&mut self) {
        if self.is_steady() {
            self.share *= 0.66;
        } else {
            self.direction.fill(0.0);
            self.share /= 2.0;
        }
    }

    /// One step; false where none is left to be made.
    #[expect(
        clippy::cast_precision_loss,
        clippy::cast_possible_truncation,
        reason = "a step may be rough: whatever the prices, the bound is exact"
    )]
    fn step(
        &mut self,
        prices: &mut [i64],
        most: &[i64],
        path: &[(usize, &Move)],
        gap: i64,
    ) -> bool {
        for way in &mut self.direction {
            *way = self.momentum * *way + (1.0 - self.momentum);
        }
        for (_, option) in path {
            self.direction[option.job] -= 1.0 - self.momentum;
        }
        let mut length = 0.0;
        for ((way, price), most) in self.direction.iter_mut().zip(prices.iter()).zip(most) {
            // Somebody without a place whose price cannot rise is rightly left out.
            if (*price >= *most && *way > 0.0) || (*price <= 0 && *way < 0.0) {
                *way = 0.0;
            }
            length += *way * *way;
        }
        if length < 1e-9 {
            return false;
        }
        let step = self.share * gap as f64 / length;
        for ((way, price), most) in self.direction.iter().zip(prices.iter_mut()).zip(most) {
            *price = (*price + (step * way) as i64).clamp(0, *most);
        }
        true
    }
}
