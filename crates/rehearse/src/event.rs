//! What is to happen, in order of time.

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use steadfast_calendar::Instant;
use steadfast_guard::ids::{MeetingId, PersonId, PromiseId};
use steadfast_guard::intent::Measure;
use steadfast_guard::threats::Threat;

/// One thing that is to happen.
#[derive(Clone, Debug)]
pub(crate) enum Event {
    /// The 1:1 is attacked where it stands.
    Attack(PromiseId),
    /// Somebody sees that they are wanted twice and decides.
    Torn {
        promise: PromiseId,
        person: PersonId,
        other: MeetingId,
    },
    /// Who booked reads that their invitation was declined.
    Reply {
        promise: PromiseId,
        meeting: MeetingId,
        person: PersonId,
    },
    /// A manager who took one off books a new one unasked.
    OwnAccord(PromiseId),
    /// The report reads an offer.
    Pick(PromiseId),
    /// The owner taps on a proposal.
    Tap {
        threat: Box<Threat>,
        measures: Vec<Measure>,
    },
    /// The guard looks again.
    Look(PromiseId),
    /// The 1:1 begins as it stands.
    Begins(PromiseId),
    /// The report says that it did not take place.
    Says(PromiseId),
    /// It is judged.
    Due(PromiseId),
}

/// Everything that is to come.
#[derive(Debug, Default)]
pub(crate) struct Agenda {
    heap: BinaryHeap<Reverse<(Instant, u64)>>,
    events: std::collections::HashMap<u64, Event>,
    count: u64,
}

impl Agenda {
    /// Something is to happen; what comes first at one moment was put in first.
    pub(crate) fn put(&mut self, at: Instant, event: Event) {
        self.count += 1;
        self.heap.push(Reverse((at, self.count)));
        self.events.insert(self.count, event);
    }

    /// What happens next.
    pub(crate) fn next(&mut self) -> Option<(Instant, Event)> {
        let Reverse((at, key)) = self.heap.pop()?;
        self.events.remove(&key).map(|event| (at, event))
    }
}
