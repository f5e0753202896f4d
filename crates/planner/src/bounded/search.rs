//! Every way that the bound does not rule out, moment by moment.

use super::guess::Guess;
use super::path::{FAR, Stand, Week};
use super::prices::Prices;
use super::{Budget, FINE, Found};
use crate::line::Job;
use crate::line::board::Move;
use std::cmp::Ordering;

/// States of one moment that the quick look keeps.
const NARROW: usize = 300;

/// Steps of the budget that a way takes: it is sorted and gone on from.
const STEPS: u64 = 200;

/// What a search is after.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Aim {
    /// What the cheapest way costs.
    Cost,
    /// The first of the cheapest ways.
    First,
}

/// The cheapest way of all, or what was found of it within so many ways and the budget.
pub(super) fn search(
    week: &Week,
    jobs: &[Job],
    prices: &Prices,
    (mut guess, mut bound): (Guess, u64),
    (aim, most_ways): (Aim, usize),
    budget: &Budget<'_>,
) -> Found {
    let mut noted = 0;
    // A quick look first: the nearer the guess, the less there is to look at.
    if guess.cost > bound {
        let most = (guess.cost - 1, NARROW, most_ways);
        let quick = Search::new(week, jobs, prices, most, budget);
        if let Outcome::Found(found) = quick.run(&mut noted) {
            guess = Guess {
                settled: found.settled,
                cost: found.cost,
            };
        }
    }
    noted = 0;
    let mut margin = 0;
    while guess.cost > bound || aim == Aim::First {
        let top = match aim {
            Aim::Cost => guess.cost.saturating_sub(1),
            Aim::First => guess.cost,
        };
        let most = (bound + margin).min(top);
        let search = Search::new(week, jobs, prices, (most, usize::MAX, most_ways), budget);
        match search.run(&mut noted) {
            Outcome::Found(found) => return found,
            Outcome::TooMuch => break,
            Outcome::Nothing if most >= top => {
                bound = guess.cost;
                break;
            }
            Outcome::Nothing => (bound, margin) = (most + 1, 2 * margin + 1),
        }
    }
    Found {
        settled: guess.settled,
        cost: guess.cost,
        bound,
    }
}

enum Outcome {
    Found(Found),
    Nothing,
    TooMuch,
}

/// A way so far.
#[derive(Clone, Copy)]
struct Way {
    stand: Stand,
    set: u64,
    cost: u64,
    /// The last start on it.
    last: Option<u32>,
}

/// A start on a way, and the one before.
struct Start<'a> {
    at: usize,
    /// Its place among what may start then.
    order: usize,
    option: &'a Move,
    before: Option<u32>,
}

struct Search<'a> {
    week: &'a Week,
    jobs: &'a [Job],
    prices: &'a Prices,
    most: i64,
    /// States kept of one moment: those whose bound is lowest.
    width: usize,
    starts: Vec<Start<'a>>,
    /// Ways that stand at each moment; emptied as the search passes.
    ways: Vec<Vec<Way>>,
    noted: usize,
    most_ways: usize,
    budget: &'a Budget<'a>,
}

impl<'a> Search<'a> {
    fn new(
        week: &'a Week,
        jobs: &'a [Job],
        prices: &'a Prices,
        (most, width, most_ways): (u64, usize, usize),
        budget: &'a Budget<'a>,
    ) -> Self {
        Self {
            week,
            jobs,
            prices,
            most: i64::try_from(most).unwrap_or(FAR / FINE).min(FAR / FINE) * FINE,
            width,
            starts: Vec::new(),
            ways: vec![Vec::new(); week.len() + 1],
            noted: 0,
            most_ways,
            budget,
        }
    }

    /// Looks; adds up in `noted` the ways that were noted.
    fn run(mut self, noted: &mut usize) -> Outcome {
        self.noted = *noted;
        let start = Way {
            stand: Stand::START,
            set: 0,
            cost: 0,
            last: None,
        };
        let open = self.prices.each.iter().sum();
        self.note(start, open);
        for at in 0..self.week.len() {
            // A start of every second week may leave a way at this moment; it is looked at in its turn.
            while !self.ways[at].is_empty() {
                let ways = std::mem::take(&mut self.ways[at]);
                let ways = self.distinct(ways);
                for way in ways {
                    self.go_on(way);
                    if self.noted > self.most_ways {
                        return Outcome::TooMuch;
                    }
                }
                if !self.budget.spend((self.noted - *noted) as u64 * STEPS) {
                    return Outcome::TooMuch;
                }
                *noted = self.noted;
            }
        }
        self.best()
    }

