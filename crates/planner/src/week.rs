//! Where in the fortnight a 1:1 lies: a start in quarter hours, and the weeks in which it takes place.

use std::fmt;

/// Quarter hours of a day.
pub const DAY: i32 = 96;

/// Quarter hours of the week that is planned. Slot 0 is Sunday 00:00 UTC, so that Monday to Friday of every
/// zone fit without running over the edge.
pub const WEEK: u16 = 672;

/// The weeks of a fortnight in which something takes place: the first (A), the second (B), or both.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Weeks(u8);

impl Weeks {
    /// The first week of two.
    pub const A: Self = Self(1);
    /// The second week of two.
    pub const B: Self = Self(2);
    /// Every week.
    pub const BOTH: Self = Self(3);

    /// From bits: 1 for the first week, 2 for the second, 3 for both. Nothing else is a set of weeks.
    pub fn from_bits(bits: u8) -> Option<Self> {
        (1..=3).contains(&bits).then_some(Self(bits))
    }

    /// As bits: 1, 2 or 3.
    pub fn bits(self) -> u8 {
        self.0
    }

    /// Whether some week is in both.
    pub fn meet(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }
}

impl fmt::Display for Weeks {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self.0 {
            1 => "first week",
            2 => "second week",
            _ => "every week",
        })
    }
}

/// A start and its weeks.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Place {
    /// Quarter hours since Sunday 00:00 UTC.
    pub start: u16,
    /// When it takes place.
    pub weeks: Weeks,
}

impl Place {
    /// Whether `[start, start + span)` here and `[start, start + other_span)` there share a quarter hour of a week.
    pub fn overlaps(self, span: u16, other: Self, other_span: u16) -> bool {
        self.weeks.meet(other.weeks)
            && self.start < other.start + other_span
            && other.start < self.start + span
    }

    /// The quarter hour of the fortnight at which it takes place first.
    pub fn first(self) -> u16 {
        if self.weeks.meet(Weeks::A) {
            self.start
        } else {
            self.start + WEEK
        }
    }

    /// The day of the week on the clock of somebody `utc_offset` quarter hours east of UTC; Sunday is 0.
    pub fn day(self, utc_offset: i32) -> i32 {
        (i32::from(self.start) + utc_offset).div_euclid(DAY)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(start: u16, weeks: Weeks) -> Place {
        Place { start, weeks }
    }

    #[test]
    fn places_overlap_in_a_week_they_share_and_touching_is_not_overlapping() {
        assert!(at(10, Weeks::BOTH).overlaps(2, at(11, Weeks::A), 4));
        assert!(!at(10, Weeks::A).overlaps(2, at(11, Weeks::B), 4));
        assert!(!at(10, Weeks::BOTH).overlaps(2, at(12, Weeks::BOTH), 2));
    }

    #[test]
    fn a_day_is_that_of_the_clock_on_the_wall() {
        assert_eq!(at(96, Weeks::BOTH).day(0), 1);
        assert_eq!(at(96, Weeks::BOTH).day(-20), 0);
        assert_eq!(at(0, Weeks::BOTH).day(-20), -1);
    }
}
