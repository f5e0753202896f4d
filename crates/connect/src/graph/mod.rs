//! What Microsoft Graph says of a calendar (v1.0), as iCalendar: pure, one file for each thing that an event says.
//!
//! Graph tells of a series by its master, by what was changed of single instances, and by every instance that stands in the
//! window that was asked for. An instance that was called off is told by nothing: it is missing. So a series is written
//! whole ([`together`]): its rule is held against what stands, each exception is put to the instance that it is, and what is
//! missing becomes an EXDATE, as over CalDAV. What is odd becomes an [`Oddity`], and the rest is still read.
//!
//! Notes, places and the addresses of online meetings are not read: nothing here asks for them.

mod event;
mod kind;
mod oddity;
mod people;
mod recurrence;
mod series;
mod uid;
mod when;

pub use event::{Event, Occurrence, Said, read};
pub use oddity::Oddity;
pub use series::{Written, together};
