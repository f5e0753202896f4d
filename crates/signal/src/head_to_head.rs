//! When a 1:1 and another meeting wanted the same time, which one gave way? Matched by construction: same manager,
//! same moment, so nothing else explains the difference.

use crate::beta::probability_above;

/// "Usually" needs this many decided conflicts.
pub const ENOUGH_CONFLICTS: u32 = 5;
/// And this probability that the 1:1 gives way more often than not.
pub const USUALLY: f64 = 0.975;

/// Decided conflicts between 1:1s and one class of meeting.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct HeadToHead {
    /// How often the 1:1 gave way. Always said.
    pub gave_way: u32,
    /// Of how many.
    pub conflicts: u32,
    /// P(the 1:1 gives way more often than not), prior Beta(2, 2).
    pub probability: f64,
    /// Whether "usually gives way to" may be said.
    pub usually: bool,
}

impl HeadToHead {
    /// Reads the counts; a `gave_way` above `conflicts` is read as all of them.
    pub fn new(gave_way: u32, conflicts: u32) -> Self {
        let gave_way = gave_way.min(conflicts);
        let stood = conflicts - gave_way;
        let probability = probability_above(0.5, 2.0 + f64::from(gave_way), 2.0 + f64::from(stood));
        let usually = conflicts >= ENOUGH_CONFLICTS && probability >= USUALLY;
        Self {
            gave_way,
            conflicts,
            probability,
            usually,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn six_of_six_is_usual_and_five_of_five_not_yet() {
        assert!(!HeadToHead::new(5, 5).usually);
        assert!(HeadToHead::new(6, 6).usually);
        assert!(!HeadToHead::new(7, 9).usually);
        assert!(HeadToHead::new(10, 12).usually);
    }

    #[test]
    fn no_conflict_says_nothing() {
        let none = HeadToHead::new(0, 0);
        assert!((none.probability - 0.5).abs() < 1e-14);
        assert!(!none.usually);
    }

    #[test]
    fn more_than_all_is_all() {
        assert_eq!(HeadToHead::new(9, 6), HeadToHead::new(6, 6));
    }
}
