//! When a change was made, as far as the source can tell.

use super::state::State;
use crate::case::ChangeTime;
use steadfast_calendar::{Event, Instant};

/// The span within which the change that `state` shows was made. Exact where LAST-MODIFIED of the deciding event
/// falls into it (RFC 5545 §3.8.7.3). `own`: the event is an override of just this instance; a master's
/// LAST-MODIFIED in a first look says nothing about one instance. `None`: not known at all.
pub(super) fn change_time(state: &State, event: Option<&Event>, own: bool) -> Option<ChangeTime> {
    let modified = event.and_then(|e| e.last_modified);
    match (state.after, state.seen) {
        (Some(after), Some(seen)) => Some(match modified {
            Some(at) if after < at && at <= seen => ChangeTime::exactly(at),
            _ => ChangeTime {
                earliest: after,
                latest: seen,
            },
        }),
        (_, seen) if own => match (modified, seen) {
            (Some(at), seen) if seen.is_none_or(|seen| at <= seen) => Some(ChangeTime::exactly(at)),
            (_, seen) => bounded_by(event, seen),
        },
        (_, seen) => bounded_by(event, seen),
    }
}

/// Some time between the event's creation and the first look.
fn bounded_by(event: Option<&Event>, seen: Option<Instant>) -> Option<ChangeTime> {
    let created = event.and_then(|e| e.created)?;
    let latest = seen?;
    (created < latest).then_some(ChangeTime {
        earliest: created,
        latest,
    })
}

/// When `state` came into force: its own LAST-MODIFIED where that is known, else when it was seen; with the earliest
/// possible moment. The first state was in force since always.
pub(super) fn in_force_since(state: &State, event: Option<&Event>) -> Option<ChangeTime> {
    state.after?;
    change_time(state, event, false)
}
