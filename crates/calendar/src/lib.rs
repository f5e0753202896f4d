//! What a calendar says: iCalendar in (RFC 5545, bytes in), recurrence and time zones resolved,
//! and what changed between two states of it. Pure: no clock, no files, no people.
//!
//! Reading goes in three steps, each its own module and each usable alone:
//! bytes → [`event::Event`] (parsed as said) → [`series::Series`] (grouped by UID) →
//! [`expand::Instance`] (resolved as meant).

pub mod change;
pub mod diff;
pub mod edit;
pub mod event;
pub mod expand;
pub mod free_busy;
mod index;
pub mod instant;
mod map;
pub mod reader;
pub mod recur;
mod sameness;
pub mod series;
mod shelf;
mod texts;
pub mod title;
mod wall;
pub mod warning;
pub mod when;
pub mod zones;

pub use change::{Change, Placed, Reslot, SaidBy, What};
pub use diff::{Scope, carry, diff};
pub use event::{
    Attendee, Busy, CuType, End, Event, EventKind, Organizer, PartStat, RDate, Recurrence,
    RecurrenceId, Role, Status, Visibility,
};
pub use expand::{Expander, Instance, Standing, expand};
pub use index::Index;
pub use instant::{Instant, Slot, Window};
pub use map::{Map, Set};
pub use reader::{Calendar, Reader, minimal};
pub use sameness::{fingerprint, says, says_in_pieces};
pub use series::{Grouper, Series, group, put_on_after};
pub use shelf::{Glance, Named, Shelf};
pub use texts::Texts;
pub use title::says_cancelled;
pub use warning::{Warning, WarningCode};
pub use when::{When, resolve};
