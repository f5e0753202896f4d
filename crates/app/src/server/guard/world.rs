//! What is to come as the guard decides on it: everybody and everything under a number, and the names back.

use super::ahead::{self, Ahead};
use super::between::Between;
use super::holds::Held;
use super::wish::waits;
use std::collections::{BTreeMap, BTreeSet};
use steadfast_calendar::{Instant, Slot};
use steadfast_guard::ids::{MeetingId, OneOnOneId, PersonId, PromiseId};
use steadfast_guard::world::World;
use steadfast_guard::world::meeting::{Guest, Meeting};
use steadfast_guard::world::one_on_one::{Changed, OneOnOne, Promise};
use steadfast_guard::world::person::{Asked, Hours, Person};
use steadfast_guard::world::urgent::urgent;
use steadfast_ledger::case::Who;
use steadfast_ledger::occurrence::Class;

/// The world of one viewer, and what its numbers stand for.
pub(super) struct Named<'a> {
    pub(super) ahead: &'a Ahead,
    pub(super) world: World,
    /// Now.
    now: Instant,
    people: Vec<&'a str>,
    /// Promises that stand where the report picked of what was offered: there both want it, whoever changed it before.
    as_picked: BTreeSet<PromiseId>,
    /// What sort of meeting the viewer says that these are, by UID.
    classes: &'a BTreeMap<String, Class>,
}

impl<'a> Named<'a> {
    /// `joined`: main addresses of those who have an account; `between`: what stands between the two of each 1:1; `classes`: what
    /// sort of meeting the viewer says that these are, by UID.
    pub(super) fn of(
        ahead: &'a Ahead,
        joined: &BTreeSet<String>,
        between: &BTreeMap<String, Between>,
        classes: &'a BTreeMap<String, Class>,
        now: Instant,
    ) -> Self {
        let people: Vec<&str> = ahead.people.keys().map(String::as_str).collect();
        let mut named = Self {
            ahead,
            world: World::default(),
            now,
            people,
            as_picked: as_picked(ahead, between),
            classes,
        };
        for (address, someone) in &ahead.people {
            if let Some(id) = named.person(address) {
                let known = named.known(someone, joined.contains(address));
                named.world.put_person(id, known);
            }
        }
        named.put_meetings();
        named.put_one_on_ones(between);
        named
    }

    /// The number of somebody.
    pub(super) fn person(&self, address: &str) -> Option<PersonId> {
        let place = self.people.binary_search(&address).ok()?;
        u32::try_from(place).ok().map(PersonId)
    }

