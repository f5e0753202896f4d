//! What Google Calendar says (API v3), as iCalendar: pure, one file for each thing that an event says.
//!
//! One event of Google's becomes one VEVENT in an object of its own. An instance that was called off is no event but an
//! EXDATE of its series, as over CalDAV; the series' other exceptions stand beside it under their own ids. What is odd
//! becomes an [`Oddity`], and the rest of the event is still read.

mod event;
mod kind;
mod oddity;
mod people;
mod recurrence;
mod when;

pub use event::{Event, Gone, Off, Said, read, together};
pub use oddity::Oddity;
