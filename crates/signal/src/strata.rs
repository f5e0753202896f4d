//! Two classes of meetings brought to the same mix of strata, so that their rates can be compared.

use crate::rates::Share;
use std::collections::BTreeMap;

/// Minutes up to which a meeting is short: half an hour is what most 1:1s and calendar programs go by.
pub const SHORT_MINUTES: i64 = 30;
/// Minutes up to which it is of middling length: an hour is the next one they go by, and longer ones are harder to place.
pub const HOUR_MINUTES: i64 = 60;

/// How long a meeting is, as far as two must be alike to be compared.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Length {
    /// Up to [`SHORT_MINUTES`].
    Short,
    /// Up to [`HOUR_MINUTES`].
    Hour,
    /// Longer.
    Long,
}

impl Length {
    /// The stratum of so many minutes.
    pub const fn of(minutes: i64) -> Self {
        if minutes <= SHORT_MINUTES {
            Self::Short
        } else if minutes <= HOUR_MINUTES {
            Self::Hour
        } else {
            Self::Long
        }
    }
}

/// Disrupted, of how many, as counted.
pub type Counted = (u32, u32);

/// Two classes at the same mix of strata.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Matched {
    /// 1:1s, at the common mix; `of` is the effective number.
    pub one_on_one: Share,
    /// The others, likewise.
    pub other: Share,
    /// 1:1s in the shared strata, as counted: the figures to show.
    pub one_on_one_counted: Counted,
    /// The others, as counted.
    pub other_counted: Counted,
}

/// Matches by stratum (the manager's role, size, length, cadence …, whatever `K` holds): only strata that both
/// classes have are compared, and both are weighted to the same mix of them, so that a class does not look better
/// for consisting of easier meetings. With one shared stratum these are the plain counts. `None`: nothing shared.
///
/// Weights are those of Mantel and Haenszel, m = n1 n2 / (n1 + n2); the effective number is (sum m)^2 / sum m^2/n,
/// never more than was counted.
pub fn matched<K: Ord>(
    one_on_ones: impl IntoIterator<Item = (K, bool)>,
    others: impl IntoIterator<Item = (K, bool)>,
) -> Option<Matched> {
    let mut strata: BTreeMap<K, Stratum> = BTreeMap::new();
    for (key, disrupted) in one_on_ones {
        count(&mut strata.entry(key).or_default().one_on_one, disrupted);
    }
    for (key, disrupted) in others {
        count(&mut strata.entry(key).or_default().other, disrupted);
    }
    strata.retain(|_, stratum| stratum.one_on_one.1 > 0 && stratum.other.1 > 0);
    let whole: f64 = strata.values().map(Stratum::weight).sum();
    if whole <= 0.0 {
        return None;
    }
    let mix = || strata.values().map(|stratum| stratum.weight() / whole);
    let (one_on_one, one_on_one_counted) =
        side(strata.values().map(|stratum| stratum.one_on_one).zip(mix()));
    let (other, other_counted) = side(strata.values().map(|stratum| stratum.other).zip(mix()));
    Some(Matched {
        one_on_one,
        other,
        one_on_one_counted,
        other_counted,
    })
}

#[derive(Default)]
struct Stratum {
    one_on_one: Counted,
    other: Counted,
}

impl Stratum {
    fn weight(&self) -> f64 {
        let (one, other) = (f64::from(self.one_on_one.1), f64::from(self.other.1));
        one * other / (one + other)
    }
}

const fn count(cell: &mut Counted, disrupted: bool) {
    cell.0 += disrupted as u32;
    cell.1 += 1;
}

/// One class at the given mix, and as counted.
fn side(cells: impl Iterator<Item = (Counted, f64)>) -> (Share, Counted) {
    let mut counted = (0, 0);
    let (mut rate, mut spread) = (0.0, 0.0);
    for ((disrupted, of), mix) in cells {
        counted = (counted.0 + disrupted, counted.1 + of);
        rate += mix * f64::from(disrupted) / f64::from(of);
        spread += mix * mix / f64::from(of);
    }
    let of = 1.0 / spread;
    (
        Share {
            disrupted: rate * of,
            of,
        },
        counted,
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rates::compare;

    fn meetings(stratum: char, disrupted: u32, of: u32) -> impl Iterator<Item = (char, bool)> {
        (0..of).map(move |index| (stratum, index < disrupted))
    }

    #[test]
    fn half_an_hour_and_an_hour_are_the_limits_of_length() {
        let lengths = [15, 30, 31, 60, 61].map(Length::of);
        assert_eq!(
            lengths,
            [
                Length::Short,
                Length::Short,
                Length::Hour,
                Length::Hour,
                Length::Long
            ]
        );
    }

    #[test]
    fn one_shared_stratum_gives_the_plain_counts() {
        let both = matched(
            meetings('a', 9, 20).chain(meetings('z', 5, 5)),
            meetings('a', 1, 18),
        )
        .unwrap();
        assert!(
            (both.one_on_one.disrupted - 9.0).abs() < 1e-9
                && (both.one_on_one.of - 20.0).abs() < 1e-9
        );
        assert!((both.other.disrupted - 1.0).abs() < 1e-9 && (both.other.of - 18.0).abs() < 1e-9);
        assert_eq!(
            (both.one_on_one_counted, both.other_counted),
            ((9, 20), (1, 18))
        );
    }

    #[test]
    fn nothing_shared_is_not_compared() {
        assert_eq!(matched(meetings('a', 1, 9), meetings('b', 1, 9)), None);
    }

    #[test]
    fn a_different_mix_alone_is_no_difference() {
        // Both classes: half of the hard stratum disrupted, none of the easy one; only the mix differs.
        let one = meetings('h', 20, 40).chain(meetings('e', 0, 10));
        let other = meetings('h', 5, 10).chain(meetings('e', 0, 40));
        let both = matched(one, other).unwrap();
        let rate = |share: Share| share.disrupted / share.of;
        assert!((rate(both.one_on_one) - rate(both.other)).abs() < 1e-12);
        assert!(both.one_on_one.of <= 50.0 && both.other.of <= 50.0);
        assert!(!compare(both.one_on_one, both.other).say);
        assert!(compare(Share::counted(20, 50), Share::counted(5, 50)).say);
    }
}
