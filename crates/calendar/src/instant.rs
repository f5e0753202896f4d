//! Moments on the UTC line and spans between two of them.

use serde::{Deserialize, Serialize};
use std::{fmt, num::NonZeroI64};

/// A moment in whole seconds since 1970-01-01T00:00:00Z. iCalendar knows no fractions (RFC 5545 §3.3.5).
///
/// Kept so that "perhaps a moment" takes no more room than a moment: an event has three of them, an occurrence four,
/// and a calendar a million occurrences. From the epoch on the number is one higher than the seconds, so it is never 0.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Instant(NonZeroI64);

impl Instant {
    /// From seconds since the epoch; the very last of an `i64` becomes the one before it.
    pub const fn from_seconds(seconds: i64) -> Self {
        let stored = if seconds < 0 {
            seconds
        } else {
            seconds.saturating_add(1)
        };
        match NonZeroI64::new(stored) {
            Some(stored) => Self(stored),
            None => Self(NonZeroI64::MIN),
        }
    }

    /// Seconds since the epoch.
    pub const fn seconds(self) -> i64 {
        let stored = self.0.get();
        if stored < 0 { stored } else { stored - 1 }
    }

    /// This moment moved by whole minutes (saturating).
    #[must_use]
    pub const fn plus_minutes(self, minutes: i64) -> Self {
        self.plus_seconds(minutes.saturating_mul(60))
    }

    /// This moment moved by whole seconds (saturating).
    #[must_use]
    pub const fn plus_seconds(self, seconds: i64) -> Self {
        Self::from_seconds(self.seconds().saturating_add(seconds))
    }

    /// Whole days of exactly 24 hours later (saturating).
    #[must_use]
    pub const fn plus_days(self, days: i64) -> Self {
        self.plus_seconds(days.saturating_mul(86_400))
    }

    /// Seconds from `earlier` to this moment; negative if it is later.
    pub const fn seconds_since(self, earlier: Self) -> i64 {
        self.seconds().saturating_sub(earlier.seconds())
    }

    /// Whole minutes from `earlier` to this moment, rounded towards minus infinity.
    pub const fn minutes_since(self, earlier: Self) -> i64 {
        self.seconds_since(earlier).div_euclid(60)
    }

    /// The wall clock in `zone` at this moment. Moments outside jiff's range are clamped to it.
    pub fn civil(self, zone: &jiff::tz::TimeZone) -> jiff::civil::DateTime {
        zone.to_datetime(self.timestamp())
    }

    /// The calendar day in `zone` at this moment.
    pub fn date(self, zone: &jiff::tz::TimeZone) -> jiff::civil::Date {
        self.civil(zone).date()
    }

    /// As jiff's timestamp; clamped to its range (years −9999 to 9999).
    pub fn timestamp(self) -> jiff::Timestamp {
        jiff::Timestamp::from_second(self.seconds()).unwrap_or(if self.seconds() < 0 {
            jiff::Timestamp::MIN
        } else {
            jiff::Timestamp::MAX
        })
    }
}

impl From<jiff::Timestamp> for Instant {
    fn from(timestamp: jiff::Timestamp) -> Self {
        Self::from_seconds(timestamp.as_second())
    }
}

impl fmt::Display for Instant {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.timestamp().fmt(f)
    }
}

impl fmt::Debug for Instant {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl Serialize for Instant {
    fn serialize<S: serde::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        self.seconds().serialize(to)
    }
}

impl<'de> Deserialize<'de> for Instant {
    fn deserialize<D: serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        i64::deserialize(from).map(Self::from_seconds)
    }
}

/// A half-open span `[start, end)`; `end` is never before `start`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
pub struct Slot {
    /// First moment inside.
    pub start: Instant,
    /// First moment after.
    pub end: Instant,
}

impl Slot {
    /// A span; an `end` before `start` makes an empty span at `start`.
    pub fn new(start: Instant, end: Instant) -> Self {
        Self {
            start,
            end: end.max(start),
        }
    }

    /// Length in seconds.
    pub const fn seconds(self) -> i64 {
        self.end.seconds_since(self.start)
    }

    /// Length in whole minutes.
    pub const fn minutes(self) -> i64 {
        self.seconds() / 60
    }

    /// Seconds that both spans share.
    pub fn overlap_seconds(self, other: Self) -> i64 {
        self.end
            .min(other.end)
            .seconds_since(self.start.max(other.start))
            .max(0)
    }

    /// Whether the two spans share any time.
    pub fn overlaps(self, other: Self) -> bool {
        self.overlap_seconds(other) > 0
    }
}

/// The span within which recurrence is expanded: instances whose start lies in `[from, to)`.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Window {
    /// First moment inside.
    pub from: Instant,
    /// First moment after.
    pub to: Instant,
}
