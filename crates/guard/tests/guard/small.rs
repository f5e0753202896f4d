//! Maya, her manager Petra, Maya's reports Ben and Ana, and Otto outside. 2 March 2026 is a Monday; all clocks are UTC.

use jiff::civil::date;
use jiff::tz::TimeZone;
use steadfast_calendar::{Instant, Slot};
use steadfast_guard::decide::{Decision, Guard};
use steadfast_guard::ids::{MeetingId, OneOnOneId, PersonId, PromiseId};
use steadfast_guard::intent::Intent;
use steadfast_guard::own::{Own, Text};
use steadfast_guard::policy::{Level, Policies};
use steadfast_guard::world::World;
use steadfast_guard::world::meeting::Meeting;
use steadfast_guard::world::one_on_one::{OneOnOne, Promise};
use steadfast_guard::world::person::Person;
use steadfast_ledger::occurrence::Class;

pub(crate) const PETRA: PersonId = PersonId(1);
pub(crate) const MAYA: PersonId = PersonId(2);
pub(crate) const BEN: PersonId = PersonId(3);
pub(crate) const ANA: PersonId = PersonId(4);
pub(crate) const OTTO: PersonId = PersonId(5);
pub(crate) const ONE: OneOnOneId = OneOnOneId(1);
/// Tuesday the third at 10:00, and a week later.
pub(crate) const FIRST: PromiseId = PromiseId(1);
pub(crate) const SECOND: PromiseId = PromiseId(2);
pub(crate) const THE_FIRST: MeetingId = MeetingId(1);

/// A moment in March 2026.
pub(crate) fn at(day: i8, hour: i8, minute: i8) -> Instant {
    let civil = date(2026, 3, day).at(hour, minute, 0, 0);
    civil.to_zoned(TimeZone::UTC).unwrap().timestamp().into()
}

pub(crate) fn slot(day: i8, hour: i8, minute: i8, minutes: i64) -> Slot {
    let start = at(day, hour, minute);
    Slot::new(start, start.plus_minutes(minutes))
}

pub(crate) struct Small {
    pub(crate) world: World,
    pub(crate) own: Own,
    pub(crate) policies: Policies,
    pub(crate) now: Instant,
    next: u32,
}

impl Small {
    /// Monday at nine: everybody has joined, everybody has been written to, and Maya's policy is to defend.
    pub(crate) fn defended() -> Self {
        let mut small = Self::advised();
        small.policies.organisation.level = Level::Defend;
        for person in [PETRA, BEN, ANA, OTTO] {
            for text in Text::ALL {
                small.own.previewed(MAYA, person, text);
            }
        }
        small
    }

    /// The same with what a new 1:1 has.
    pub(crate) fn advised() -> Self {
        let mut world = World::default();
        for (id, manager) in [
            (PETRA, None),
            (MAYA, Some(PETRA)),
            (BEN, Some(MAYA)),
            (ANA, Some(MAYA)),
            (OTTO, None),
        ] {
            let person = Person {
                hours_said: true,
                calendar_seen: true,
                manager,
                inside: id != OTTO,
                joined: id != OTTO,
                ..Person::unknown(TimeZone::UTC)
            };
            world.put_person(id, person);
        }
        world.put_one_on_one(OneOnOne {
            id: ONE,
            manager: MAYA,
            report: BEN,
            cadence_days: 7,
            minutes: 30,
            since: at(1, 0, 0),
            ended: false,
            has_met: true,
            has_series: true,
            recent: vec![false; 4],
        });
        for (promise, meeting, day) in [(FIRST, THE_FIRST, 3), (SECOND, MeetingId(2), 10)] {
            let promised = slot(day, 10, 0, 30);
            world.put_promise(Promise {
                id: promise,
                one_on_one: ONE,
                promised,
                next: Some(at(day + 7, 10, 0)),
                previous: (day > 3).then(|| at(day - 7, 10, 0)),
                stands: Some(meeting),
                replaced_by: None,
                series_gone: false,
                changes: Vec::new(),
                reason: None,
                not_held: None,
                wished: false,
                agreed: false,
            });
            let one = Meeting {
                id: meeting,
                part_of: Some(promise),
                ..meeting_of(promised, MAYA, Class::OneOnOne, &[MAYA, BEN])
            };
            world.put_meeting(one);
        }
        Self {
            world,
            own: Own::default(),
            policies: Policies::default(),
            now: at(2, 9, 0),
            next: 100,
        }
    }

    pub(crate) fn guard(&self) -> Guard<'_> {
        Guard {
            world: &self.world,
            own: &self.own,
            policies: &self.policies,
            serves: None,
            now: self.now,
        }
    }

    pub(crate) fn decide(&self) -> Decision {
        self.guard().decide(&[FIRST])
    }

    /// Puts a meeting on the calendars, as somebody's change of this very moment.
    pub(crate) fn put(&mut self, meeting: Meeting) -> MeetingId {
        self.next += 1;
        let id = MeetingId(self.next);
        self.world.put_meeting(Meeting {
            id,
            changed_at: self.now,
            ..meeting
        });
        id
    }

    /// Executes what was decided, each only if the world is still that world, and remembers it.
    pub(crate) fn execute(&mut self, intents: &[Intent]) {
        for intent in intents {
            self.next += 1;
            let id = MeetingId(self.next);
            if let Ok(made) = self.world.apply(intent, id, self.now) {
                let today = self.now.date(&TimeZone::UTC);
                self.own.done(intent, made, self.now, today);
            }
        }
    }

    /// Decides, remembers what was proposed, and executes.
    pub(crate) fn round(&mut self) -> Decision {
        let decision = self.decide();
        for proposal in &decision.proposals {
            let event = steadfast_guard::message::Event::of(
                &proposal.threat,
                steadfast_guard::message::Said::Happened,
            );
            self.own.proposed(proposal.threat.on, event);
        }
        self.execute(&decision.intents);
        decision
    }
}

impl Small {
    /// Puts a meeting of this class, of Ana and Maya, over the first promised 1:1.
    pub(crate) fn put_over_the_first(&mut self, organiser: PersonId, class: Class) -> MeetingId {
        self.put(meeting_of(
            slot(3, 10, 0, 60),
            organiser,
            class,
            &[MAYA, ANA],
        ))
    }
}

/// A meeting that was made long ago and accepted by all.
pub(crate) fn meeting_of(
    slot: Slot,
    organiser: PersonId,
    class: Class,
    people: &[PersonId],
) -> Meeting {
    Meeting::made(MeetingId(0), slot, organiser, class, people, at(1, 9, 0))
}
