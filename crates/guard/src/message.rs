//! What people are told: at most one message per event and person, not at night, and with what can be done by one tap.

use crate::ids::{OneOnOneId, PersonId, PromiseId};
use crate::threats::{Evidence, Kind, Threat};
use crate::world::World;
use steadfast_calendar::{Instant, Slot};

/// What somebody is told.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Message {
    /// Whom.
    pub to: PersonId,
    /// What it is about: the same event is told to the same person once.
    pub event: Event,
    /// The text, without names: the channel puts them in.
    pub text: String,
    /// What can be done by one tap, first the best.
    pub taps: Vec<Tap>,
    /// Not sent before; a page may show it at once.
    pub not_before: Instant,
}

/// What a message is about.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Event {
    /// The 1:1.
    pub one_on_one: OneOnOneId,
    /// The promise.
    pub promise: Option<PromiseId>,
    /// What happened.
    pub seen: Evidence,
    /// What was said of it: an offer and its end are two events.
    pub said: Said,
}

/// What was said of an event.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Said {
    /// That it happened.
    Happened,
    /// Where it is to be now.
    NewPlace,
}

/// One tap.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Tap {
    /// Keep the 1:1; the other meeting moves or is answered.
    KeepAndMoveOther,
    /// Make it good at one of these.
    MakeGood(Vec<Slot>),
    /// Give the reason, for the report to read.
    GiveReason,
    /// Both agreed.
    BothAgreed,
    /// The report picks one of these, or none.
    Pick(Vec<Slot>),
}

impl Event {
    /// The event of a threat. A conflict is told once per version of the meeting that makes it, whatever else it does.
    pub fn of(threat: &Threat, said: Said) -> Self {
        Self {
            one_on_one: threat.one_on_one,
            promise: threat.promise,
            seen: Self::seen(threat.kind, threat.evidence),
            said,
        }
    }

    /// What of the evidence of a threat makes it another event.
    pub fn seen(kind: Kind, evidence: Evidence) -> Evidence {
        let mut seen = evidence;
        seen.answer = None;
        if !matches!(kind, Kind::Overlap | Kind::RunsInto) {
            // Told by the change of the promise itself: moved, cut and out of hours at once is one event.
            (seen.meeting, seen.version) = (None, 0);
        }
        seen
    }
}

/// A message to somebody, after their quiet hours.
pub fn message(
    world: &World,
    to: PersonId,
    event: Event,
    (text, taps): (String, Vec<Tap>),
    now: Instant,
) -> Message {
    let not_before = world
        .person(to)
        .map_or(now, |person| person.quiet.after(now, &person.zone));
    Message {
        to,
        event,
        text,
        taps,
        not_before,
    }
}
