//! Moments on the UTC line and spans between two of them.

use std::fmt;

/// A moment in whole seconds since 1970-01-01T00:00:00Z. iCalendar knows no fractions (RFC 5545 §3.3.5).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Instant(i64);

impl Instant {
    /// From seconds since the epoch.
    pub const fn from_seconds(seconds: i64) -> Self {
        Self(seconds)
    }

    /// Seconds since the epoch.
    pub const fn seconds(self) -> i64 {
        self.0
    }

    /// This moment moved by whole minutes (saturating).
    #[must_use]
    pub const fn plus_minutes(self, minutes: i64) -> Self {
        Self(self.0.saturating_add(minutes.saturating_mul(60)))
    }

    /// This moment moved by whole seconds (saturating).
    #[must_use]
    pub const fn plus_seconds(self, seconds: i64) -> Self {
        Self(self.0.saturating_add(seconds))
    }

    /// Whole days of exactly 24 hours later (saturating).
    #[must_use]
    pub const fn plus_days(self, days: i64) -> Self {
        self.plus_seconds(days.saturating_mul(86_400))
    }

    /// Seconds from `earlier` to this moment; negative if it is later.
    pub const fn seconds_since(self, earlier: Self) -> i64 {
        self.0.saturating_sub(earlier.0)
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
        jiff::Timestamp::from_second(self.0).unwrap_or(if self.0 < 0 {
            jiff::Timestamp::MIN
        } else {
            jiff::Timestamp::MAX
        })
    }
}

impl From<jiff::Timestamp> for Instant {
    fn from(timestamp: jiff::Timestamp) -> Self {
        Self(timestamp.as_second())
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

/// A half-open span `[start, end)`; `end` is never before `start`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
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
