//! Whether what somebody is shown has changed, without showing it.
//!
//! It is judged by what they may see, and not by what was written: a word that the other one keeps to themselves changes
//! nothing here.

use super::ledger::{Kept, said};
use super::sync::statuses;
use super::{ServerError, Viewer, cadence};
use crate::audit::pair_id;
use std::hash::{DefaultHasher, Hash, Hasher};
use steadfast_store::{Facts, Sources};

/// Marks of what somebody is shown: another mark, something else is shown.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Marks {
    /// Of their 1:1s, and what the two of each say and agree on.
    pub ledger: u64,
    /// Of how their connected calendars stand, but for when each was checked.
    pub calendars: u64,
}

/// The marks of what the viewer is shown now.
///
/// # Errors
/// [`ServerError::Store`], [`ServerError::Unreadable`].
pub async fn marks<S: Facts + Sources>(
    store: &S,
    viewer: &Viewer,
    kept: &Kept,
) -> Result<Marks, ServerError> {
    let mut ledger = DefaultHasher::new();
    kept.telling().hash(&mut ledger);
    let mut people = kept.people();
    people.sort_unstable();
    people.dedup();
    for other in people.iter().filter(|one| *one != viewer.person()) {
        let pair = pair_id(viewer.person(), other);
        let words = said(store, viewer, &pair, other).await?;
        let standing = cadence::standing(store, viewer, other).await?;
        format!("{words:?} {standing:?}").hash(&mut ledger);
    }
    let mut calendars = DefaultHasher::new();
    for status in statuses(store, viewer).await? {
        (status.source, status.problem, status.is_stopped).hash(&mut calendars);
    }
    Ok(Marks {
        ledger: ledger.finish(),
        calendars: calendars.finish(),
    })
}
