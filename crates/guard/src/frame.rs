//! The fortnight in which places are looked for, in the planner's quarter hours, and what is known of somebody in it.

use crate::ids::PersonId;
use crate::world::World;
use crate::world::meeting::Meeting;
use jiff::tz::TimeZone;
use steadfast_calendar::{Instant, Slot};
use steadfast_planner::constraints::{Known, Quarters};
use steadfast_planner::week::{Place, WEEK, Weeks};

/// Seconds of a quarter hour.
const QUARTER: i64 = 15 * 60;
/// Seconds of a day.
const DAY: i64 = 24 * 60 * 60;
/// Quarter hours of the fortnight.
pub(crate) const FORTNIGHT: i64 = 2 * WEEK as i64;

/// The fortnight from a Sunday midnight in UTC.
pub(crate) struct Frame {
    start: Instant,
}

impl Frame {
    pub(crate) fn around(now: Instant) -> Self {
        let day = now.seconds().div_euclid(DAY);
        // 1 January 1970 was a Thursday, the fourth day after a Sunday.
        let since_sunday = (day + 4).rem_euclid(7);
        Self {
            start: Instant::from_seconds((day - since_sunday) * DAY),
        }
    }

    /// The quarter hour in which a moment lies, counted from the frame's start.
    pub(crate) fn quarter(&self, at: Instant) -> i64 {
        at.seconds_since(self.start).div_euclid(QUARTER)
    }

    /// The first quarter hour that begins at a moment or after.
    pub(crate) fn quarter_after(&self, at: Instant) -> i64 {
        let seconds = at.seconds_since(self.start);
        seconds.div_euclid(QUARTER) + i64::from(seconds.rem_euclid(QUARTER) > 0)
    }

    /// The place that begins there; None outside the fortnight.
    pub(crate) fn place(&self, quarter: i64) -> Option<Place> {
        let week = i64::from(WEEK);
        let weeks = match quarter.div_euclid(week) {
            0 => Weeks::A,
            1 => Weeks::B,
            _ => return None,
        };
        let start = u16::try_from(quarter.rem_euclid(week)).ok()?;
        Some(Place { start, weeks })
    }

    pub(crate) fn slot(&self, place: Place, minutes: i64) -> Slot {
        let start = self.start.plus_seconds(i64::from(place.first()) * QUARTER);
        Slot::new(start, start.plus_minutes(minutes))
    }

    /// Sets the quarter hours that a slot touches.
    fn mark(&self, quarters: &mut Quarters, slot: Slot) {
        let week = i64::from(WEEK);
        let (from, to) = (self.quarter(slot.start), self.quarter_after(slot.end));
        for (index, bits) in [(0, 1), (1, 2)] {
            let first = from.max(index * week) - index * week;
            let last = to.min((index + 1) * week) - index * week;
            if let (Ok(first), Ok(last)) = (i32::try_from(first), i32::try_from(last)) {
                quarters.set(first, last, bits);
            }
        }
    }

    /// What is known of somebody: when they work, what takes their time apart from what is `set_aside`, and what they keep
    /// free. Without their leave. `None` where the world does not know them.
    pub(crate) fn known(
        &self,
        world: &World,
        id: PersonId,
        set_aside: impl Fn(&Meeting) -> bool,
        now: Instant,
    ) -> Option<Known> {
        let person = world.person(id)?;
        let all = self.all();
        let mut known = Known {
            utc_offset: offset(&person.zone, now),
            ..Known::default()
        };
        for day in world.working(id, all) {
            self.mark(&mut known.work, day);
        }
        for meeting in world.around(id, all) {
            if !set_aside(meeting) && meeting.takes_time_of(id, now) {
                self.mark(&mut known.busy, meeting.slot);
                self.mark(&mut known.meetings, meeting.slot);
            }
        }
        for busy in world.told_busy(id, &set_aside) {
            if busy.overlaps(all) {
                self.mark(&mut known.busy, busy);
                self.mark(&mut known.meetings, busy);
            }
        }
        for block in person.focus.iter().filter(|block| block.overlaps(all)) {
            self.mark(&mut known.focus, *block);
        }
        Some(known)
    }

    /// Their leave takes their time too.
    pub(crate) fn mark_leave(&self, world: &World, id: PersonId, known: &mut Known) {
        let all = self.all();
        let leave = world
            .person(id)
            .into_iter()
            .flat_map(|person| &person.leave);
        for away in leave.filter(|away| away.overlaps(all)) {
            self.mark(&mut known.busy, *away);
        }
    }

    fn all(&self) -> Slot {
        Slot::new(self.start, self.start.plus_seconds(FORTNIGHT * QUARTER))
    }
}

/// Quarter hours east of UTC.
fn offset(zone: &TimeZone, at: Instant) -> i32 {
    let seconds = zone.to_offset(at.timestamp()).seconds();
    seconds.div_euclid(i32::try_from(QUARTER).unwrap_or(900))
}
