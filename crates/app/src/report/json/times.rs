//! Moments as JSON and CSV write them (RFC 3339).

use jiff::{fmt::temporal::DateTimePrinter, tz::TimeZone};
use steadfast_calendar::{Instant, Slot};

/// Whole seconds, also at the edge of what can be told, where a moment has a fraction.
const PRINTER: DateTimePrinter = DateTimePrinter::new().precision(Some(0));

/// "2026-03-03T10:00:00+01:00".
pub(crate) fn zoned(at: Instant, zone: &TimeZone) -> String {
    let at = at.timestamp();
    let offset = zone.to_offset(at);
    if offset.seconds() % 60 == 0 {
        return PRINTER.timestamp_with_offset_to_string(&at, offset);
    }
    // Local mean time, before there were zones: the printer would round it.
    let zoned = at.to_zoned(zone.clone());
    zoned.strftime("%Y-%m-%dT%H:%M:%S%:z").to_string()
}

/// "2026-03-03T09:00:00Z".
pub(crate) fn utc(at: Instant) -> String {
    PRINTER.timestamp_to_string(&at.timestamp())
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