    /// Whose number it is.
    pub(super) fn address(&self, id: PersonId) -> Option<&'a str> {
        self.people.get(usize::try_from(id.0).ok()?).copied()
    }

    /// Whether it is known when somebody is busy in each of these slots.
    pub(super) fn is_known(&self, id: PersonId, slots: &[Slot]) -> bool {
        self.someone(id).is_some_and(|who| {
            let is_known = |slot: &Slot| who.is_known(*slot, self.now);
            slots.iter().all(is_known) && (!slots.is_empty() || who.is_seen(self.now))
        })
    }

    /// Somebody of that number.
    pub(super) fn someone(&self, id: PersonId) -> Option<&'a ahead::Someone> {
        self.ahead.people.get(self.address(id)?)
    }

    /// The viewer's meeting of that number; `None` for what only takes somebody's time.
    pub(super) fn meeting(&self, id: MeetingId) -> Option<&'a ahead::Meeting> {
        self.ahead.meetings.get(usize::try_from(id.0).ok()?)
    }

    /// The viewer's 1:1 of that number.
    pub(super) fn one_on_one(&self, id: OneOnOneId) -> Option<&'a ahead::OneOnOne> {
        self.ahead.one_on_ones.get(usize::try_from(id.0).ok()?)
    }

    /// The promise of that number.
    pub(super) fn promise(&self, id: PromiseId) -> Option<&'a ahead::Promise> {
        self.ahead.promises.get(usize::try_from(id.0).ok()?)
    }

    /// The number of the promise of a 1:1 that was promised then.
    pub(super) fn promised(&self, pair: &str, start: Instant) -> Option<PromiseId> {
        let mut promises = self.ahead.promises.iter();
        let place = promises.position(|one| one.pair == pair && one.promised.start == start)?;
        u32::try_from(place).ok().map(PromiseId)
    }

    /// The number of a meeting of the viewer's.
    pub(super) fn meeting_named(&self, uid: &str, id: Instant) -> Option<MeetingId> {
        let mut meetings = self.ahead.meetings.iter();
        let place = meetings.position(|one| one.uid == uid && one.id == id)?;
        u32::try_from(place).ok().map(MeetingId)
    }

    /// The number of a 1:1 of the viewer's.
    pub(super) fn number_of(&self, pair: &str) -> Option<OneOnOneId> {
        let mut ones = self.ahead.one_on_ones.iter();
        let place = ones.position(|one| one.pair == pair)?;
        u32::try_from(place).ok().map(OneOnOneId)
    }

    /// Every promise.
    pub(super) fn promises(&self) -> Vec<PromiseId> {
        let count = u32::try_from(self.ahead.promises.len()).unwrap_or(0);
        (0..count).map(PromiseId).collect()
    }

    fn known(&self, someone: &ahead::Someone, joined: bool) -> Person {
        let manager = someone.manager.as_deref();
        let said = someone.hours.map(Hours);
        Person {
            hours_said: said.is_some(),
            hours: said.unwrap_or_default(),
            manager: manager.and_then(|manager| self.person(manager)),
            inside: someone.is_inside,
            joined,
            calendar_seen: someone.is_seen(self.now),
            asked: someone.asked.as_ref().map(|told| Asked {
                span: told.span,
                busy: told.slots.clone(),
            }),
            focus: someone.focus.clone(),
            leave: someone.leave.clone(),
            ..Person::unknown(someone.zone.clone())
        }
    }

    fn put_meetings(&mut self) {
        let part_of = self.parts();
        for (index, meeting) in (0_u32..).zip(&self.ahead.meetings) {
            let held = self.held(meeting);
            let guests = meeting.guests.iter().filter_map(|(who, answer)| {
                Some(Guest {
                    person: self.person(who)?,
                    answer: *answer,
                })
            });
            let Some(organiser) = self.person(&meeting.organiser) else {
                continue;
            };
            let also = meeting.also.iter().filter_map(|who| self.person(who));
            let (class, confidence) = self.class_of(meeting);
            let mut put = Meeting {
                guests: guests.collect(),
                also: also.collect(),
                confidence,
                version: meeting.changes,
                part_of: part_of.get(&index).copied().or(held),
                until: held.map(|_| meeting.slot.start),
                changed_by: self.changed_by(part_of.get(&index)),
                ..Meeting::made(
                    MeetingId(index),
                    meeting.slot,
                    organiser,
                    class,
                    &[],
                    meeting.changed,
                )
            };
            // People outside are in it whatever sort of meeting it is said to be.
            let is_of_customers = class == Class::Customer || self.world.has_outsiders(&put);
            put.urgent = urgent(&meeting.title, meeting.is_first_priority, is_of_customers);
            self.world.put_meeting(put);
        }
        self.put_busy();
    }

    /// Whose change made a 1:1 what it is, as far as its promise tells.
    fn changed_by(&self, promise: Option<&PromiseId>) -> Who {
        if promise.is_some_and(|id| self.as_picked.contains(id)) {
            return Who::Plan;
        }
        let promise = promise.and_then(|id| self.promise(*id));
        let change = promise.and_then(|promise| promise.change.as_ref());
        change.map_or(Who::Unknown, |change| change.by)
    }

    /// What sort of meeting it is, and how surely, 0 to 1: what its owner said is certain.
    pub(super) fn class_of(&self, meeting: &ahead::Meeting) -> (Class, f64) {
        match self.said_of(meeting) {
            Some(class) => (class, 1.0),
            None => (meeting.class, meeting.confidence),
        }
    }

    /// What sort of meeting its owner says that it is.
    pub(super) fn said_of(&self, meeting: &ahead::Meeting) -> Option<Class> {
        let said = self.classes.get(&meeting.uid).copied();
        said.filter(|_| !meeting.is_one_on_one())
    }

    /// The promise for which a meeting is a hold of ours.
    pub(super) fn held(&self, meeting: &ahead::Meeting) -> Option<PromiseId> {
        let held = Held::of(meeting, self.ahead.me.first()?)?;
        self.promised(&held.pair, Instant::from_seconds(held.promised))
    }

    /// Every hold of ours, with the promise it is for.
    pub(super) fn holds(&self) -> impl Iterator<Item = (&'a ahead::Meeting, PromiseId)> {
        let all = self.ahead.meetings.iter();
        all.filter_map(|meeting| Some((meeting, self.held(meeting)?)))
    }

    /// What takes other people's time, whatever it is: nothing is decided about it but that they are not free.
    fn put_busy(&mut self) {
        let mut next = u32::try_from(self.ahead.meetings.len()).unwrap_or(u32::MAX);
        let epoch = Instant::from_seconds(0);
        for (address, someone) in &self.ahead.people {
            let Some(person) = self.person(address) else {
                continue;
            };
            for slot in &someone.busy {
                let taken = Meeting {
                    confidence: 0.0,
                    ..Meeting::made(
                        MeetingId(next),
                        *slot,
                        person,
                        Class::Unknown,
                        &[person],
                        epoch,
                    )
                };
                self.world.put_meeting(taken);
                next = next.saturating_add(1);
            }
        }
    }

    /// Promises by the meetings that they are, or that replace them.
    fn parts(&self) -> BTreeMap<u32, PromiseId> {
        let mut parts = BTreeMap::new();
        for (index, promise) in (0_u32..).zip(&self.ahead.promises) {
            for meeting in [promise.stands, promise.replaced_by].into_iter().flatten() {
                parts.extend(u32::try_from(meeting).map(|meeting| (meeting, PromiseId(index))));
            }
        }
        parts
    }

    fn put_one_on_ones(&mut self, between: &BTreeMap<String, Between>) {
        let mut numbers = BTreeMap::new();
        for (index, one) in (0_u32..).zip(&self.ahead.one_on_ones) {
            let two = self.person(&one.manager).zip(self.person(&one.report));
            let Some((manager, report)) = two else {
                continue;
            };
            numbers.insert(one.pair.as_str(), OneOnOneId(index));
            self.world.put_one_on_one(OneOnOne {
                id: OneOnOneId(index),
                manager,
                report,
                cadence_days: one.cadence_days,
                minutes: one.minutes,
                since: one.since.unwrap_or(Instant::from_seconds(0)),
                ended: false,
                has_met: one.has_met,
                has_series: one.goes_on,
                recent: one.recent.clone(),
            });
        }
        let meeting = |index: Option<usize>| {
            let index = index.and_then(|index| u32::try_from(index).ok());
            index.map(MeetingId)
        };
        for (index, promise) in (0_u32..).zip(&self.ahead.promises) {
            let Some(one) = numbers.get(promise.pair.as_str()) else {
                continue;
            };
            let stands = meeting(promise.stands);
            let about = between.get(&promise.pair);
            let about = about.and_then(|all| all.get(&promise.promised.start.seconds()));
            self.world.put_promise(Promise {
                id: PromiseId(index),
                one_on_one: *one,
                promised: promise.promised,
                next: promise.next,
                previous: promise.previous,
                stands,
                replaced_by: meeting(promise.replaced_by),
                series_gone: promise.series_gone,
                changes: changes(promise, self.as_picked.contains(&PromiseId(index))),
                reason: about.and_then(|about| about.reason.clone()),
                not_held: stands.filter(|_| promise.not_held),
                wished: about.is_some_and(|about| {
                    waits(self.ahead, (&promise.pair, promise.promised.start), about)
                }),
                agreed: promise.agreed,
            });
        }
    }
}

