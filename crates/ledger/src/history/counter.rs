//! Counter-proposals (METHOD:COUNTER, RFC 5546 §3.2.7): an attendee asks the organiser for another time. Nothing changes
//! by it; it tells whose wish a following update was.

use std::sync::Arc;
use steadfast_calendar::{Event, Instant, RecurrenceId, Series};

/// One counter-proposal.
#[derive(Clone, Debug, PartialEq)]
pub struct Counter {
    /// When it was written (DTSTAMP; when it was seen, where that is missing or later).
    pub at: Instant,
    /// Which instance it is about; `None`: the meeting as a whole.
    pub instance: Option<RecurrenceId>,
    /// Everybody the message lists as attendee; the sender is one of them, and never the organiser.
    pub attendees: Vec<Arc<str>>,
}

/// What the message `said`, seen at `seen`, proposes: one counter for each instance it is about.
pub(super) fn proposed(said: &Series, seen: Instant) -> Vec<Counter> {
    events(said)
        .map(|event| Counter {
            at: event.stamp.filter(|at| *at <= seen).unwrap_or(seen),
            instance: event.recurrence_id.clone(),
            attendees: event.attendees.iter().map(|a| a.address.clone()).collect(),
        })
        .collect()
}

/// What is left of `known` once the organiser declined (METHOD:DECLINECOUNTER, RFC 5546 §3.2.8): a later update is then
/// the organiser's own.
pub(super) fn declined(known: &mut Vec<Counter>, said: &Series) {
    let instances: Vec<&Option<RecurrenceId>> = events(said).map(|e| &e.recurrence_id).collect();
    known.retain(|counter| !instances.contains(&&counter.instance));
}

fn events(said: &Series) -> impl Iterator<Item = &Event> {
    said.master.iter().chain(&said.overrides).map(AsRef::as_ref)
}
