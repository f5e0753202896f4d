//! What can be said before anybody asks: by the list that everybody sees there are too few others.

use super::ENOUGH_OTHERS;
use crate::server::people::near;
use crate::server::{ServerError, Viewer};
use jiff::tz::TimeZone;
use std::collections::BTreeSet;
use steadfast_calendar::Instant;
use steadfast_store::Facts;

/// Whether fewer others than an answer rests on report to `boss` today, by the list of people; false where it does not name them. Who
/// reports to whom today everybody sees there.
///
/// # Errors
/// [`ServerError::Store`], [`ServerError::Unreadable`].
pub async fn are_few_listed<S: Facts>(
    store: &S,
    viewer: &Viewer,
    now: Instant,
    boss: &str,
) -> Result<bool, ServerError> {
    let near = near(store, viewer.org(), boss).await?;
    let today = now.date(&TimeZone::UTC);
    let lines = near
        .lines()
        .filter(|line| line.manager == boss && line.covers(today));
    let others: BTreeSet<&str> = lines
        .map(|line| line.report.as_str())
        .filter(|report| *report != viewer.person())
        .collect();
    Ok(near.is_listed() && others.len() < ENOUGH_OTHERS)
}
