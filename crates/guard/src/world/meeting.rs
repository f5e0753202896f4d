//! A meeting as the calendars say.

use crate::ids::{MeetingId, PersonId, PromiseId};
use steadfast_calendar::{Instant, Slot};
use steadfast_ledger::case::Who;
use steadfast_ledger::occurrence::Class;

/// One meeting at one time.
#[derive(Clone, Debug)]
pub struct Meeting {
    /// Its name.
    pub id: MeetingId,
    /// When.
    pub slot: Slot,
    /// Whose it is.
    pub organiser: PersonId,
    /// What sort of meeting it is.
    pub class: Class,
    /// How surely, 0 to 1; 1 where somebody said so.
    pub confidence: f64,
    /// What cannot wait, where its organiser says so; `None`: it is not known.
    pub urgent: Option<Urgent>,
    /// Everybody on it, the organiser too.
    pub guests: Vec<Guest>,
    /// Who else hears of every change to it: who only watches, assistants, lists and programs; rooms hear of nothing.
    pub also: Vec<PersonId>,
    /// Grows by every change; a write names the one it was decided on.
    pub version: u32,
    /// Which promised 1:1 it is, or replaces.
    pub part_of: Option<PromiseId>,
    /// Whose change made it what it is.
    pub changed_by: Who,
    /// When that was.
    pub changed_at: Instant,
    /// A hold is gone by itself from then on.
    pub until: Option<Instant>,
}

/// Somebody on a meeting.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Guest {
    /// Who.
    pub person: PersonId,
    /// Their answer.
    pub answer: Answer,
}

/// An answer to an invitation.
#[derive(Clone, Copy, PartialEq, Eq, Debug, serde::Serialize, serde::Deserialize)]
pub enum Answer {
    /// They come.
    Accepted,
    /// Perhaps.
    Tentative,
    /// Nothing said yet.
    Unanswered,
    /// They do not come.
    Declined,
}

/// What cannot wait.
#[derive(Clone, Copy, PartialEq, Eq, Debug, serde::Serialize, serde::Deserialize)]
pub enum Urgent {
    /// A customer's emergency.
    Customer,
    /// An incident.
    Incident,
    /// An incident with people outside in it: a customer's or a vendor's, so both.
    IncidentWithOutsiders,
}

impl Meeting {
    /// A meeting as it was made: everybody has accepted, nobody has changed it since, it is no 1:1, and its class was said.
    pub fn made(
        id: MeetingId,
        slot: Slot,
        organiser: PersonId,
        class: Class,
        people: &[PersonId],
        at: Instant,
    ) -> Self {
        let accepted = |person: &PersonId| Guest {
            person: *person,
            answer: Answer::Accepted,
        };
        Self {
            id,
            slot,
            organiser,
            class,
            confidence: 1.0,
            urgent: None,
            guests: people.iter().map(accepted).collect(),
            also: Vec::new(),
            version: 1,
            part_of: None,
            changed_by: Who::Unknown,
            changed_at: at,
            until: None,
        }
    }

    /// The answer of somebody; None where they are not on it.
    pub fn answer_of(&self, person: PersonId) -> Option<Answer> {
        let mut guests = self.guests.iter();
        guests
            .find(|guest| guest.person == person)
            .map(|guest| guest.answer)
    }

    /// Whether it takes time of somebody, at `now`.
    pub fn takes_time_of(&self, person: PersonId, now: Instant) -> bool {
        let comes = self
            .answer_of(person)
            .is_some_and(|answer| answer != Answer::Declined);
        comes && self.until.is_none_or(|until| until > now)
    }

    /// Everybody on it who has not declined.
    pub fn people(&self) -> impl Iterator<Item = PersonId> {
        let coming = self
            .guests
            .iter()
            .filter(|guest| guest.answer != Answer::Declined);
        coming.map(|guest| guest.person)
    }

    /// Everybody whom a calendar tells of a change to it, whatever they answered.
    pub fn reached(&self) -> impl Iterator<Item = PersonId> {
        let guests = self.guests.iter().map(|guest| guest.person);
        guests.chain(self.also.iter().copied())
    }

    /// Whether a person made it what it is; a bot or a guard otherwise.
    pub fn is_by_a_person(&self) -> bool {
        matches!(
            self.changed_by,
            Who::Manager | Who::Delegate | Who::Report | Who::Unknown
        )
    }
}

/// The class in words that fit after "a" or "an".
pub fn class_words(class: Class) -> &'static str {
    match class {
        Class::BossOneOnOne => "a 1:1 with your own manager",
        Class::Leadership => "a leadership meeting",
        Class::Customer => "a meeting with people outside",
        Class::Daily => "the daily",
        Class::Status => "a status meeting",
        Class::Team => "a team meeting",
        Class::OneOnOne => "another 1:1",
        Class::Personal => "a personal appointment",
        Class::Leave => "leave",
        Class::Holiday => "a holiday",
        Class::Other | Class::Unknown => "another meeting",
    }
}
