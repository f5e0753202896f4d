//! Bytes → events. A push parser: feed it chunks of any size, in order.

use crate::{event::Event, warning::Warning};
use jiff::tz::TimeZone;
use std::sync::Arc;

/// What one iCalendar stream says (all VCALENDARs in it together).
#[derive(Clone, Debug, Default)]
pub struct Calendar {
    /// X-WR-CALNAME.
    pub name: Option<Arc<str>>,
    /// X-WR-TIMEZONE, resolved.
    pub zone: Option<TimeZone>,
    /// PRODID of the first VCALENDAR.
    pub producer: Option<Arc<str>>,
    /// METHOD (iTIP, RFC 5546), upper case.
    pub method: Option<Arc<str>>,
    /// Whether a VCALENDAR was opened at all.
    pub is_calendar: bool,
    /// Whether every BEGIN had its END; false for a truncated file.
    pub complete: bool,
    /// Its VEVENTs in the file's order.
    pub events: Vec<Event>,
    /// What was odd, each with line and UID.
    pub warnings: Vec<Warning>,
}

/// The push parser.
#[derive(Debug, Default)]
pub struct Reader {
    calendar: Calendar,
}

impl Reader {
    /// A reader at the start of a stream.
    pub fn new() -> Self {
        Self::default()
    }

    /// Reads the next bytes of the stream.
    pub fn feed(&mut self, bytes: &[u8]) {
        let _ = bytes;
    }

    /// The events completed so far, taken out, so that a caller may keep only what matters.
    pub fn take_events(&mut self) -> Vec<Event> {
        std::mem::take(&mut self.calendar.events)
    }

    /// Ends the stream.
    pub fn finish(self) -> Calendar {
        self.calendar
    }

    /// Reads a whole stream at once.
    pub fn read(bytes: &[u8]) -> Calendar {
        let mut reader = Self::new();
        reader.feed(bytes);
        reader.finish()
    }
}
