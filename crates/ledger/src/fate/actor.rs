//! Who made a change, and how sure the source makes us.

use super::counters::Asked;
use crate::{
    case::{Actor, ActorEvidence, Who},
    people::{Directory, Kind, PersonId},
    rules::attribution::UNSEEN_MINUTES,
};
use steadfast_calendar::{Event, PartStat};

/// Below this nobody is named.
const NAMES_FROM: f64 = 0.75;
/// A SEQUENCE bump: only the organiser's side raises it (RFC 5546 §2.1.4).
const SEQUENCE_CONFIDENCE: f64 = 0.9;
/// A refusal or a counter-proposal (RFC 5546 §3.2.7), followed within a day by the organiser's update.
const MESSAGE_CONFIDENCE: f64 = 0.9;
/// Whose calendar lost it first.
const ORDER_CONFIDENCE: f64 = 0.7;
/// The two people and what they are to each other.
pub(super) struct Parties<'a> {
    pub people: [PersonId; 2],
    pub manager: Option<PersonId>,
    pub directory: &'a Directory,
}

impl Parties<'_> {
    /// One of the two (or their delegate) as actor. With the direction unknown nobody is named.
    pub(super) fn named(
        &self,
        person: PersonId,
        evidence: ActorEvidence,
        confidence: f64,
    ) -> Actor {
        let who = self.role(person);
        let certain = who != Who::Unknown && confidence >= NAMES_FROM;
        Actor {
            who: if certain { who } else { Who::Unknown },
            evidence,
            confidence,
        }
    }

    fn role(&self, person: PersonId) -> Who {
        let Some(manager) = self.manager else {
            return Who::Unknown;
        };
        let known = self.directory.person(person);
        if person == manager {
            Who::Manager
        } else if self.people.contains(&person) {
            Who::Report
        } else if known.acts_for().contains(&manager) {
            Who::Delegate
        } else if known.kind == Kind::Bot {
            Who::Automation
        } else {
            Who::Unknown
        }
    }

    /// The organiser's side of `event`: the one SENT-BY names, else the organiser.
    fn organizers_side(&self, event: &Event) -> Option<Who> {
        let organizer = event.organizer.as_ref()?;
        let owner = self.directory.find(&organizer.address)?;
        let sender = organizer
            .sent_by
            .as_ref()
            .filter(|sender| **sender != organizer.address);
        let Some(sender) = sender else {
            return Some(self.role(owner));
        };
        match self.directory.find(sender).map(|id| (id, self.role(id))) {
            Some((_, who @ (Who::Manager | Who::Report | Who::Automation))) => Some(who),
            // Whoever sends for the manager acts for the manager.
            _ if Some(owner) == self.manager => Some(Who::Delegate),
            _ => Some(self.role(owner)),
        }
    }
}

/// What is known around one change.
pub(super) struct Evidence<'a> {
    /// The event that decides from now on.
    pub now: Option<&'a Event>,
    /// The event that decided until then.
    pub before: Option<&'a Event>,
    /// One of the two had declined.
    pub refused: Option<Asked>,
    /// One of the two had proposed another time.
    pub asked: Option<Asked>,
    /// The looks before and after the change lie at most a day apart.
    pub seen_within_a_day: bool,
    /// For how many seconds before the change nobody had looked, at most; `None`: it was changed before it was first seen, as
    /// all that a single export tells of.
    pub unseen: Option<i64>,
}

/// Who made a change.
pub(super) fn actor(parties: &Parties<'_>, evidence: &Evidence<'_>) -> Actor {
    let Some(now) = evidence.now else {
        return Actor {
            who: Who::Unknown,
            evidence: ActorEvidence::CalendarOrder,
            confidence: ORDER_CONFIDENCE,
        };
    };
    let updates = evidence
        .before
        .map_or(0, |before| now.sequence.saturating_sub(before.sequence));
    // Of two updates seen as one, the other may have been anybody's.
    let by_message = |person: PersonId| {
        if updates <= 1 {
            parties.named(person, ActorEvidence::SchedulingMessage, MESSAGE_CONFIDENCE)
        } else {
            Actor::UNKNOWN
        }
    };
    if let Some(Asked::By(person)) = evidence.refused {
        return by_message(person);
    }
    if let Some(Asked::By(person)) = evidence.asked {
        return by_message(person);
    }
    if let Some(person) = refused_meanwhile(parties, now, evidence.before) {
        // The refusal and the update were seen together: one led to the other only if they lie close.
        return if evidence.seen_within_a_day {
            by_message(person)
        } else {
            Actor::UNKNOWN
        };
    }
    let perhaps = [evidence.refused, evidence.asked].contains(&Some(Asked::Perhaps));
    if perhaps || updates == 0 {
        return Actor::UNKNOWN;
    }
    match parties.organizers_side(now) {
        Some(who) if is_told(who, evidence.unseen) => Actor {
            who,
            evidence: ActorEvidence::OrganizerOnly,
            confidence: SEQUENCE_CONFIDENCE,
        },
        _ => Actor::UNKNOWN,
    }
}

/// Whether an update of which only a raised SEQUENCE tells is told as the doing of `who`. The other may have said no before,
/// and of that nothing is left: a new time asks everybody again (RFC 5546 §3.2.2.1). A report who organises moves what the
/// manager refused, so that they are named only where no refusal could be missed.
fn is_told(who: Who, unseen: Option<i64>) -> bool {
    who != Who::Report || unseen.is_some_and(|seconds| seconds <= UNSEEN_MINUTES * 60)
}

/// Somebody other than the organiser who declined the very event that was changed, and had not before.
fn refused_meanwhile(
    parties: &Parties<'_>,
    now: &Event,
    before: Option<&Event>,
) -> Option<PersonId> {
    let organizer = now.organizer.as_ref().map(|o| &o.address);
    let declined = |event: &Event, address: &str| {
        event
            .attendees
            .iter()
            .any(|a| *a.address == *address && a.answer == PartStat::Declined)
    };
    now.attendees
        .iter()
        .filter(|a| a.answer == PartStat::Declined && Some(&a.address) != organizer)
        .filter(|a| before.is_none_or(|before| !declined(before, &a.address)))
        .filter_map(|a| parties.directory.find(&a.address))
        .find(|id| parties.people.contains(id))
}
