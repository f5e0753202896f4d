//! A VTIMEZONE as said (RFC 5545 §3.6.5).

use crate::reader::value::Moment;
use jiff::{ToSpan as _, civil::DateTime};

/// Bytes of content lines of one VTIMEZONE that are read. A full history since 1900 has some 20 kB.
pub(crate) const MOST_BYTES: usize = 64 << 10;

/// One VTIMEZONE, its name aside: two with the same definition are the same zone.
#[derive(Clone, PartialEq, Eq, Hash, Debug, Default)]
pub(crate) struct Definition {
    /// X-LIC-LOCATION.
    pub(crate) location: Option<Box<str>>,
    /// TZUNTIL as wall clock in UTC (RFC 7808): beyond it nothing is said.
    pub(crate) until: Option<DateTime>,
    /// STANDARD and DAYLIGHT, in the file's order.
    pub(crate) observances: Vec<Observance>,
}

impl Definition {
    /// How many rules it holds, which is what it costs to build.
    pub(crate) fn rules(&self) -> usize {
        self.observances.iter().map(|one| one.rules.len()).sum()
    }
}

/// One STANDARD or DAYLIGHT.
#[derive(Clone, PartialEq, Eq, Hash, Debug, Default)]
pub(crate) struct Observance {
    /// DAYLIGHT.
    pub(crate) daylight: bool,
    /// TZOFFSETFROM, seconds east of UTC; taken as TZOFFSETTO where it is missing.
    pub(crate) from: Option<i32>,
    /// TZOFFSETTO, seconds east of UTC.
    pub(crate) to: Option<i32>,
    /// DTSTART: wall clock under `from`, unless it says UTC, which is met.
    pub(crate) start: Option<Moment>,
    /// RRULE values.
    pub(crate) rules: Vec<Box<str>>,
    /// RDATE values, like `start`.
    pub(crate) dates: Vec<Moment>,
}

impl Observance {
    /// TZOFFSETFROM, or what stands in for it.
    pub(crate) fn offset_before(&self) -> i32 {
        self.from.or(self.to).unwrap_or_default()
    }

    /// A moment said in it, as wall clock under TZOFFSETFROM; `None` beyond the years 0 to 9999.
    pub(crate) fn local(&self, said: Moment) -> Option<DateTime> {
        match said {
            Moment::Utc(utc) => utc
                .checked_add(i64::from(self.offset_before()).seconds())
                .ok(),
            Moment::Local(_) | Moment::Date(_) => Some(said.civil()),
        }
    }
}
