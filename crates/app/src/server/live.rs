//! Whether what somebody is shown has changed, without showing it.
//!
//! It is judged by what they may see, and not by what was written: a word that the other one keeps to themselves changes
//! nothing here.

use super::guard::Outlook;
use super::ledger::{Kept, said};
use super::sync::statuses;
use super::{ServerError, Viewer, cadence};
use crate::audit::pair_id;
use std::hash::{DefaultHasher, Hash, Hasher};
use steadfast_store::{Facts, Sources};

/// Marks of what somebody is shown: another mark, something else is shown.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Marks {
    /// Of their 1:1s, what the two of each say and agree on, and what the guard proposes, offers and did about them.
    pub ledger: u64,
    /// Of how their connected calendars stand, but for when each was checked.
    pub calendars: u64,
}

/// What the guard says, without what moves on by the clock alone: the times that could be found now.
fn guarded(outlook: &Outlook) -> String {
    let Outlook {
        is_fresh,
        is_stopped,
        is_untold,
        unplaced,
        proposals,
        beginnings,
        movings,
        between,
        shown_free,
        ..
    } = outlook;
    let mut text = format!("{is_fresh} {is_stopped} {is_untold} {unplaced} {between:?}");
    for one in proposals {
        let (event, kind, stands) = (&one.event, one.kind, one.stands);
        let (held, tapped) = (&one.held_back, &one.tapped);
        let sort = one.over_it.as_ref().map(|over| (over.class, over.is_said));
        let ways: Vec<&str> = one.ways.iter().map(|way| way.measure.as_str()).collect();
        text += &format!("{event} {kind} {stands:?} {held:?} {tapped:?} {sort:?} {ways:?}");
    }
    for one in beginnings {
        text += &format!("{} {:?}", one.pair, one.tapped);
    }
    for one in movings {
        text += &format!("{} {:?}", one.pair, one.tapped);
    }
    for one in shown_free {
        text += &format!("{} {} {:?}", one.pair, one.is_possible, one.tapped);
    }
    text
}

/// The marks of what the viewer is shown now; `outlook`: what the guard says to them now.
///
/// # Errors
/// [`ServerError::Store`], [`ServerError::Unreadable`].
pub async fn marks<S: Facts + Sources>(
    store: &S,
    viewer: &Viewer,
    kept: &Kept,
    outlook: &Outlook,
) -> Result<Marks, ServerError> {
    let mut ledger = DefaultHasher::new();
    kept.telling().hash(&mut ledger);
    guarded(outlook).hash(&mut ledger);
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
