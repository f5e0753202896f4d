//! What can be chosen: ranges, so that a slip of the finger is told and not kept.

use crate::server::ServerError;
use std::ops::RangeInclusive;
use steadfast_guard::policy::{Bounds, Limits};

/// Minutes before a start within which nothing moves by itself: up to a week.
pub const FREEZE_MINUTES: RangeInclusive<i64> = 0..=7 * 24 * 60;
/// Writes in one's name on one day; beyond, nobody could still follow what was done.
pub const ACTIONS_A_DAY: RangeInclusive<u32> = 0..=50;
/// How sure of what sort of meeting something is; below a half it is a coin.
pub const LEAST_CONFIDENCE: RangeInclusive<f64> = 0.5..=1.0;
/// Minutes without an answer after which the best time is booked: an hour at least, so that there is time to answer, and two
/// weeks at most.
pub const BOOKED_AFTER_MINUTES: RangeInclusive<i64> = 60..=14 * 24 * 60;

fn no(what: &str, hint: String) -> ServerError {
    ServerError::Input(what.to_owned(), hint)
}

fn numbers(freeze_minutes: i64, actions_a_day: u32, confidence: f64) -> Result<(), ServerError> {
    if !FREEZE_MINUTES.contains(&freeze_minutes) {
        let hint = "choose from nothing up to a week".to_owned();
        return Err(no("that is no time before a start", hint));
    }
    if !ACTIONS_A_DAY.contains(&actions_a_day) {
        let hint = format!("choose from 0 to {}", ACTIONS_A_DAY.end());
        return Err(no("that is more on one day than can be chosen", hint));
    }
    if !LEAST_CONFIDENCE.contains(&confidence) {
        let hint = "choose from 50 % to 100 %".to_owned();
        return Err(no("that is not how sure one can be", hint));
    }
    Ok(())
}

/// Whether bounds are such as can be chosen.
///
/// # Errors
/// [`ServerError::Input`].
pub fn fit(bounds: &Bounds) -> Result<(), ServerError> {
    numbers(
        bounds.freeze_minutes,
        bounds.actions_a_day,
        bounds.least_confidence,
    )?;
    match bounds.book_unanswered_after {
        Some(minutes) if !BOOKED_AFTER_MINUTES.contains(&minutes) => {
            let hint = "choose from an hour to two weeks, or never".to_owned();
            Err(no("that is no time to wait for an answer", hint))
        }
        _ => Ok(()),
    }
}

/// The same for limits.
pub(super) fn fit_limits(limits: &Limits) -> Result<(), ServerError> {
    numbers(
        limits.freeze_minutes,
        limits.actions_a_day,
        limits.least_confidence,
    )
}
