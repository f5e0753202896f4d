//! Each change of a promise that changed more than once.

use super::follow::Journey;
use crate::case::{Actor, ChangeTime};
use serde::{Deserialize, Serialize};
use steadfast_calendar::Slot;

/// One change of several. The one that decides is told of the occurrence itself; these are the whole way, for whoever looks at
/// it.
#[derive(Clone, Copy, PartialEq, Debug, Serialize, Deserialize)]
pub struct Hop {
    /// When it was made; `None`: not known.
    pub at: Option<ChangeTime>,
    /// Where it stood after it; `None`: off the calendar.
    pub to: Option<Slot>,
    /// Who made it, and how that is known.
    pub actor: Actor,
}

/// All changes of a journey, the oldest first; none where there is one or none, which the occurrence tells. Where somebody did not
/// come (`tapped`) it tells of that, and a single change stands here.
pub(super) fn hops(journey: &Journey, tapped: bool) -> Vec<Hop> {
    let told_of_itself = usize::from(!tapped);
    if journey.changes.len() <= told_of_itself {
        return Vec::new();
    }
    let changes = journey.changes.iter().zip(&journey.went);
    let hop = changes.map(|(change, to)| Hop {
        at: change.at,
        to: *to,
        actor: change.actor,
    });
    hop.collect()
}
