//! Half a year of one's own ledger that ended on an earlier day: what somebody's pages tell is the last one.

use super::kept::Kept;
use super::view::{BACK, Judging, judge_as};
use crate::server::{ServerError, Viewer};
use jiff::{ToSpan, civil::Date};
use steadfast_calendar::Instant;
use steadfast_store::{Facts, Sources};

/// The viewer's ledger of the half year whose last day is `until`, by all that is known at `now`. It is judged whenever it is
/// asked for and kept nowhere: few look back so far. It shows nothing by itself, see [`crate::server::looked`].
///
/// # Errors
/// [`ServerError::NotFound`]: no half year ends on that day. [`ServerError::Store`], [`ServerError::Unreadable`].
pub async fn earlier<S: Facts + Sources>(
    store: &S,
    viewer: &Viewer,
    (program, now): (&str, Instant),
    until: Date,
) -> Result<Kept, ServerError> {
    let from = until.checked_sub(BACK.days());
    let judging = Judging {
        from: Some(from.map_err(|_| ServerError::NotFound)?),
        to: Some(until),
        ..Judging::default()
    };
    let judged = judge_as(store, viewer, now, &judging).await?;
    Ok(Kept::new(program, now, judged))
}
