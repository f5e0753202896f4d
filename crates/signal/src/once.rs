//! Where "once in a while" ends: what an organisation may choose.
//!
//! A free number is not offered: the limits of the bands hold for one theta0 alone. Each choice has limits of its own, set by
//! simulation so that a pair that is exactly at its boundary reads as a habit in at most one year of twenty
//! (`tests/calibration/once.rs`; the table is in `docs/measure/signal.md`).

use crate::bands::Limits;
use crate::pair_signal::{Kind, Params};

/// How often is still once in a while. A lost one counts as two that were not as promised, whichever is chosen.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Hash, Default)]
pub enum Once {
    /// One in ten not as promised, one in twenty lost.
    Seldom,
    /// One in five, one in ten.
    #[default]
    Usual,
    /// One in three, one in six.
    Often,
}

impl Once {
    /// All of them, the strictest first.
    pub const ALL: [Self; 3] = [Self::Seldom, Self::Usual, Self::Often];

    /// Its name, wherever it is kept.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Seldom => "one-in-ten",
            Self::Usual => "one-in-five",
            Self::Often => "one-in-three",
        }
    }

    /// The one of that name.
    pub fn named(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.key() == key)
    }

    /// Of how many that count one may be of that kind: "one in" so many.
    pub const fn one_in(self, kind: Kind) -> u32 {
        match (self, kind) {
            (Self::Often, Kind::Disruption) => 3,
            (Self::Usual, Kind::Disruption) => 5,
            (Self::Often, Kind::Loss) => 6,
            (Self::Seldom, Kind::Disruption) | (Self::Usual, Kind::Loss) => 10,
            (Self::Seldom, Kind::Loss) => 20,
        }
    }

    /// The constants of a signal with it.
    ///
    /// The prior holds one disruption, and so many that stood that before anything is seen theta0 is passed with the same
    /// probability as in the usual one (.21 for disruptions, .28 for losses). A row is as long as chance makes it rare.
    pub const fn params(self, kind: Kind) -> Params {
        let usual = kind.params();
        let (theta0, prior_b, heads_up_in_a_row, pattern_at_least, pattern_in_a_row) =
            match (self, kind) {
                (Self::Usual, _) => return usual,
                (Self::Seldom, Kind::Disruption) => (0.10, 15.0, 3, 0.86, Some(4)),
                (Self::Seldom, Kind::Loss) => (0.05, 25.0, 2, 0.88, None),
                (Self::Often, Kind::Disruption) => (1.0 / 3.0, 4.0, 4, 0.93, Some(7)),
                (Self::Often, Kind::Loss) => (1.0 / 6.0, 7.0, 3, 0.94, None),
            };
        Params {
            theta0,
            prior_b,
            limits: Limits {
                heads_up_in_a_row,
                pattern_at_least,
                pattern_in_a_row,
                ..usual.limits
            },
            ..usual
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pair_signal::{Reading, read, read_with};

    #[test]
    fn every_choice_is_found_by_its_name_and_says_what_it_reckons_with() {
        for once in Once::ALL {
            assert_eq!(Once::named(once.key()), Some(once));
            for kind in [Kind::Disruption, Kind::Loss] {
                let boundary = 1.0 / f64::from(once.one_in(kind));
                assert!((once.params(kind).theta0 - boundary).abs() < 1e-12);
            }
        }
        assert_eq!(Once::named("one-in-four"), None);
    }

    #[test]
    fn the_usual_one_is_what_an_audit_reads_with() {
        for kind in [Kind::Disruption, Kind::Loss] {
            let events = || [true, false, true, true].into_iter().map(|it| (it, 1.0));
            let usual = read_with(Once::Usual.params(kind), events());
            assert_eq!(usual, read(kind, events()));
        }
    }

    #[test]
    fn before_anything_is_seen_each_is_as_far_from_its_boundary() {
        for (kind, expected) in [(Kind::Disruption, 0.21), (Kind::Loss, 0.28)] {
            for once in Once::ALL {
                let nothing: Reading = read_with(once.params(kind), []);
                assert!(
                    (nothing.probability - expected).abs() < 0.015,
                    "{once:?} {kind:?}: {}",
                    nothing.probability
                );
            }
        }
    }
}
