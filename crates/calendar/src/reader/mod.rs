//! Bytes → events. A push parser: feed it chunks of any size, in order.
//!
//! One pass over the bytes, written for this and not taken from a library: no library reads fast enough for years of
//! calendars in a second, because each builds a tree of everything, and most of a calendar is text nobody reads.
//! Bytes go through `lines` (unfolding), `parser` (what a line means where it stands), `event_properties`; what is
//! not wanted is not copied. Memory is bounded by what one event may hold and by the events not yet taken.

mod calendar_properties;
mod content;
mod dates;
mod draft;
mod event_properties;
mod free_busy;
mod intern;
mod kind;
mod lines;
mod log;
mod minimal;
mod nesting;
mod parser;
mod people;
mod property;
mod rule;
pub(crate) mod text;
pub(crate) mod value;
mod waiting;
mod zone_draft;
mod zone_warnings;

pub use free_busy::busy;
pub use minimal::minimal;
pub use property::read_properties;

use crate::{event::Event, warning::Warning};
use jiff::tz::TimeZone;
use lines::Unfolder;
use parser::{Parser, Tag};
use std::sync::Arc;

/// What one iCalendar stream says (all VCALENDARs in it together).
#[derive(Clone, Debug, Default)]
pub struct Calendar {
    /// X-WR-CALNAME.
    pub name: Option<Arc<str>>,
    /// X-WR-TIMEZONE, resolved.
    pub zone: Option<TimeZone>,
    /// IANA names of zones that it names in another way, as Windows does: such a zone is that of several countries, and its
    /// IANA name tells none.
    pub mapped_zones: Vec<Box<str>>,
    /// PRODID of the first VCALENDAR.
    pub producer: Option<Arc<str>>,
    /// METHOD (iTIP, RFC 5546), upper case.
    pub method: Option<Arc<str>>,
    /// Whether a VCALENDAR was opened at all.
    pub is_calendar: bool,
    /// Whether it is a calendar and every BEGIN had its END; false for a truncated file.
    pub complete: bool,
    /// Its VEVENTs in the file's order.
    pub events: Vec<Event>,
    /// What was odd, each with line and UID. At most 1,000, and one that tells how many more there were.
    pub warnings: Vec<Warning>,
}

/// The push parser.
#[derive(Debug, Default)]
pub struct Reader {
    lines: Unfolder<Tag>,
    parser: Parser,
}

impl Reader {
    /// A reader at the start of a stream.
    pub fn new() -> Self {
        Self::default()
    }

    /// Reads the next bytes of the stream.
    pub fn feed(&mut self, bytes: &[u8]) {
        self.lines.feed(bytes, &mut self.parser);
    }

    /// The events completed so far, taken out, so that a caller may keep only what matters.
    ///
    /// Events whose time zone is neither known nor defined yet are held back, with those after them, until their
    /// VCALENDAR ends or 50,000 events wait.
    pub fn take_events(&mut self) -> Vec<Event> {
        self.parser.take_events()
    }

    /// Ends the stream. [`Calendar::events`] are those not taken before.
    pub fn finish(mut self) -> Calendar {
        self.lines.finish(&mut self.parser);
        let number = self.lines.number();
        self.parser.finish(number)
    }

    /// Reads a whole stream at once.
    pub fn read(bytes: &[u8]) -> Calendar {
        let mut reader = Self::new();
        reader.feed(bytes);
        reader.finish()
    }
}
