//! UNTIL, in the three spellings met in the wild, and what it bounds (RFC 5545 §3.3.10).

use crate::{
    instant::Instant,
    wall::{DAY, Wall, day_number, days_in_month},
};
use jiff::tz::TimeZone;

/// UNTIL as written.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Until {
    /// A day, to its end.
    Date { day: i64 },
    /// A wall time in the zone of DTSTART (forbidden beside a zoned DTSTART, and common).
    Local(Wall),
    /// A moment.
    Utc(Instant),
}

/// The last reading of the wall clock, and the last moment, that an instance may start at (both inclusive).
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Bound {
    /// Not after this on the wall. For a UTC UNTIL a day later than needed, so that `at` decides near an overlap.
    pub(crate) wall: Wall,
    /// Not after this moment.
    pub(crate) at: Instant,
}

impl Bound {
    /// No bound.
    pub(crate) const NONE: Self = Self {
        wall: Wall(i64::MAX),
        at: Instant::from_seconds(i64::MAX),
    };
}

impl Until {
    /// Reads `20240131`, `20240131T090000` or `20240131T090000Z`.
    pub(crate) fn read(text: &str) -> Option<Self> {
        let bytes = text.as_bytes();
        let number = |from: usize, to: usize| -> Option<i64> {
            bytes.get(from..to)?.iter().try_fold(0, |sum, byte| {
                byte.is_ascii_digit()
                    .then(|| sum * 10 + i64::from(byte - b'0'))
            })
        };
        let (year, month, day) = (number(0, 4)?, number(4, 6)?, number(6, 8)?);
        if !(1..=12).contains(&month) || !(1..=days_in_month(year, month)).contains(&day) {
            return None;
        }
        let day = day_number(year, month, day);
        if bytes.len() == 8 {
            return Some(Self::Date { day });
        }
        if !matches!(bytes.get(8), Some(b'T' | b't')) {
            return None;
        }
        let (hour, minute, second) = (number(9, 11)?, number(11, 13)?, number(13, 15)?);
        if hour > 23 || minute > 59 || second > 60 {
            return None;
        }
        let wall = Wall::midnight(day).plus(hour * 3600 + minute * 60 + second.min(59));
        match bytes.get(15..)? {
            [] => Some(Self::Local(wall)),
            [b'Z' | b'z'] => Some(Self::Utc(Instant::from_seconds(wall.0))),
            _ => None,
        }
    }

    /// What it bounds for a DTSTART on the wall clock of `zone`; `all_day`: DTSTART is a DATE.
    pub(crate) fn bound(self, zone: &TimeZone, all_day: bool) -> Bound {
        let last_second_of = |day: i64| Wall::midnight(day).plus(DAY - 1);
        let by_wall = |wall| Bound {
            wall,
            ..Bound::NONE
        };
        match self {
            Self::Date { day } => by_wall(last_second_of(day)),
            Self::Local(wall) if all_day => by_wall(last_second_of(wall.day())),
            Self::Local(wall) => by_wall(wall),
            Self::Utc(at) if all_day => by_wall(last_second_of(day_meant(at, zone))),
            Self::Utc(at) => Bound {
                wall: Wall::from(at.civil(zone)).plus(DAY),
                at,
            },
        }
    }
}

/// The day that a UTC moment stands for beside whole days: the local day where it is exactly local midnight (some
/// write that), otherwise the day as written (Outlook writes midnight UTC, Google 23:59:59Z).
pub(crate) fn day_meant(at: Instant, zone: &TimeZone) -> i64 {
    let local = Wall::from(at.civil(zone));
    if local.time_of_day() == 0 {
        local.day()
    } else {
        at.seconds().div_euclid(DAY)
    }
}
