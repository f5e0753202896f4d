//! The pair signal: a discounted Beta that says how likely it is that more than "once in a while" is disrupted.
//!
//! Per eligible occurrence, with x = disrupted and q = probability that the manager's side did it:
//!
//! ```text
//! a <- lambda a + (1 - lambda) a0 + q x
//! b <- lambda b + (1 - lambda) b0 + (1 - x)
//! P  = P(theta > theta0) for theta ~ Beta(a, b)
//! ```
//!
//! A disruption with q < 1 adds only its q; the rest is treated as excused. What is not eligible (excused, unknown,
//! disputed, still to come) never reaches this file.

use crate::bands::{Band, Limits};
use crate::beta::probability_above;

/// From this q on a disruption counts as the manager's side's in a streak. Below it nobody is named.
pub const ATTRIBUTED: f64 = 0.75;

/// Which of the two signals.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Hash)]
pub enum Kind {
    /// Moved, slipped, halved, lost, or repaired late.
    Disruption,
    /// Lost and not made good.
    Loss,
}

impl Kind {
    /// Its published constants.
    pub const fn params(self) -> Params {
        match self {
            Self::Disruption => Params::DISRUPTION,
            Self::Loss => Params::LOSS,
        }
    }
}

/// The constants of one signal. `theta0` and the wording are policy of an organisation, never of one manager; a
/// change of `theta0` or `half_life` asks for the calibration to be run again and the limits to be set anew.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Params {
    /// Number of occurrences after which one counts half.
    pub half_life: f64,
    /// Prior pseudo-count of disruptions.
    pub prior_a: f64,
    /// Prior pseudo-count of occurrences as promised.
    pub prior_b: f64,
    /// The rate above which it is no longer once in a while.
    pub theta0: f64,
    /// Where the bands begin and end.
    pub limits: Limits,
}

impl Params {
    /// More than one in five disrupted is no longer once in a while.
    pub const DISRUPTION: Self = Self {
        half_life: 8.0,
        prior_a: 1.0,
        prior_b: 7.0,
        theta0: 0.20,
        limits: Limits {
            enough: 6,
            steady_at_most: 0.30,
            heads_up_at_least: 0.70,
            heads_up_in_a_row: 3,
            heads_up_leaves_below: 0.40,
            pattern_at_least: 0.91,
            pattern_in_a_row: Some(5),
            pattern_leaves_below: 0.50,
        },
    };

    /// More than one in ten lost is no longer once in a while. Losses are rarer and weigh more: a longer memory,
    /// a heads-up after two in a row, and a pattern by probability only.
    pub const LOSS: Self = Self {
        half_life: 12.0,
        prior_a: 1.0,
        prior_b: 12.0,
        theta0: 0.10,
        limits: Limits {
            enough: 6,
            steady_at_most: 0.30,
            heads_up_at_least: 0.70,
            heads_up_in_a_row: 2,
            heads_up_leaves_below: 0.40,
            pattern_at_least: 0.93,
            pattern_in_a_row: None,
            pattern_leaves_below: 0.50,
        },
    };
}

/// One point of the trace: how the pair read after one occurrence.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Step {
    /// Discounted disruptions, prior included.
    pub a: f64,
    /// Discounted occurrences as promised, prior included.
    pub b: f64,
    /// P(theta > theta0).
    pub probability: f64,
    /// The band.
    pub band: Band,
    /// Disruptions in a row that were the manager's side's (q of [`ATTRIBUTED`] or more).
    pub streak: usize,
}

/// The signal as a fold: one step per eligible occurrence, oldest first. Holds no history.
#[derive(Clone, Debug)]
pub struct PairSignal {
    params: Params,
    lambda: f64,
    n: usize,
    now: Step,
}

impl PairSignal {
    /// Before the first occurrence.
    pub fn new(params: Params) -> Self {
        Self {
            params,
            lambda: (-1.0 / params.half_life).exp2(),
            n: 0,
            now: Step {
                a: params.prior_a,
                b: params.prior_b,
                probability: probability_above(params.theta0, params.prior_a, params.prior_b),
                band: Band::TooEarly,
                streak: 0,
            },
        }
    }

    /// Takes in one eligible occurrence: whether it was disrupted (or lost), and q, the probability that the
    /// manager's side did it, in [0, 1]. A q that is no number is read as "nobody knows" (one half).
    pub fn step(&mut self, disrupted: bool, q: f64) -> Step {
        let q = if q.is_nan() { 0.5 } else { q.clamp(0.0, 1.0) };
        let Params {
            prior_a,
            prior_b,
            theta0,
            limits,
            ..
        } = self.params;
        let (hit, stood) = if disrupted { (q, 0.0) } else { (0.0, 1.0) };
        let forget = 1.0 - self.lambda;
        self.n += 1;
        self.now.a = self.lambda * self.now.a + forget * prior_a + hit;
        self.now.b = self.lambda * self.now.b + forget * prior_b + stood;
        self.now.probability = probability_above(theta0, self.now.a, self.now.b);
        // A disruption that nobody can be named for neither adds to a streak nor ends it.
        if !disrupted {
            self.now.streak = 0;
        } else if q >= ATTRIBUTED {
            self.now.streak += 1;
        }
        self.now.band = limits.next(self.now.band, self.n, self.now.probability, self.now.streak);
        self.now
    }

