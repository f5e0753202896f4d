//! Reads every write of the guard against the calendars and the bounds, by its own plain arithmetic: it asks nothing of
//! the guard's permits and nothing of its free and busy times.

use crate::config::Mode;
use std::collections::HashMap;
use steadfast_calendar::{Instant, Slot};
use steadfast_guard::ids::{MeetingId, PersonId};
use steadfast_guard::intent::{Intent, What};
use steadfast_guard::policy::How;
use steadfast_guard::world::World;
use steadfast_guard::world::meeting::{Answer, Meeting};
use steadfast_ledger::occurrence::Class;

/// What was found.
#[derive(Clone, Debug, Default)]
pub struct Auditor {
    calendars: HashMap<PersonId, Vec<MeetingId>>,
    a_day: HashMap<(PersonId, jiff::civil::Date), u32>,
    /// Writes that put somebody where they already were to be.
    pub double_bookings: u32,
    /// Writes and messages that no bound allows.
    pub outside_policy: u32,
    /// Writes in all.
    pub writes: u32,
    /// Other meetings that moved by our hand.
    pub others_moved: u32,
    /// Invitations that were declined.
    pub declined: u32,
}

impl Auditor {
    /// A meeting is on these calendars from now on.
    pub fn on_calendar(&mut self, meeting: &Meeting) {
        for guest in &meeting.guests {
            self.calendars
                .entry(guest.person)
                .or_default()
                .push(meeting.id);
        }
    }

    /// Reads an intent just before it is executed.
    pub fn read(&mut self, world: &World, intent: &Intent, mode: Mode, now: Instant) {
        if matches!(intent.what, What::Message(_)) {
            self.outside_policy += u32::from(!self.message_is_allowed(world, intent, mode));
            return;
        }
        self.writes += 1;
        let on = intent.on.and_then(|(id, _)| world.meeting(id));
        if let (What::Move { .. }, Some(on)) = (&intent.what, on) {
            self.others_moved += u32::from(on.part_of.is_none());
        }
        self.declined += u32::from(matches!(
            intent.what,
            What::Answer {
                answer: Answer::Declined,
                ..
            }
        ));
        let to = match &intent.what {
            What::Move { to, .. } | What::Restore { to, .. } => {
                on.map(|on| (*to, on.people().collect::<Vec<_>>()))
            }
            What::Book { people, slot } => Some((*slot, people.to_vec())),
            What::Hold { person, slot, .. } => Some((*slot, vec![*person])),
            _ => None,
        };
        if let Some((slot, people)) = &to {
            let itself = intent.on.map(|(id, _)| id);
            let doubled = |person: &PersonId| self.is_taken(world, *person, *slot, itself, now);
            self.double_bookings += u32::from(people.iter().any(doubled));
        }
        let allowed =
            self.write_is_allowed(world, intent, on, to.map(|(slot, _)| slot), (mode, now));
        self.outside_policy += u32::from(!allowed);
    }

    fn is_taken(
        &self,
        world: &World,
        person: PersonId,
        slot: Slot,
        itself: Option<MeetingId>,
        now: Instant,
    ) -> bool {
        let theirs = self.calendars.get(&person).into_iter().flatten();
        theirs.filter(|id| Some(**id) != itself).any(|id| {
            world.meeting(*id).is_some_and(|meeting| {
                let there = meeting.slot.start < slot.end && slot.start < meeting.slot.end;
                let comes = meeting
                    .guests
                    .iter()
                    .any(|guest| guest.person == person && guest.answer != Answer::Declined);
                there && comes && meeting.until.is_none_or(|until| until > now)
            })
        })
    }

    /// The default bounds, as they are written down in the documentation.
    fn write_is_allowed(
        &mut self,
        world: &World,
        intent: &Intent,
        on: Option<&Meeting>,
        to: Option<Slot>,
        (mode, now): (Mode, Instant),
    ) -> bool {
        if mode == Mode::Without {
            return false;
        }
        if intent.how == How::ByOwner {
            return true;
        }
        let Some(owner) = world.person(intent.owner) else {
            return false;
        };
        let today = self
            .a_day
            .entry((intent.owner, now.date(&owner.zone)))
            .or_default();
        let counts = !matches!(intent.what, What::Hold { .. } | What::Cancel { .. });
        *today += u32::from(counts);
        let soon = now.plus_minutes(120);
        let moves = !matches!(
            intent.what,
            What::Answer { .. } | What::Cancel { .. } | What::Hold { .. }
        );
        let from = on.filter(|_| moves).map(|on| on.slot.start);
        let to = to.filter(|_| moves).map(|to| to.start);
        let known = |meeting: &Meeting| {
            let ours = meeting.class == Class::OneOnOne || meeting.part_of.is_some();
            // Whether people outside can wait is not known, and what cannot may win.
            ours || (meeting.confidence >= 0.9
                && meeting.class != Class::Customer
                && meeting.organiser != crate::organisation::OUTSIDER)
        };
        let heard: Vec<PersonId> = match &intent.what {
            What::Answer { .. } => on.map(|on| on.organiser).into_iter().collect(),
            What::Book { people, .. } => people.to_vec(),
            _ => on.map_or_else(Vec::new, |on| {
                on.guests.iter().map(|guest| guest.person).collect()
            }),
        };
        mode == Mode::Defend
            && *today <= 6
            && from.is_none_or(|from| from >= soon)
            && to.is_none_or(|to| to >= soon)
            && on.is_none_or(known)
            && heard
                .iter()
                .all(|person| *person == intent.owner || may_hear(world, intent.owner, *person))
    }

    fn message_is_allowed(&self, world: &World, intent: &Intent, mode: Mode) -> bool {
        let What::Message(message) = &intent.what else {
            return true;
        };
        let by_owner = intent.how == How::ByOwner || message.to == intent.owner;
        mode != Mode::Without
            && (by_owner || (mode == Mode::Defend && may_hear(world, intent.owner, message.to)))
    }
}

/// Inside, joined, and not above the owner.
fn may_hear(world: &World, owner: PersonId, person: PersonId) -> bool {
    let mut above = crate::organisation::manager_of(owner);
    while let Some(here) = above {
        if here == person {
            return false;
        }
        above = crate::organisation::manager_of(here);
    }
    world
        .person(person)
        .is_some_and(|known| known.inside && known.joined)
}
