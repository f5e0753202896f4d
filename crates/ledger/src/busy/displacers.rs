//! What may have displaced a 1:1: meetings over its promised slot.

use super::{Agenda, Own, Taken};
use crate::{occurrence::Class, pairs::SeriesRef};
use steadfast_calendar::{Instant, Slot};

/// One meeting over the promised slot of a 1:1 that gave way.
#[derive(Clone, Debug, PartialEq)]
pub struct Displacer {
    /// Where it is.
    pub slot: Slot,
    /// When it came to be there; `None`: not known.
    pub appeared: Option<Instant>,
    /// Its class.
    pub class: Class,
    /// Where it is kept.
    pub at: SeriesRef,
}

/// Meetings on the mover's `agenda` over `promised`. `except`: the 1:1 itself.
pub fn displacers(agenda: &Agenda, promised: Slot, except: &Own<'_>) -> Vec<Displacer> {
    agenda
        .overlapping(promised)
        .filter(|taken| !except.has(taken.meeting))
        .map(|Taken { place, meeting }| Displacer {
            slot: place.slot,
            appeared: place.appeared,
            class: meeting.class,
            at: meeting.at,
        })
        .collect()
}
