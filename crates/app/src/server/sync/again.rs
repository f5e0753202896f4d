//! When what did not answer is asked again.

use steadfast_store::{Micros, backoff};

/// After so many failures in a row a source is asked only now and then.
const BREAKS_AT: u64 = 10;
/// How seldom that is.
const NOW_AND_THEN: i64 = 6 * 3_600 * 1_000_000;
/// The first retries are not seconds apart: whoever does not answer is seldom back in one.
const FIRST_DOUBLINGS: u32 = 5;

/// When a source is asked again that failed so many times in a row.
pub(super) fn again(now: Micros, failures: u64, chance: u32) -> Micros {
    if failures >= BREAKS_AT {
        return now.plus(spread(NOW_AND_THEN, chance));
    }
    let attempt = u32::try_from(failures).unwrap_or(u32::MAX);
    later(now, attempt, chance)
}

/// When is asked again what was asked in vain so many times in a row.
pub(super) fn later(now: Micros, attempt: u32, chance: u32) -> Micros {
    backoff(now, attempt.saturating_add(FIRST_DOUBLINGS), chance)
}

/// Up to a quarter more, by `chance`: who broke off together do not come back together.
pub(super) fn spread(every: i64, chance: u32) -> i64 {
    // A quarter of some hours, times a large number, is more than 64 bits hold.
    let more = i128::from(every / 4) * i128::from(chance) / i128::from(u32::MAX);
    every.saturating_add(i64::try_from(more).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn those_that_failed_together_are_asked_apart_however_often_they_failed() {
        let now = Micros(0);
        for failures in 1..=2 * BREAKS_AT {
            let [soon, late] = [0, u32::MAX].map(|chance| again(now, failures, chance));
            assert!(now < soon && soon < late, "{failures}: {soon:?} {late:?}");
            let next = again(now, failures + 1, 0);
            assert!(soon <= next, "{failures}: {soon:?} {next:?}");
        }
    }
}
