//! Moments as JSON and CSV write them (RFC 3339).

use jiff::tz::TimeZone;
use steadfast_calendar::{Instant, Slot};

/// "2026-03-03T10:00:00+01:00".
pub(crate) fn zoned(at: Instant, zone: &TimeZone) -> String {
    let zoned = at.timestamp().to_zoned(zone.clone());
    zoned.strftime("%Y-%m-%dT%H:%M:%S%:z").to_string()
}

/// "2026-03-03T09:00:00Z".
pub(crate) fn utc(at: Instant) -> String {
    at.timestamp().strftime("%Y-%m-%dT%H:%M:%SZ").to_string()
}

/// A slot: its start, and its length in whole minutes.
#[derive(serde::Serialize)]
pub(crate) struct Span {
    start: String,
    minutes: i64,
}

impl Span {
    /// `slot` as told in `zone`.
    pub(crate) fn of(slot: Slot, zone: &TimeZone) -> Self {
        Self {
            start: zoned(slot.start, zone),
            minutes: slot.minutes(),
        }
    }
}
