//! One instance through all states: where it stood, when that was seen, and what the source says about it.

use super::{
    state::{OtherCopy, Standing, State},
    view::{Look, View},
};
use crate::people::PersonId;
use std::{collections::BTreeMap, sync::Arc};
use steadfast_calendar::Instant;

/// One instance in one state.
#[derive(Clone, Debug)]
pub(super) struct Sighting {
    /// Index of the state.
    pub state: usize,
    /// Which series of the relationship gives it.
    pub series: usize,
    /// What the leading copy says, the other person's answer included.
    pub look: Look,
    /// The view it comes from.
    pub view: Arc<View>,
    /// The two copies contradict each other and neither is the organiser's.
    pub disagree: bool,
}

/// All sightings of one original start, oldest first; states that do not show it are left out.
pub(super) type Tracks = BTreeMap<Instant, Vec<Sighting>>;

/// Follows the instances of the promising series (`promises(series)`) through `states`.
pub(super) fn tracks(states: &[State], promises: impl Fn(usize) -> bool) -> Tracks {
    let mut tracks = Tracks::new();
    for (index, state) in states.iter().enumerate() {
        for (series, standing) in state.series.iter().enumerate() {
            let Some(standing) = standing else { continue };
            if !promises(series) {
                continue;
            }
            for look in &standing.leading.looks {
                let sighting = sight(index, series, look, standing);
                let track = tracks.entry(look.id).or_default();
                match track.last_mut() {
                    // Two series give the same start in one state (a re-created one beside the old): one 1:1.
                    Some(last) if last.state == index => {
                        if last.look.slot.is_none() && sighting.look.slot.is_some() {
                            *last = sighting;
                        }
                    }
                    _ => track.push(sighting),
                }
            }
        }
    }
    tracks
}

fn sight(state: usize, series: usize, look: &Look, standing: &Standing) -> Sighting {
    let mut look = *look;
    let mut disagree = false;
    if let Some(other) = &standing.other {
        disagree = standing.contested && contradicts(other, &look);
        if let (Some(_), Some(owner)) = (look.slot, refused(other, look.id)) {
            look.slot = None;
            look.declined_by = Some(owner);
        }
    }
    Sighting {
        state,
        series,
        look,
        view: standing.leading.clone(),
        disagree,
    }
}

/// The owner of the other copy, if they declined the instance there or took it off their own calendar.
fn refused(other: &OtherCopy, id: Instant) -> Option<PersonId> {
    let now = other.view.as_ref().and_then(|v| v.look(id));
    match now {
        Some(look) if look.declined_by == Some(other.owner) => Some(other.owner),
        Some(look) if look.slot.is_some() => None,
        Some(_) => Some(other.owner),
        None => {
            let had = other.had.as_ref()?.look(id)?;
            let rolled_out = other.view.as_ref().is_some_and(|v| v.window_passed(id));
            (had.slot.is_some() && !rolled_out).then_some(other.owner)
        }
    }
}

fn contradicts(other: &OtherCopy, look: &Look) -> bool {
    let theirs = other.view.as_ref().and_then(|v| v.look(look.id));
    match (theirs.map(|l| l.slot), look.slot) {
        (Some(Some(theirs)), Some(ours)) => theirs != ours,
        _ => false,
    }
}
