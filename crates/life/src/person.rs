//! Who lives in a simulated organisation.

use crate::place::Zone;

/// Index of a person in a life.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct PersonId(pub usize);

/// Somebody or something that can be on a guest list.
#[derive(Clone, Debug)]
pub struct Person {
    /// Main address, lower case.
    pub address: String,
    /// Full name.
    pub name: String,
    /// Given name, as used in titles.
    pub given: String,
    /// What they are.
    pub kind: Kind,
    /// Where they work.
    pub zone: Zone,
    /// Other addresses of the same person.
    pub aliases: Vec<String>,
    /// Whether the life keeps a calendar of theirs.
    pub has_calendar: bool,
    /// Whether they belong to another organisation.
    pub outside: bool,
}

/// What somebody on a guest list is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Kind {
    /// A human being.
    Person,
    /// An assistant who may act for a person.
    Delegate {
        /// The person they act for.
        of: PersonId,
    },
    /// A room.
    Room,
    /// A note taker, a scheduler.
    Bot,
}
