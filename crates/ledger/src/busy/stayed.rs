//! When a 1:1 and another meeting lay at the same time, and both stayed: that decides nothing, and is told beside what did.

use super::{Agenda, Place, conflicts};
use crate::{history::History, occurrence::Class};
use std::collections::HashSet;
use steadfast_calendar::{Instant, Slot, Window};

/// Another meeting that lay beside a 1:1 with a report.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Stayed {
    /// Class of the other meeting.
    pub class: Class,
    /// When both were.
    pub at: Instant,
}

/// Tells all of them on one manager's `agenda` whose 1:1 begins in `window`; each once for a 1:1 and another meeting, whatever
/// number of the manager's calendars hold them. What overlaps is what could have been a [`super::Conflict`]. `stood` knows a
/// 1:1 that counts, by its recurrence-id and its slot; `tell` hears of it. Of somebody who meets a lot there are millions: none
/// is kept.
pub fn stayed<T: Copy>(
    agenda: &Agenda,
    history: &History,
    window: Window,
    stood: impl Fn(Instant, Slot) -> Option<T>,
    mut tell: impl FnMut(T, Stayed),
) {
    let same = conflicts::same_meetings(agenda, history);
    let stays = |place: &Place| place.left.is_none();
    // On one calendar each stands once.
    let mut seen = HashSet::new();
    let mut is_new = |mine: Place, other: Place| {
        same.as_ref().is_none_or(|same| {
            let meeting = |place: Place| Some((*same.get(place.meeting as usize)?, place.id));
            seen.insert((meeting(mine), meeting(other)))
        })
    };
    for mine in agenda.places() {
        let place = mine.place;
        let is_here = window.from <= place.slot.start && place.slot.start < window.to;
        if !is_here || !stays(&place) || mine.meeting.class != Class::OneOnOne {
            continue;
        }
        let Some(one) = stood(place.id, place.slot) else {
            continue;
        };
        for other in agenda.overlapping(place.slot) {
            if stays(&other.place) && conflicts::rivals(mine, other) && is_new(place, other.place) {
                let at = place.slot.start.max(other.place.slot.start);
                let class = other.meeting.class;
                tell(one, Stayed { class, at });
            }
        }
    }
}
