//! What may have displaced a 1:1: meetings over its promised slot.

use super::Agenda;
use crate::occurrence::Class;
use std::{collections::HashSet, sync::Arc};
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
    /// Its UID.
    pub uid: Arc<str>,
}

/// Meetings on the mover's `agenda` over `promised`. `except`: UIDs of the 1:1 itself.
pub fn displacers(agenda: &Agenda, promised: Slot, except: &HashSet<Arc<str>>) -> Vec<Displacer> {
    agenda
        .overlapping(promised)
        .filter(|place| !except.contains(&place.uid))
        .map(|place| Displacer {
            slot: place.slot,
            appeared: place.appeared,
            class: place.class,
            uid: place.uid.clone(),
        })
        .collect()
}
