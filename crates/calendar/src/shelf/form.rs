//! What the bytes of an event mean: bits, tags, and where counting begins.

use crate::{
    wall::{DAY, Wall, day_number},
    when::When,
};
use jiff::civil::{Date, DateTime, Time};

/// It has a RECURRENCE-ID …
pub(super) const ID: u8 = 1;
/// … that holds from there on.
pub(super) const FUTURE: u8 = 2;
/// It has a rule or dates.
pub(super) const REPEATS: u8 = 4;
/// It names an organiser.
pub(super) const ORGANIZER: u8 = 8;
/// CLASS is PRIVATE.
pub(super) const PRIVATE: u8 = 64;
/// PRIORITY is 1.
pub(super) const FIRST_PRIORITY: u8 = 128;
/// CLASS is CONFIDENTIAL: in the third byte, beside the moments.
pub(super) const CONFIDENTIAL: u8 = 64;
/// Where the status stands in the first byte, in two bits.
pub(super) const STATUS: u32 = 4;
/// Where the kind stands in the second.
pub(super) const KIND: u32 = 3;

/// A moment that is not said, …
pub(super) const NEVER: u8 = 0;
/// … that is the one nearly all events say (most exports write their own moment everywhere), …
pub(super) const USUAL: u8 = 1;
/// … or that follows.
pub(super) const SAID: u8 = 2;

/// Values of an attendee's kind and role: with the answer they are one byte, below [`SENT_BY`].
pub(super) const CUTYPES: u8 = 5;
/// See [`CUTYPES`].
pub(super) const ROLES: u8 = 4;
/// Somebody answered for the attendee.
pub(super) const SENT_BY: u8 = 0x80;

/// Tags of a date or time; a zone is its number and [`ZONED`].
pub(super) const DATE: u64 = 0;
/// See [`DATE`].
pub(super) const FLOATING: u64 = 1;
/// See [`DATE`].
pub(super) const UTC: u64 = 2;
/// See [`DATE`].
pub(super) const ZONED: u64 = 3;

/// A civil time that is no whole minute, …
pub(super) const SECONDS: i64 = 1;
/// … and one with parts of a second, which follow.
pub(super) const NANOS: i64 = 2;

/// Tags of an end.
pub(super) const UNSAID: u64 = 0;
/// See [`UNSAID`].
pub(super) const LASTS: u64 = 1;
/// In so many minutes after the start, on the same clock.
pub(super) const MINUTES_LATER: u64 = 2;
/// See [`UNSAID`].
pub(super) const AT: u64 = 3;

/// Moments are counted from 1 January 2020, in Unix seconds, and days from that year: most are near.
pub(super) const EPOCH: i64 = 1_577_836_800;
const YEAR: i64 = 2020;

/// A number for a day: not how many days lie between, but quickly there and back, and in the same order.
pub(super) fn day(date: Date) -> i64 {
    let month = (i64::from(date.year()) - YEAR) * 12 + i64::from(date.month()) - 1;
    month * 31 + i64::from(date.day()) - 1
}

/// The day of that number.
pub(super) fn date(day: i64) -> Date {
    let (month, day) = (day.div_euclid(31), day.rem_euclid(31) + 1);
    let (year, month) = (month.div_euclid(12) + YEAR, month.rem_euclid(12) + 1);
    let year = i16::try_from(year).unwrap_or_default();
    Date::new(year, month as i8, day as i8).unwrap_or_default()
}

/// The same for a civil time, in seconds.
pub(super) fn seconds(civil: DateTime) -> i64 {
    let time = civil.time();
    let of_day = i64::from(time.hour()) * 3600 + i64::from(time.minute()) * 60;
    day(civil.date()) * 86_400 + of_day + i64::from(time.second())
}

/// The civil time of that number.
pub(super) fn civil(seconds: i64, nanos: i32) -> DateTime {
    let of_day = seconds.rem_euclid(86_400);
    let (hour, minute, second) = (of_day / 3600, of_day / 60 % 60, of_day % 60);
    let time = Time::new(hour as i8, minute as i8, second as i8, nanos).unwrap_or_default();
    date(seconds.div_euclid(86_400)).to_datetime(time)
}

/// What a wall clock shows at the civil time of that number, without making the date.
pub(super) const fn wall(seconds: i64) -> Wall {
    let day = seconds.div_euclid(DAY);
    let (month, day) = (day.div_euclid(31), day.rem_euclid(31) + 1);
    let (year, month) = (month.div_euclid(12) + YEAR, month.rem_euclid(12) + 1);
    Wall::midnight(day_number(year, month, day)).plus(seconds.rem_euclid(DAY))
}

/// Minutes from `start` to `end` as [`after`] takes them; `None` where both are not the same sort of time, or no whole
/// minutes lie between them.
pub(super) fn minutes_between(start: &When, end: &When) -> Option<i64> {
    let seconds = match (start, end) {
        (When::Utc(start), When::Utc(end)) => end.seconds().checked_sub(start.seconds())?,
        (When::Date(start), When::Date(end)) => (day(*end) - day(*start)) * 60,
        (When::Floating(start), When::Floating(end)) => of_civil(*start, *end)?,
        (When::Zoned(start, zone), When::Zoned(end, other)) if is_same(zone, other) => {
            of_civil(*start, *end)?
        }
        _ => return None,
    };
    (seconds % 60 == 0).then_some(seconds / 60)
}

fn of_civil(start: DateTime, end: DateTime) -> Option<i64> {
    let whole = |civil: DateTime| civil.time().subsec_nanosecond() == 0;
    (whole(start) && whole(end)).then(|| seconds(end) - seconds(start))
}

/// What lies `minutes` after `start`.
pub(super) fn after(start: &When, minutes: i64) -> When {
    let later = |start: DateTime| civil(seconds(start) + minutes * 60, 0);
    match start {
        When::Utc(start) => When::Utc(start.plus_minutes(minutes)),
        When::Date(start) => When::Date(date(day(*start) + minutes)),
        When::Floating(start) => When::Floating(later(*start)),
        When::Zoned(start, zone) => When::Zoned(later(*start), zone.clone()),
    }
}

/// Whether both are one zone under one name.
pub(super) fn is_same(a: &jiff::tz::TimeZone, b: &jiff::tz::TimeZone) -> bool {
    a == b && a.iana_name() == b.iana_name()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_and_times_come_back_as_they_were_and_in_order() {
        let mut before = i64::MIN;
        for date in [
            Date::MIN,
            Date::constant(2019, 12, 31),
            Date::constant(2020, 2, 29),
            Date::MAX,
        ] {
            assert_eq!(super::date(day(date)), date);
            for time in [Time::MIN, Time::constant(23, 59, 59, 0)] {
                let at = date.to_datetime(time);
                assert_eq!(civil(seconds(at), 0), at);
                assert_eq!(wall(seconds(at)), Wall::from(at));
                assert!(before < seconds(at), "{at}");
                before = seconds(at);
            }
        }
    }
}
