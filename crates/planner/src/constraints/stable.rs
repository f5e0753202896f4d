//! **Stable across weeks.**

use super::{Case, Soft};

/// Costs of a move, in the unit below: another day; the same day; the same day within two hours; other weeks.
const ANOTHER_DAY: u32 = 18;
const SAME_DAY: u32 = 12;
const WITHIN_TWO_HOURS: u32 = 6;
const OTHER_WEEKS: u32 = 6;

/// A change within a day from now is as bad as two.
const LAST_MINUTE: u32 = 2;

/// As it is told.
pub(super) const SOFT: Soft = Soft {
    id: "stable",
    meaning: "It is not where it was: 6 for up to two hours on the same day, 12 for the same day, 18 for another day, 6 more \
              for other weeks; twice as much within a day from now; times one more for each recent disruption of the pair.",
    weight: 5,
    why: "with 5 only what is forced moves; with 1 one in six moves to please wishes, with 50 some 1:1s are given up because \
          a move became dearer than going without (measured on organisations of a hundred)",
    file: file!(),
    count,
};

/// What going without costs: twenty times the dearest move, so that none is given up to spare others a move.
pub fn drop_cost(weight: u32) -> u32 {
    20 * ANOTHER_DAY * LAST_MINUTE * SOFT.weight * weight
}

fn count(case: &Case<'_>) -> u32 {
    let Some(current) = case.current else {
        return 0;
    };
    let (start, was) = (i32::from(case.place.start), i32::from(current.start));
    let day = |at: i32| (at + case.report.utc_offset).div_euclid(crate::week::DAY);
    let far = match (start == was, day(start) == day(was)) {
        (true, _) => 0,
        (_, true) if (start - was).abs() <= 8 => WITHIN_TWO_HOURS,
        (_, true) => SAME_DAY,
        _ => ANOTHER_DAY,
    };
    let weeks = if case.place.weeks == current.weeks {
        0
    } else {
        OTHER_WEEKS
    };
    let soon = case.soon.is_some_and(|soon| current.start < soon) && far > 0;
    (far + weeks) * case.weight * if soon { LAST_MINUTE } else { 1 }
}
