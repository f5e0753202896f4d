//! Every way that the bound does not rule out, moment by moment.

use super::guess::Guess;
use super::path::{FAR, Stand, Week};
use super::prices::Prices;
use super::{FINE, Found};
use crate::line::Job;
use crate::line::board::Move;
use std::cmp::Ordering;

/// States of one moment that the quick look keeps.
const NARROW: usize = 300;

/// The cheapest way of all that are cheaper than the guess; the first of equally dear ones. The guess if there is none.
pub(super) fn search(
    week: &Week,
    jobs: &[Job],
    prices: &Prices,
    mut guess: Guess,
    mut bound: u64,
    most_states: usize,
) -> Found {
    // A quick look first: the nearer the guess, the less there is to look at.
    let quick = Search::new(week, jobs, prices, guess.cost.saturating_sub(1), NARROW);
    if let Outcome::Found(found) = quick.run(&mut 0) {
        guess = Guess {
            settled: found.settled,
            cost: found.cost,
        };
    }
    let (mut margin, mut states) = (0, 0);
    loop {
        if guess.cost <= bound {
            break;
        }
        let most = (bound + margin).min(guess.cost.saturating_sub(1));
        let mut search = Search::new(week, jobs, prices, most, usize::MAX);
        (search.states, search.most_states) = (states, most_states);
        match search.run(&mut states) {
            Outcome::Found(found) => return found,
            Outcome::TooMuch => break,
            Outcome::Nothing if most + 1 >= guess.cost => {
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
    states: usize,
    most_states: usize,
}

impl<'a> Search<'a> {
    fn new(week: &'a Week, jobs: &'a [Job], prices: &'a Prices, most: u64, width: usize) -> Self {
        Self {
            week,
            jobs,
            prices,
            most: i64::try_from(most).unwrap_or(FAR / FINE).min(FAR / FINE) * FINE,
            width,
            starts: Vec::new(),
            ways: vec![Vec::new(); week.len() + 1],
            states: 0,
            most_states: usize::MAX,
        }
    }

    /// Looks; adds up in `states` what was looked at.
    fn run(mut self, states: &mut usize) -> Outcome {
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
                self.states += ways.len();
                *states = self.states;
                if self.states > self.most_states {
                    return Outcome::TooMuch;
                }
                for way in ways {
                    self.go_on(way);
                }
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
