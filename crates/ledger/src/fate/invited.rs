//! Whether both of the two are in an event: whom the organiser takes off it, it is no 1:1 of any more.

use crate::{
    pairs::handed::is_of_others,
    people::{Directory, PersonId},
};
use steadfast_calendar::{Event, Series};

/// The two, and whom of them one copy of a series has named up to now.
pub(super) struct Invited<'a> {
    /// The two.
    pub people: [PersonId; 2],
    /// Who is who.
    pub directory: &'a Directory,
    /// Whose calendar the copy is in: they take part, listed or not.
    owner: Option<PersonId>,
    /// Whom of the two it has named. Somebody who came later may be somebody from before, under another address.
    named: [bool; 2],
}

impl<'a> Invited<'a> {
    /// Nobody is named yet in the copy that `owner` has.
    pub(super) const fn new(
        people: [PersonId; 2],
        owner: Option<PersonId>,
        directory: &'a Directory,
    ) -> Self {
        Self {
            people,
            directory,
            owner,
            named: [false; 2],
        }
    }

    /// Remembers whom `series` names, master and overrides.
    pub(super) fn see(&mut self, series: &Series) {
        for event in series.master.iter().chain(&series.overrides) {
            if self.named == [true; 2] {
                return;
            }
            let [a, b] = self.named_in(event);
            self.named = [self.named[0] || a, self.named[1] || b];
        }
    }

    /// Whether `event` leaves out one of the two who was named before, or elsewhere in the series. One that names no attendee at
    /// all does not say who is invited.
    pub(super) fn left_out_of(&self, event: &Event) -> bool {
        if event.attendees.is_empty() || self.named == [false; 2] {
            return false;
        }
        let here = self.named_in(event);
        let mut both = self.people.into_iter().zip(self.named).zip(here);
        both.any(|((person, named), here)| named && !here && !self.is_there(person, event))
    }

    /// Whether `event` is with somebody else: it was handed on, or not yet.
    pub(super) fn is_of_others(&self, event: &Event) -> bool {
        // Whoever is in the only event of a series is in all of it.
        self.named != [false; 2]
            && self.named_in(event) != [true; 2]
            && is_of_others(event, self.people, self.owner, self.directory)
    }

    /// Whether somebody in `event` may be `person` under another address: they go by the same name.
    fn is_there(&self, person: PersonId, event: &Event) -> bool {
        let name = self.directory.display_name(person);
        let known = event.attendees.iter();
        let mut known = known.filter_map(|a| self.directory.find(&a.address));
        known.any(|other| self.directory.display_name(other) == name)
    }

    fn named_in(&self, event: &Event) -> [bool; 2] {
        let [a, b] = self.people;
        let mut here = self.people.map(|person| Some(person) == self.owner);
        let organizer = event.organizer.iter().map(|o| &o.address);
        for address in organizer.chain(event.attendees.iter().map(|a| &a.address)) {
            if here == [true; 2] {
                break;
            }
            let person = self.directory.find(address);
            here = [here[0] || person == Some(a), here[1] || person == Some(b)];
        }
        here
    }
}
