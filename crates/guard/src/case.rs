//! One promise at one moment: what threats and measures look at.

use crate::ids::{PersonId, PromiseId};
use crate::world::World;
use crate::world::meeting::Meeting;
use crate::world::one_on_one::{OneOnOne, Promise};
use steadfast_calendar::{Instant, Slot};

/// One promise at one moment.
#[derive(Clone, Copy, Debug)]
pub struct Case<'a> {
    /// How the calendars stand.
    pub world: &'a World,
    /// The 1:1.
    pub one: &'a OneOnOne,
    /// The promise.
    pub promise: &'a Promise,
    /// The meeting that it is now, or that replaces it.
    pub stands: Option<&'a Meeting>,
    /// Now.
    pub now: Instant,
}

impl<'a> Case<'a> {
    /// The promise of that name; None where the world does not know it.
    pub fn of(world: &'a World, promise: PromiseId, now: Instant) -> Option<Self> {
        let promise = world.promise(promise)?;
        let stands = promise.replaced_by.and_then(|id| world.meeting(id));
        Some(Self {
            world,
            one: world.one_on_one(promise.one_on_one)?,
            stands: stands.or_else(|| promise.stands.and_then(|id| world.meeting(id))),
            promise,
            now,
        })
    }

    /// The two.
    pub fn two(&self) -> [PersonId; 2] {
        [self.one.manager, self.one.report]
    }

    /// Where it stands, if that is still to come.
    pub fn to_come(&self) -> Option<(&'a Meeting, Slot)> {
        let stands = self
            .stands
            .filter(|meeting| meeting.slot.start > self.now)?;
        Some((stands, stands.slot))
    }

    /// Before this it has to be held to be no loss: the report's local day of the next one; a cadence after the promise
    /// where none is known.
    pub fn due(&self) -> Instant {
        let next = self.promise.next.unwrap_or_else(|| {
            self.promise
                .promised
                .start
                .plus_days(self.one.cadence_days.max(1))
        });
        let Some(report) = self.world.person(self.one.report) else {
            return next;
        };
        let midnight = next.date(&report.zone).to_zoned(report.zone.clone());
        midnight.map_or(next, |midnight| midnight.timestamp().into())
    }

    /// Not before this: the day after the one before, and no more than a cadence ahead of the promise. Earlier, the ledger
    /// takes it for another one of theirs.
    pub fn not_before(&self) -> Instant {
        let promised = self.promise.promised.start;
        let ahead = promised.plus_days(-self.one.cadence_days.max(1));
        let report = self.world.person(self.one.report);
        let after = self
            .promise
            .previous
            .zip(report)
            .and_then(|(previous, report)| {
                let next_day = previous.date(&report.zone).tomorrow().ok()?;
                let midnight = next_day.to_zoned(report.zone.clone()).ok()?;
                Some(midnight.timestamp().into())
            });
        after.map_or(ahead, |after: Instant| after.max(ahead))
    }

    /// Who of the two somebody is, for words.
    pub fn is_manager(&self, person: PersonId) -> bool {
        person == self.one.manager
    }
}
