//! When a 1:1 and another meeting lay at the same time, and both stayed: that decides nothing, and is told beside what did.

use super::{Agenda, Place, conflicts};
use crate::{history::History, occurrence::Class};
use std::collections::BTreeSet;
use steadfast_calendar::{Instant, Slot, Window};

/// A 1:1 with a report, and another meeting at the same time.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Stayed {
    /// Class of the other meeting.
    pub class: Class,
    /// When both were.
    pub at: Instant,
    /// The 1:1, by its recurrence-id.
    pub one_on_one: Instant,
    /// Where the 1:1 stood.
    pub slot: Slot,
}

/// All of them on one manager's `agenda` whose 1:1 begins in `window`, by time; each once for a 1:1 and another meeting, whatever
/// number of the manager's calendars hold them. What overlaps is what could have been a [`super::Conflict`].
pub fn stayed(agenda: &Agenda, history: &History, window: Window) -> Vec<Stayed> {
    let same = conflicts::same_meetings(agenda, history);
    let meeting = |place: &Place| {
        let first = same
            .as_ref()
            .and_then(|same| same.get(place.meeting as usize));
        (first.copied().unwrap_or(place.meeting), place.id)
    };
    let stays = |place: &Place| place.left.is_none();
    let mut seen = BTreeSet::new();
    let mut all = Vec::new();
    for mine in agenda.places() {
        let place = mine.place;
        let is_here = window.from <= place.slot.start && place.slot.start < window.to;
        if !is_here || !stays(&place) || mine.meeting.class != Class::OneOnOne {
            continue;
        }
        let beside = agenda.overlapping(place.slot);
        for other in beside.filter(|other| stays(&other.place)) {
            let mut is_new = || seen.insert((meeting(&place), meeting(&other.place)));
            if conflicts::rivals(mine, other) && is_new() {
                all.push(Stayed {
                    class: other.meeting.class,
                    at: place.slot.start.max(other.place.slot.start),
                    one_on_one: place.id,
                    slot: place.slot,
                });
            }
        }
    }
    all
}