    fn go_on(&mut self, way: Way) {
        let week = self.week;
        let open = self.open(way.set);
        for (order, option) in week.moves(way.stand.at).iter().enumerate() {
            let bit = 1 << option.job;
            if way.set & bit != 0 {
                continue;
            }
            let Some(stand) = week.take(way.stand, option) else {
                continue;
            };
            let next = Way {
                stand,
                set: way.set | bit,
                cost: way.cost + u64::from(option.cost),
                last: u32::try_from(self.starts.len()).ok(),
            };
            if self.note(next, open - self.prices.each[option.job]) {
                self.starts.push(Start {
                    at: way.stand.at,
                    order,
                    option,
                    before: way.last,
                });
            }
        }
        let stand = week.wait(way.stand);
        self.note(Way { stand, ..way }, open);
    }

    /// Prices of those that have no place.
    fn open(&self, set: u64) -> i64 {
        let prices = self.prices.each.iter().enumerate();
        prices
            .filter(|(job, _)| set & (1 << job) == 0)
            .map(|(_, price)| price)
            .sum()
    }

    /// Keeps a way if it may still end at no more than the most.
    fn note(&mut self, way: Way, open: i64) -> bool {
        let keep = self.bound(&way, open) <= self.most;
        if keep {
            self.noted += 1;
            self.ways[way.stand.at].push(way);
        }
        keep
    }

    /// What a way comes to at least.
    fn bound(&self, way: &Way, open: i64) -> i64 {
        let onward = self.prices.onward[self.week.cell(way.stand)];
        let cost = i64::try_from(way.cost).unwrap_or(FAR).saturating_mul(FINE);
        if onward >= FAR {
            return i64::MAX;
        }
        cost.saturating_add(open + onward)
    }

    /// Of the ways to one stand with one set, the cheapest; of those, the first.
    fn distinct(&self, mut ways: Vec<Way>) -> Vec<Way> {
        ways.sort_by(|one, other| {
            let state = |way: &Way| (way.stand, way.set, way.cost);
            state(one)
                .cmp(&state(other))
                .then_with(|| self.earlier(one.last, other.last))
        });
        ways.dedup_by_key(|way| (way.stand, way.set));
        if ways.len() > self.width {
            ways.sort_by_key(|way| self.bound(way, self.open(way.set)));
            ways.truncate(self.width);
        }
        ways
    }

    /// Reads two ways from the start of the week: at the first difference, the earlier start is first, then the one that
    /// is listed first; and a start before none.
    fn earlier(&self, one: Option<u32>, other: Option<u32>) -> Ordering {
        if one == other {
            return Ordering::Equal;
        }
        let (one, other) = (self.read(one), self.read(other));
        let shared = one.len().min(other.len());
        one[..shared]
            .cmp(&other[..shared])
            .then(other.len().cmp(&one.len()))
    }

    fn read(&self, mut last: Option<u32>) -> Vec<(usize, usize)> {
        let mut starts = Vec::new();
        while let Some(start) = last.and_then(|last| self.starts.get(last as usize)) {
            starts.push((start.at, start.order));
            last = start.before;
        }
        starts.reverse();
        starts
    }

    /// The cheapest way to the end, those without a place paid for.
    fn best(mut self) -> Outcome {
        let mut ends = std::mem::take(&mut self.ways[self.week.len()]);
        for way in &mut ends {
            let drops = self.jobs.iter().enumerate();
            way.cost += drops
                .filter(|(job, _)| way.set & (1 << job) == 0)
                .map(|(_, job)| u64::from(job.drop))
                .sum::<u64>();
        }
        let most = u64::try_from(self.most / FINE).unwrap_or(0);
        let best = ends
            .iter()
            .filter(|way| way.cost <= most)
            .min_by(|one, other| {
                one.cost
                    .cmp(&other.cost)
                    .then_with(|| self.earlier(one.last, other.last))
            });
        let Some(best) = best else {
            return Outcome::Nothing;
        };
        let mut settled = vec![None; self.jobs.len()];
        let mut last = best.last;
        while let Some(start) = last.and_then(|last| self.starts.get(last as usize)) {
            settled[start.option.job] = Some(start.option.index);
            last = start.before;
        }
        Outcome::Found(Found {
            settled,
            cost: best.cost,
            bound: best.cost,
        })
    }
}