/// Promises that stand where the report picked.
fn as_picked(ahead: &Ahead, between: &BTreeMap<String, Between>) -> BTreeSet<PromiseId> {
    let numbered = (0_u32..).zip(&ahead.promises);
    let is_as_picked = |promise: &ahead::Promise| {
        let about = between
            .get(&promise.pair)?
            .get(&promise.promised.start.seconds())?;
        let picked = about.offer.as_ref()?.answer.flatten()?;
        let stands = ahead
            .meetings
            .get(promise.replaced_by.or(promise.stands)?)?;
        (stands.slot.start == picked.start).then_some(())
    };
    let as_picked = numbered.filter(|(_, promise)| is_as_picked(promise).is_some());
    as_picked.map(|(index, _)| PromiseId(index)).collect()
}

/// The ledger tells of the change that decided, and how many there were; the last one was both's where it stands as picked.
fn changes(promise: &ahead::Promise, as_picked: bool) -> Vec<Changed> {
    let Some(change) = &promise.change else {
        return Vec::new();
    };
    let one = Changed {
        // Of one whose moment is not known it is not said that it came late.
        at: change.at.unwrap_or(Instant::from_seconds(0)),
        by: change.by,
        from: promise.promised,
        to: change.to,
    };
    let count = usize::try_from(change.hops).unwrap_or(1).min(MOST_CHANGES);
    let mut all = vec![one; count.max(1)];
    if let Some(last) = all.last_mut().filter(|_| as_picked) {
        last.by = Who::Plan;
    }
    all
}

/// More changes of one promise than this read the same.
const MOST_CHANGES: usize = 20;
