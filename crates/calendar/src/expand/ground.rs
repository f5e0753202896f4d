//! What the master lays down: its clock, its first slot, its length; and how values of other zones read against it.

use super::length::Length;
use crate::{
    event::Event,
    instant::Instant,
    recur::day_meant,
    wall::Wall,
    when::{When, resolve},
};
use jiff::tz::TimeZone;

/// The clock and length of a component that speaks for many instances.
#[derive(Clone, Debug)]
pub(super) struct Ground {
    pub(super) zone: TimeZone,
    /// DTSTART.
    pub(super) start: Instant,
    pub(super) wall: Wall,
    pub(super) all_day: bool,
    pub(super) length: Length,
}

/// What an EXDATE or RECURRENCE-ID names.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(super) enum Named {
    /// The instance at this moment.
    Moment(Instant),
    /// The instance of this day on the wall clock.
    Day(i64),
}

impl Ground {
    pub(super) fn of(event: &Event, floating: &TimeZone) -> Self {
        let zone = event.start.zone(floating).clone();
        let wall = Wall::from(event.start.civil());
        let start = event.start.instant(floating);
        Self {
            start,
            wall,
            all_day: event.start.is_date(),
            length: Length::of((&event.start, start), &event.end, &zone, None),
            zone,
        }
    }

    /// What `when` names among the instances. RFC 5545 wants the value type of DTSTART; a DATE beside timed instances
    /// and a DATE-TIME beside whole days are both common and mean the day. A floating time is on this clock.
    pub(super) fn named(&self, when: &When) -> Named {
        match when {
            When::Date(date) => Named::Day(Wall::from(*date).day()),
            When::Utc(at) if self.all_day => Named::Day(day_meant(*at, &self.zone)),
            When::Floating(civil) | When::Zoned(civil, _) if self.all_day => {
                Named::Day(Wall::from(*civil).day())
            }
            _ => Named::Moment(when.instant(&self.zone)),
        }
    }

    /// Moment and reading of an RDATE: a DATE takes DTSTART's time of day; a floating time is on this clock.
    pub(super) fn placed(&self, when: &When) -> (Instant, Wall) {
        match self.named(when) {
            Named::Day(day) => {
                let wall = Wall::midnight(day).plus(self.wall.time_of_day());
                (resolve(wall.civil(), &self.zone), wall)
            }
            Named::Moment(at) => (at, Wall::from(at.civil(&self.zone))),
        }
    }
}
