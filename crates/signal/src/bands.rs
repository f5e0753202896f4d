//! The bands of a reading, and how one is entered and left.

/// How a pair reads, mildest first after [`Band::TooEarly`].
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Hash)]
pub enum Band {
    /// Too few eligible occurrences for a reading.
    TooEarly,
    /// Reliably kept.
    Steady,
    /// Counts only, no adjective.
    Mixed,
    /// For the manager only, in private.
    HeadsUp,
    /// Reads as a habit, not an exception.
    Pattern,
}

impl Band {
    /// The word of the product, as in JSON.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::TooEarly => "too_early",
            Self::Steady => "steady",
            Self::Mixed => "mixed",
            Self::HeadsUp => "heads_up",
            Self::Pattern => "pattern",
        }
    }

    /// The band as the report may see it: a heads-up is the manager's alone and reads mixed everywhere else.
    pub const fn for_the_report(self) -> Self {
        match self {
            Self::HeadsUp => Self::Mixed,
            other => other,
        }
    }
}

/// Where the bands begin and end. Probabilities are P(theta > theta0), streaks are disruptions in a row that were
/// the manager's side's.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Limits {
    /// Eligible occurrences needed before a probability is read at all.
    pub enough: usize,
    /// Steady: at or below this.
    pub steady_at_most: f64,
    /// Heads-up: entered at or above this.
    pub heads_up_at_least: f64,
    /// Heads-up: entered with so many in a row, however few there are in all.
    pub heads_up_in_a_row: usize,
    /// Heads-up: left below this, once the streak has ended.
    pub heads_up_leaves_below: f64,
    /// Pattern: entered at or above this.
    pub pattern_at_least: f64,
    /// Pattern: entered with so many in a row; `None`: by probability only.
    pub pattern_in_a_row: Option<usize>,
    /// Pattern: left below this, once the streak has ended.
    pub pattern_leaves_below: f64,
}

impl Limits {
    /// The band after one more occurrence: `standing` was the band before it, `n`, `probability` and `streak`
    /// include it.
    ///
    /// A pattern or heads-up holds until the probability has fallen well below where it began *and* the streak is
    /// over, so that a pair does not flicker between two bands. On leaving one, the next is read afresh: a pattern
    /// does not turn into a heads-up merely because that one would still have held.
    pub fn next(&self, standing: Band, n: usize, probability: f64, streak: usize) -> Band {
        let fresh = self.read_afresh(n, probability, streak);
        if fresh == Band::Pattern {
            return Band::Pattern;
        }
        let leaves_below = match standing {
            Band::Pattern => self.pattern_leaves_below,
            Band::HeadsUp => self.heads_up_leaves_below,
            Band::TooEarly | Band::Steady | Band::Mixed => return fresh,
        };
        if probability < leaves_below && streak == 0 {
            fresh
        } else {
            standing
        }
    }

    fn read_afresh(&self, n: usize, probability: f64, streak: usize) -> Band {
        let enough = n >= self.enough;
        if (enough && probability >= self.pattern_at_least)
            || self.pattern_in_a_row.is_some_and(|row| streak >= row)
        {
            Band::Pattern
        } else if (enough && probability >= self.heads_up_at_least)
            || streak >= self.heads_up_in_a_row
        {
            Band::HeadsUp
        } else if !enough {
            Band::TooEarly
        } else if probability <= self.steady_at_most {
            Band::Steady
        } else {
            Band::Mixed
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pair_signal::Params;

    fn next(standing: Band, n: usize, probability: f64, streak: usize) -> Band {
        Params::DISRUPTION
            .limits
            .next(standing, n, probability, streak)
    }

    #[test]
    fn each_band_begins_exactly_at_its_limit() {
        assert_eq!(next(Band::TooEarly, 5, 0.99, 2), Band::TooEarly);
        assert_eq!(next(Band::TooEarly, 6, 0.30, 0), Band::Steady);
        assert_eq!(next(Band::Steady, 6, 0.300_001, 0), Band::Mixed);
        assert_eq!(next(Band::Mixed, 6, 0.699_999, 0), Band::Mixed);
        assert_eq!(next(Band::Mixed, 6, 0.70, 0), Band::HeadsUp);
        assert_eq!(next(Band::Mixed, 6, 0.909_999, 0), Band::HeadsUp);
        assert_eq!(next(Band::Mixed, 6, 0.91, 0), Band::Pattern);
    }

    #[test]
    fn a_row_enters_a_band_before_there_is_enough() {
        assert_eq!(next(Band::TooEarly, 3, 0.5, 3), Band::HeadsUp);
        assert_eq!(next(Band::HeadsUp, 5, 0.5, 5), Band::Pattern);
        assert_eq!(
            Params::LOSS.limits.next(Band::TooEarly, 2, 0.5, 2),
            Band::HeadsUp
        );
        assert_eq!(
            Params::LOSS.limits.next(Band::HeadsUp, 9, 0.8, 9),
            Band::HeadsUp
        );
    }

    #[test]
    fn a_band_holds_until_the_probability_is_low_and_the_streak_over() {
        assert_eq!(next(Band::HeadsUp, 9, 0.40, 0), Band::HeadsUp);
        assert_eq!(next(Band::HeadsUp, 9, 0.39, 1), Band::HeadsUp);
        assert_eq!(next(Band::HeadsUp, 9, 0.39, 0), Band::Mixed);
        assert_eq!(next(Band::Pattern, 9, 0.50, 0), Band::Pattern);
        assert_eq!(next(Band::Pattern, 9, 0.45, 1), Band::Pattern);
    }

    #[test]
    fn what_follows_a_pattern_is_read_afresh() {
        assert_eq!(next(Band::Pattern, 9, 0.49, 0), Band::Mixed);
        assert_eq!(next(Band::Pattern, 9, 0.29, 0), Band::Steady);
    }

    #[test]
    fn the_report_never_sees_a_heads_up() {
        for band in [
            Band::TooEarly,
            Band::Steady,
            Band::Mixed,
            Band::HeadsUp,
            Band::Pattern,
        ] {
            assert_ne!(band.for_the_report(), Band::HeadsUp);
        }
        assert_eq!(Band::HeadsUp.for_the_report(), Band::Mixed);
        assert_eq!(Band::Pattern.for_the_report(), Band::Pattern);
    }
}
