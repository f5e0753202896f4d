//! A date or time as iCalendar writes it (RFC 5545 §3.3.4, §3.3.5), and its one conversion to a moment.

use crate::instant::Instant;
use jiff::{
    civil::{Date, DateTime},
    tz::TimeZone,
};

/// A DATE or DATE-TIME as said.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum When {
    /// A whole day (`VALUE=DATE`), in the zone of whoever looks.
    Date(Date),
    /// Wall-clock time without a zone, in the zone of whoever looks.
    Floating(DateTime),
    /// Ends in `Z`.
    Utc(Instant),
    /// Wall-clock time with a TZID that could be resolved (IANA, Windows name, or the file's VTIMEZONE).
    Zoned(DateTime, TimeZone),
}

impl When {
    /// The moment meant. `floating` is the zone for [`When::Date`] (its midnight) and [`When::Floating`].
    /// A wall time in a gap is shifted forward, in an overlap the first is taken (RFC 5545 §3.3.5).
    pub fn instant(&self, floating: &TimeZone) -> Instant {
        match self {
            Self::Utc(at) => *at,
            Self::Zoned(civil, zone) => resolve(*civil, zone),
            Self::Floating(civil) => resolve(*civil, floating),
            Self::Date(date) => resolve(date.to_datetime(jiff::civil::Time::midnight()), floating),
        }
    }

    /// Whether a whole day is meant.
    pub fn is_date(&self) -> bool {
        matches!(self, Self::Date(_))
    }

    /// The zone the wall clock of this value is in; `floating` where it says none.
    pub fn zone<'a>(&'a self, floating: &'a TimeZone) -> &'a TimeZone {
        static UTC: TimeZone = TimeZone::UTC;
        match self {
            Self::Zoned(_, zone) => zone,
            Self::Utc(_) => &UTC,
            Self::Date(_) | Self::Floating(_) => floating,
        }
    }

    /// The wall clock as said (UTC for [`When::Utc`]).
    pub fn civil(&self) -> DateTime {
        match self {
            Self::Date(date) => date.to_datetime(jiff::civil::Time::midnight()),
            Self::Floating(civil) | Self::Zoned(civil, _) => *civil,
            Self::Utc(at) => at.civil(&TimeZone::UTC),
        }
    }
}

/// The moment at which the wall clock in `zone` shows `civil` ("compatible" disambiguation, RFC 5545 §3.3.5).
/// Outside jiff's range the nearest representable moment.
pub fn resolve(civil: DateTime, zone: &TimeZone) -> Instant {
    match zone.to_ambiguous_timestamp(civil).compatible() {
        Ok(timestamp) => timestamp.into(),
        Err(_) if civil.year() < 0 => jiff::Timestamp::MIN.into(),
        Err(_) => jiff::Timestamp::MAX.into(),
    }
}
