//! **Stable across weeks.**

use super::{Case, Soft};

/// Another day: their week is arranged anew.
const ANOTHER_DAY: u32 = 18;
/// The same day: two thirds of that, as the rest of the week stands.
const SAME_DAY: u32 = 12;
/// The same day within two hours: a third, as the same half of the day is still theirs.
const WITHIN_TWO_HOURS: u32 = 6;
/// Quarter hours of a move that leaves the same half of the day.
const TWO_HOURS: i32 = 8;
/// The same hour of the other week: the next one is a week off, but the hour stays theirs. As much as the same day.
const OTHER_WEEKS: u32 = 12;

/// A change within a day from now is as bad as two: it cannot be arranged for.
const LAST_MINUTE: u32 = 2;

/// As it is told.
pub(super) const SOFT: Soft = Soft {
    id: "stable",
    short: |_| "not where it was",
    meaning: "It is not where it was: 6 for up to two hours on the same day, 12 for the same day, 18 for another day, 12 more \
              for other weeks; twice as much where it would have been within a day from now; times one more for each recent \
              disruption of the pair.",
    weight: 5,
    why: "in made-up organisations of a hundred only what is forced moved at 5, one in six moved to please wishes at 1",
    file: file!(),
    count,
};

fn count(case: &Case<'_>) -> u32 {
    let Some(current) = case.current.filter(|current| *current != case.place) else {
        return 0;
    };
    let (start, was) = (i32::from(case.place.start), i32::from(current.start));
    let day = |at: i32| (at + case.report.utc_offset).div_euclid(crate::week::DAY);
    let far = match (start == was, day(start) == day(was)) {
        (true, _) => 0,
        (_, true) if (start - was).abs() <= TWO_HOURS => WITHIN_TWO_HOURS,
        (_, true) => SAME_DAY,
        _ => ANOTHER_DAY,
    };
    let weeks = if case.place.weeks == current.weeks {
        0
    } else {
        OTHER_WEEKS
    };
    let soon = case.soon.is_some_and(|soon| current.first() < soon);
    (far + weeks) * case.weight * if soon { LAST_MINUTE } else { 1 }
}
