//! What a round tells.

use super::cursor::Cursor;
use crate::intake::SetAside;

/// One object of a calendar as the source holds it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Object {
    /// Its place, stable within the calendar: the decoded path below the calendar's own, or the event's id. Empty for a
    /// feed's one body.
    pub href: String,
    /// Its iCalendar text: all components of one UID, or everything that a feed holds. Google keeps each exception of a
    /// series in a place of its own, so there it is one component.
    pub lines: Vec<u8>,
}

/// What is new in one calendar.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum News {
    /// Nothing is new since the cursor.
    Unchanged,
    /// This is all there is: what was known and is in neither list is gone.
    Whole {
        /// Every object of the calendar that could be read, in order of place.
        objects: Vec<Object>,
        /// Places of what is there and could not be read: what was known of them stands.
        kept: Vec<String>,
        /// Why it is told whole.
        because: Because,
    },
    /// Only what is new. A place is in at most one of the two lists.
    Changes {
        /// Objects that are new or different.
        put: Vec<Object>,
        /// The places of objects that are there no more.
        gone: Vec<String>,
    },
}

/// Why a calendar is told whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Because {
    /// The first round, or the cursor does not know the calendar.
    First,
    /// The source did not know its token any more: what happened since the last round was not seen.
    TokenLost,
    /// The source is told whole each time: a feed.
    AlwaysWhole,
}

/// One calendar in a round.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CalendarNews {
    /// Stable: the collection's decoded path, or the calendar's id at Google. Empty for a feed.
    pub id: String,
    /// What people call it; empty where the source does not say.
    pub name: String,
    /// Whose it is, where the source says so: an address in lower case.
    pub owner: Option<String>,
    /// What is new.
    pub news: News,
}

/// What a source said in one round.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Round {
    /// The calendars that could be read, unchanged ones among them, in order of id.
    pub calendars: Vec<CalendarNews>,
    /// Ids of calendars that the cursor knew and that are listed no more, or are set aside now.
    pub gone: Vec<String>,
    /// A calendar's id or an object's address, and why it could not be read this time. The cursor keeps its former
    /// state, so that the next round tells what this one missed.
    pub unreadable: Vec<(String, String)>,
    /// Calendars that are not read on purpose.
    pub set_aside: Vec<SetAside>,
    /// Seconds that the source wants to be left alone: 0 where it wants it, and does not say for how long; `None` where it
    /// does not.
    pub after: Option<u32>,
    /// To be given back at the next round, once what is told here is kept.
    pub cursor: Cursor,
}
