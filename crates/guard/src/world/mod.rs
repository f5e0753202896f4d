//! The world as the guard sees it: how the calendars stand and what was observed, at one moment. Everything is found by
//! person and time, so that a decision touches the people it is about and nobody else.

mod apply;
pub mod free;
pub mod meeting;
pub mod one_on_one;
pub mod person;
pub mod sure;
pub mod urgent;

use crate::ids::{MeetingId, OneOnOneId, PersonId, PromiseId};
use meeting::Meeting;
use one_on_one::{OneOnOne, Promise};
use person::Person;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use steadfast_calendar::{Instant, Slot};

/// No meeting that is looked for is longer; what is longer is leave.
const LONGEST_MINUTES: i64 = 24 * 60;

/// How the calendars stand.
#[derive(Clone, Debug, Default)]
pub struct World {
    people: HashMap<PersonId, Person>,
    meetings: HashMap<MeetingId, Meeting>,
    of_person: HashMap<PersonId, BTreeSet<(Instant, MeetingId)>>,
    one_on_ones: BTreeMap<OneOnOneId, OneOnOne>,
    ones_of_person: HashMap<PersonId, Vec<OneOnOneId>>,
    promises: BTreeMap<PromiseId, Promise>,
    promises_of: HashMap<OneOnOneId, BTreeSet<(Instant, PromiseId)>>,
}

impl World {
    /// Adds somebody, or says how they are now.
    pub fn put_person(&mut self, id: PersonId, person: Person) {
        self.people.insert(id, person);
    }

    /// Adds a meeting, or says how it is now.
    pub fn put_meeting(&mut self, meeting: Meeting) {
        self.remove_meeting(meeting.id);
        for guest in &meeting.guests {
            let theirs = self.of_person.entry(guest.person).or_default();
            theirs.insert((meeting.slot.start, meeting.id));
        }
        self.meetings.insert(meeting.id, meeting);
    }

    /// Takes a meeting off every calendar.
    pub fn remove_meeting(&mut self, id: MeetingId) -> Option<Meeting> {
        let gone = self.meetings.remove(&id)?;
        for guest in &gone.guests {
            if let Some(theirs) = self.of_person.get_mut(&guest.person) {
                theirs.remove(&(gone.slot.start, id));
            }
        }
        Some(gone)
    }

    /// Adds a standing 1:1, or says how it is now.
    pub fn put_one_on_one(&mut self, one: OneOnOne) {
        for person in [one.manager, one.report] {
            let theirs = self.ones_of_person.entry(person).or_default();
            if !theirs.contains(&one.id) {
                theirs.push(one.id);
            }
        }
        self.one_on_ones.insert(one.id, one);
    }

    /// Says that a 1:1 has a series by now.
    pub(crate) fn has_a_series(&mut self, id: OneOnOneId) {
        if let Some(one) = self.one_on_ones.get_mut(&id) {
            one.has_series = true;
        }
    }

    /// Adds a promise, or says how it is now. Its slot stays what it was promised as.
    pub fn put_promise(&mut self, promise: Promise) {
        let of = self.promises_of.entry(promise.one_on_one).or_default();
        of.insert((promise.promised.start, promise.id));
        self.promises.insert(promise.id, promise);
    }

    /// Somebody.
    pub fn person(&self, id: PersonId) -> Option<&Person> {
        self.people.get(&id)
    }

    /// A meeting that stands.
    pub fn meeting(&self, id: MeetingId) -> Option<&Meeting> {
        self.meetings.get(&id)
    }

    /// A standing 1:1.
    pub fn one_on_one(&self, id: OneOnOneId) -> Option<&OneOnOne> {
        self.one_on_ones.get(&id)
    }

    /// Every standing 1:1.
    pub fn one_on_ones(&self) -> impl Iterator<Item = &OneOnOne> {
        self.one_on_ones.values()
    }

    /// A promise.
    pub fn promise(&self, id: PromiseId) -> Option<&Promise> {
        self.promises.get(&id)
    }

    /// A promise, to be told what became of it.
    pub fn promise_mut(&mut self, id: PromiseId) -> Option<&mut Promise> {
        self.promises.get_mut(&id)
    }

    /// The 1:1s of somebody, on either side.
    pub fn ones_of(&self, person: PersonId) -> impl Iterator<Item = &OneOnOne> {
        let ids = self.ones_of_person.get(&person).into_iter().flatten();
        ids.filter_map(|id| self.one_on_ones.get(id))
    }

    /// Promises of a 1:1 that were to begin in `[from, to)`, in order.
    pub fn promises_between(
        &self,
        one: OneOnOneId,
        from: Instant,
        to: Instant,
    ) -> impl Iterator<Item = &Promise> {
        let of = self.promises_of.get(&one);
        let ids = of.into_iter().flat_map(move |of| {
            of.range((from, PromiseId(0))..(to.max(from), PromiseId(0)))
                .map(|(_, id)| id)
        });
        ids.filter_map(|id| self.promises.get(id))
    }

    /// Everything on somebody's calendar that touches `slot`, declined or not, in order.
    pub fn around(&self, person: PersonId, slot: Slot) -> impl Iterator<Item = &Meeting> {
        let from = slot.start.plus_minutes(-LONGEST_MINUTES);
        let theirs = self.of_person.get(&person);
        let ids = theirs.into_iter().flat_map(move |theirs| {
            theirs
                .range((from, MeetingId(0))..(slot.end, MeetingId(0)))
                .map(|(_, id)| id)
        });
        ids.filter_map(|id| self.meetings.get(id))
            .filter(move |meeting| meeting.slot.overlaps(slot))
    }

    /// Whether `above` stands above `person` in the line, directly or not.
    pub fn is_above(&self, above: PersonId, person: PersonId) -> bool {
        /// No line is longer; a circle ends here too.
        const MOST_LEVELS: usize = 40;
        let mut here = person;
        for _ in 0..MOST_LEVELS {
            match self.people.get(&here).and_then(|person| person.manager) {
                Some(manager) if manager == above => return true,
                Some(manager) => here = manager,
                None => return false,
            }
        }
        false
    }

    /// Whether somebody who is not of this organisation, or of whom nothing is known, takes part or organises it.
    pub fn has_outsiders(&self, meeting: &meeting::Meeting) -> bool {
        let guests = meeting.guests.iter().map(|guest| guest.person);
        let mut all = guests.chain([meeting.organiser]);
        all.any(|person| self.person(person).is_none_or(|known| !known.inside))
    }

    /// The promises that a change of this meeting can touch: its own, and those of the 1:1s of everybody on it that lie
    /// near its old or new slot.
    pub fn concerned(&self, meeting: &Meeting, was: Option<Slot>) -> Vec<PromiseId> {
        let mut found = BTreeSet::new();
        found.extend(meeting.part_of);
        for slot in [Some(meeting.slot), was].into_iter().flatten() {
            for guest in &meeting.guests {
                for other in self.around(guest.person, slot) {
                    found.extend(other.part_of);
                }
            }
        }
        found.into_iter().collect()
    }
}
