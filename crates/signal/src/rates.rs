//! Are 1:1s disrupted more often than a comparable class of meeting? Two independent Beta(1, 4) rates, compared by
//! exact integration, and said only when the difference is plain.

use crate::beta::{density, probability_above};

/// The difference must exceed this much.
pub const MARGIN: f64 = 0.10;
/// With this probability.
pub const SURE: f64 = 0.95;
/// And this many of each.
pub const ENOUGH: f64 = 8.0;

const PRIOR_A: f64 = 1.0;
const PRIOR_B: f64 = 4.0;

/// Disrupted, of how many. Whole numbers as counted; fractions after weighting strata.
#[derive(Clone, Copy, PartialEq, Debug, Default)]
pub struct Share {
    /// Disrupted by this manager.
    pub disrupted: f64,
    /// Of how many.
    pub of: f64,
}

impl Share {
    /// From plain counts.
    pub fn counted(disrupted: u32, of: u32) -> Self {
        Self {
            disrupted: f64::from(disrupted.min(of)),
            of: f64::from(of),
        }
    }

    const fn shape(self) -> (f64, f64) {
        (PRIOR_A + self.disrupted, PRIOR_B + self.of - self.disrupted)
    }
}

/// What a comparison of two rates found.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Difference {
    /// P(rate of 1:1s > rate of the others + [`MARGIN`]).
    pub probability: f64,
    /// Whether it may be said.
    pub say: bool,
}

/// Compares 1:1s with another class of meeting. Meant for quarterly looks.
pub fn compare(one_on_one: Share, other: Share) -> Difference {
    let probability = probability_of_excess(one_on_one, other);
    let enough = one_on_one.of >= ENOUGH && other.of >= ENOUGH;
    Difference {
        probability,
        say: enough && probability >= SURE,
    }
}

/// P(theta1 > theta2 + margin), the integral over theta2 of its density times the tail of theta1.
fn probability_of_excess(one: Share, other: Share) -> f64 {
    let (a1, b1) = one.shape();
    let (a2, b2) = other.shape();
    integrate(0.0, 1.0 - MARGIN, |theta| {
        density(theta, a2, b2) * probability_above(theta + MARGIN, a1, b1)
    })
}

/// Gauss–Legendre with eight points on each of 128 equal stretches: exact to the last digits for the smooth bumps
/// of these densities, also the narrow ones of ten thousand meetings.
fn integrate(from: f64, to: f64, f: impl Fn(f64) -> f64) -> f64 {
    const STRETCHES: u32 = 128;
    const POINTS: [(f64, f64); 4] = [
        (0.183_434_642_495_649_8, 0.362_683_783_378_361_96),
        (0.525_532_409_916_329, 0.313_706_645_877_887_27),
        (0.796_666_477_413_626_7, 0.222_381_034_453_374_48),
        (0.960_289_856_497_536_3, 0.101_228_536_290_376_26),
    ];
    let half = (to - from) / f64::from(STRETCHES) / 2.0;
    let stretch = |index: u32| {
        let middle = from + half * f64::from(2 * index + 1);
        let pair =
            |(x, weight): &(f64, f64)| weight * (f(middle - half * x) + f(middle + half * x));
        POINTS.iter().map(pair).sum::<f64>()
    };
    half * (0..STRETCHES).map(stretch).sum::<f64>()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_plain_difference_is_said_and_a_small_number_never() {
        assert!(compare(Share::counted(9, 20), Share::counted(1, 18)).say);
        assert!(!compare(Share::counted(6, 13), Share::counted(1, 13)).say);
        assert!(!compare(Share::counted(7, 7), Share::counted(0, 30)).say);
    }

    #[test]
    fn an_excess_one_way_leaves_no_room_for_the_other() {
        let (low, high) = (Share::counted(2, 40), Share::counted(25, 40));
        assert!(probability_of_excess(high, low) > 0.999);
        assert!(probability_of_excess(low, high) < 1e-6);
    }

    #[test]
    fn narrow_rates_of_ten_thousand_meetings_integrate_too() {
        let wide =
            probability_of_excess(Share::counted(3000, 10_000), Share::counted(2000, 10_000));
        assert!((wide - 0.5).abs() < 0.05, "{wide}");
        let whole = integrate(0.0, 1.0, |theta| density(theta, 2001.0, 8004.0));
        assert!((whole - 1.0).abs() < 1e-12, "{whole}");
    }
}
