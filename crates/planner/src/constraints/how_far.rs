//! **How far it moves.**

use super::{Case, Soft};
use crate::week::DAY;

/// Quarter hours that count once, for a move on the same day.
const STEP: i32 = 2;
/// What a day's distance counts, and the most that a move on the same day does: another day is never nearer than the same.
const A_DAY: i32 = 4;
/// The most days that count.
const MOST_DAYS: i32 = 3;

/// As it is told.
pub(super) const SOFT: Soft = Soft {
    id: "how_far",
    short: |_| "distance",
    meaning: "How far it moves: 1 for each begun half hour on the same day, at most 4; 4 for each day, at most three days.",
    weight: 1,
    why: "of places that are else alike the nearest breaks the least of the week that was arranged around it; less than any \
          wish of the report that was named",
    file: file!(),
    count: |case: &Case<'_>| {
        case.current.map_or(0, |current| {
            let (start, was) = (i32::from(case.place.start), i32::from(current.start));
            let day = |at: i32| (at + case.report.utc_offset).div_euclid(DAY);
            let far = match (day(start) - day(was)).abs() {
                0 => ((start - was).abs() + STEP - 1).div_euclid(STEP).min(A_DAY),
                days => days.min(MOST_DAYS) * A_DAY,
            };
            far.unsigned_abs()
        })
    },
};

#[cfg(test)]
mod tests {
    use super::*;
    use crate::constraints::Known;
    use crate::week::{Place, Weeks};

    #[test]
    fn half_an_hour_counts_once_and_another_day_is_further_than_the_same() {
        let known = Known::default();
        let at = |start| Place {
            start,
            weeks: Weeks::BOTH,
        };
        let far = |start| {
            let case = Case {
                manager: &known,
                report: &known,
                place: at(start),
                length: 2,
                current: Some(at(240)),
                weight: 1,
                stays: false,
                is_displaced: false,
                far_apart: false,
                from: None,
                soon: None,
            };
            (SOFT.count)(&case)
        };
        assert_eq!([240, 241, 242, 246, 262].map(far), [0, 1, 1, 3, 4]);
        assert_eq!([240 + 96, 240 - 96, 240 + 2 * 96].map(far), [4, 4, 8]);
    }
}
