//! Whether so much of what happened has no known actor that no band may be printed.

use crate::pair_signal::ATTRIBUTED;

/// What is known about whose doing the disruptions were.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Whose {
    /// Disruptions (or losses) in all.
    pub disrupted: usize,
    /// Those of the manager's side.
    pub manager: usize,
    /// Those nobody can be named for.
    pub without_actor: usize,
}

impl Whose {
    /// Counts the eligible occurrences that a reader is told about, each as (disrupted, q).
    ///
    /// q near one half says that nobody can be named; q near 0 says that somebody can: the report, or a plan both
    /// accepted.
    pub fn count(events: impl IntoIterator<Item = (bool, f64)>) -> Self {
        let mut whose = Self::default();
        for (_, q) in events.into_iter().filter(|(disrupted, _)| *disrupted) {
            whose.disrupted += 1;
            if q >= ATTRIBUTED {
                whose.manager += 1;
            } else if q.is_nan() || q > 1.0 - ATTRIBUTED {
                whose.without_actor += 1;
            }
        }
        whose
    }

    /// A third or more of the disruptions have no known actor: no band is printed, and the sentence says so.
    pub const fn is_unknown(&self) -> bool {
        self.without_actor > 0 && 3 * self.without_actor >= self.disrupted
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn unknown(qs: &[f64]) -> bool {
        Whose::count(qs.iter().map(|q| (true, *q))).is_unknown()
    }

    #[test]
    fn a_third_without_an_actor_is_too_many() {
        assert!(unknown(&[1.0, 1.0, 0.5]));
        assert!(!unknown(&[1.0, 1.0, 1.0, 0.5]));
        assert!(unknown(&[0.5]));
    }

    #[test]
    fn nothing_disrupted_leaves_nothing_unknown() {
        assert!(!unknown(&[]));
        assert!(!Whose::count([(false, 0.5), (false, 0.5)]).is_unknown());
    }

    #[test]
    fn a_change_by_the_report_has_a_known_actor() {
        assert!(!unknown(&[0.0, 0.0]));
    }
}
