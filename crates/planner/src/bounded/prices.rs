//! Prices that make the cheapest path take each job once: the lower bound.

use super::FINE;
use super::guess::{self, Guess};
use super::path::{Stand, Week};
use crate::line::Job;
use crate::line::board::Move;

/// Rounds of raising and lowering. Bound and guess mostly meet within forty; what does not after this many, the search
/// does better.
const ROUNDS: usize = 150;

/// Rounds without a better bound after which it goes back to the best prices, with steps of half the length.
const PATIENCE: usize = 5;

/// How much of its last direction a step keeps: without it, prices swing to and fro between two paths.
const MOMENTUM: f64 = 0.5;

/// The best prices found, and what they prove.
pub(super) struct Prices {
    /// The price of each job, in fine units; never above what leaving it out costs.
    pub(super) each: Vec<i64>,
    /// What it costs at least to go on from each stand.
    pub(super) onward: Vec<i64>,
    /// The lower bound, in fine units.
    pub(super) bound: i64,
}

/// Steps are not halved below this share of the full one but lengthened again: the guess has become better meanwhile.
const SHORTEST: f64 = 1.0 / 32.0;

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
        let mut way = Way::new(jobs.len());
        let mut idle: usize = 0;
        for _ in 0..ROUNDS {
            week.onward(&prices, &mut table);
            let bound = prices.iter().sum::<i64>() + table[week.cell(Stand::START)];
            week.path(&prices, &table, &mut path);
            guess::from_path(week, jobs, &path, guess);
            if bound > best.bound {
                best.bound = bound;
                best.each.clone_from(&prices);
                std::mem::swap(&mut best.onward, &mut table);
                idle = 0;
            } else {
                idle += 1;
                if idle.is_multiple_of(PATIENCE) {
                    way.go_back();
                    prices.clone_from(&best.each);
                    week.path(&prices, &best.onward, &mut path);
                }
            }
            let cost = i64::try_from(guess.cost).unwrap_or(i64::MAX / FINE) * FINE;
            let gap = cost
                - if prices == best.each {
                    best.bound
                } else {
                    bound
                };
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
    damp: f64,
}

impl Way {
    fn new(jobs: usize) -> Self {
        Self {
            direction: vec![0.0; jobs],
            damp: 1.0,
        }
    }

    /// After steps that led nowhere: shorter ones, from where it was best.
    fn go_back(&mut self) {
        self.direction.fill(0.0);
        self.damp /= 2.0;
        if self.damp < SHORTEST {
            self.damp = 0.5;
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
            *way = MOMENTUM * *way + (1.0 - MOMENTUM);
        }
        for (_, option) in path {
            self.direction[option.job] -= 1.0 - MOMENTUM;
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
        let step = self.damp * gap as f64 / length;
        for ((way, price), most) in self.direction.iter().zip(prices.iter_mut()).zip(most) {
            *price = (*price + (step * way) as i64).clamp(0, *most);
        }
        true
    }
}