    /// How it reads now.
    pub const fn now(&self) -> Step {
        self.now
    }

    /// Eligible occurrences so far.
    pub const fn n(&self) -> usize {
        self.n
    }
}

/// One signal as it stands after all occurrences, with every step on the way.
#[derive(Clone, PartialEq, Debug)]
pub struct Reading {
    /// Discounted disruptions, prior included.
    pub a: f64,
    /// Discounted occurrences as promised, prior included.
    pub b: f64,
    /// P(theta > theta0).
    pub probability: f64,
    /// The band, as the manager sees it.
    pub band: Band,
    /// Eligible occurrences.
    pub n: usize,
    /// Disruptions in a row with q of [`ATTRIBUTED`] or more.
    pub streak: usize,
    /// One step per occurrence, oldest first.
    pub trace: Vec<Step>,
}

/// Reads a pair with the published constants: the eligible occurrences, oldest first, each as (disrupted, q).
pub fn read(kind: Kind, events: impl IntoIterator<Item = (bool, f64)>) -> Reading {
    read_with(kind.params(), events)
}

/// The same with an organisation's own constants.
pub fn read_with(params: Params, events: impl IntoIterator<Item = (bool, f64)>) -> Reading {
    let mut signal = PairSignal::new(params);
    let trace = events
        .into_iter()
        .map(|(disrupted, q)| signal.step(disrupted, q))
        .collect();
    let Step {
        a,
        b,
        probability,
        band,
        streak,
    } = signal.now();
    Reading {
        a,
        b,
        probability,
        band,
        n: signal.n(),
        streak,
        trace,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn disruptions(pattern: &str) -> Reading {
        read(Kind::Disruption, pattern.chars().map(|c| (c == '1', 1.0)))
    }

    #[test]
    fn nothing_seen_is_too_early_and_reads_as_the_prior() {
        let reading = disruptions("");
        assert_eq!(
            (reading.band, reading.n, reading.streak),
            (Band::TooEarly, 0, 0)
        );
        assert!((reading.probability - 0.8_f64.powi(7)).abs() < 1e-14);
    }

    #[test]
    fn one_in_ten_is_fine_and_two_in_three_a_habit() {
        assert_eq!(disruptions("0100000000").band, Band::Steady);
        assert_eq!(disruptions("0110110110").band, Band::Pattern);
    }

    #[test]
    fn an_unattributed_disruption_neither_ends_nor_lengthens_a_streak() {
        let reading = read(Kind::Disruption, [(true, 1.0), (true, 0.74), (true, 0.75)]);
        assert_eq!(reading.streak, 2);
        assert_eq!(reading.n, 3);
    }

    #[test]
    fn an_impossible_q_never_leaves_the_unit_interval() {
        let wild = read(
            Kind::Disruption,
            [(true, 7.0), (true, -1.0), (true, f64::NAN)],
        );
        let tame = read(Kind::Disruption, [(true, 1.0), (true, 0.0), (true, 0.5)]);
        assert_eq!(wild, tame);
    }

    #[test]
    fn q_of_an_occurrence_that_stood_changes_nothing() {
        assert_eq!(
            read(Kind::Loss, [(false, 0.0)]),
            read(Kind::Loss, [(false, 1.0)])
        );
    }

    #[test]
    fn a_never_disturbed_pair_settles_and_its_prior_is_never_forgotten() {
        let reading = disruptions(&"0".repeat(500));
        assert!((reading.a - 1.0).abs() < 1e-12);
        assert_eq!(reading.band, Band::Steady);
    }

    #[test]
    fn one_disruption_more_never_makes_it_read_better() {
        let mut random = crate::random::SplitMix64::new(20);
        for _ in 0..500 {
            let events: Vec<bool> = (0..26).map(|_| random.chance(0.3)).collect();
            let place = usize::try_from(random.below(26)).unwrap();
            let probability = |disrupted: bool| {
                let changed = events.iter().enumerate();
                let changed = changed.map(|(i, d)| (if i == place { disrupted } else { *d }, 1.0));
                read(Kind::Disruption, changed).probability
            };
            assert!(
                probability(true) > probability(false),
                "{events:?} at {place}"
            );
        }
    }
}
