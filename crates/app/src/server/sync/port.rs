//! What the server asks of whoever can reach calendars.

use serde::{Deserialize, Serialize};
use std::fmt;
use std::future::Future;

/// How to get at a calendar. It is sealed wherever it is kept, and never printed.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Access {
    /// An address beginning with https: a feed's is itself a secret.
    pub address: String,
    /// The user name, where it asks for one.
    pub user: Option<String>,
    /// The password that goes with it.
    pub password: Option<String>,
}

impl Access {
    /// What stands for an address where an account at Google was connected: nothing that is reached.
    const GOOGLE: &str = "google:";

    /// What stands for an address where somebody's account there is opened by the key of their organisation.
    const BY_KEY: &str = "google-key:";

    /// Somebody's account at Google; `refresh` is the token that stands for what they allowed.
    pub fn google(refresh: String) -> Self {
        Self {
            address: Self::GOOGLE.to_owned(),
            user: None,
            password: Some(refresh),
        }
    }

    /// The account at Google of the person with that address, opened by the key of their organisation. Nothing that
    /// anybody types becomes one: whoever is shown what it opens has to be known to be that person.
    pub fn by_key(person: &str) -> Self {
        Self {
            address: Self::BY_KEY.to_owned(),
            user: Some(person.to_owned()),
            password: None,
        }
    }

    /// Whether it is an account at Google, opened by the key of an organisation.
    pub fn is_by_key(&self) -> bool {
        self.address == Self::BY_KEY
    }

    /// Whether it is an account at Google, however it is opened.
    pub fn is_of_google(&self) -> bool {
        self.is_google() || self.is_by_key()
    }

    /// Whether it is an account at Google, reached by what its owner allowed there.
    pub fn is_google(&self) -> bool {
        self.address == Self::GOOGLE
    }
}

impl fmt::Debug for Access {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Access(…)")
    }
}

/// What one round found.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Found {
    /// The calendars that could be read.
    pub calendars: Vec<FoundCalendar>,
    /// Ids of calendars that were there before and are no more.
    pub gone: Vec<String>,
    /// Calendars that could not be read this time, and why. Of one that could, an entry that could not is named `event ` and
    /// its place, by whoever tells each entry once.
    pub unreadable: Vec<(String, String)>,
    /// What was found and not read on purpose, and why.
    pub set_aside: Vec<(String, String)>,
    /// Seconds that it wants to be left alone: 0 where it wants it, and does not say for how long; `None` where it does not.
    pub after: Option<u32>,
    /// Where it was read up to, to be given back next time.
    pub cursor: String,
}

/// One calendar of a source.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct FoundCalendar {
    /// Its id within the source.
    pub id: String,
    /// What people call it.
    pub name: String,
    /// Whose it is, where the source says so.
    pub owner: Option<String>,
    /// What is new.
    pub news: News,
}

/// What is new in a calendar.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum News {
    /// Nothing.
    Unchanged,
    /// This is all there is. `blind`: what happened since the last round was not seen.
    Whole {
        /// Everything that could be read.
        objects: Vec<Object>,
        /// Places of what is there and could not be read: what was known of them stands.
        kept: Vec<String>,
        /// The source had lost the thread.
        blind: bool,
    },
    /// What changed.
    Changes {
        /// New, or new as it is now.
        put: Vec<Object>,
        /// Places that are empty now.
        gone: Vec<String>,
    },
}

/// One object: its place in its calendar, and its text.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Object {
    /// Its place; empty where all there is comes in one.
    pub href: String,
    /// iCalendar text.
    pub lines: Vec<u8>,
}

/// Why a round came to nothing.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Trouble {
    /// What is wrong. It names no person and no secret.
    pub what: String,
    /// What to do about it.
    pub hint: String,
    /// Whether asking again is useless until somebody does it.
    pub stops: bool,
    /// Seconds that whoever was asked wants to wait, where it says so.
    pub after: Option<u32>,
}

/// Whoever wants to be left alone for longer is asked once a day all the same.
const LONGEST_WAIT: i64 = 24 * 3_600 * 1_000_000;

/// Microseconds in which nothing is to be asked, where somebody wants to be left alone for so many seconds.
pub(super) fn wait(after: Option<u32>) -> i64 {
    (i64::from(after.unwrap_or(0)) * 1_000_000).min(LONGEST_WAIT)
}

/// A channel to be opened, over which a calendar's server says that something changed in it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct NewChannel {
    /// The calendar.
    pub calendar: String,
    /// What the channel is called.
    pub id: String,
    /// What every message over it has to bring.
    pub token: String,
}

/// One that is open.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Channel {
    /// The calendar.
    pub calendar: String,
    /// What it is called.
    pub id: String,
    /// What the calendar's server calls what it watches.
    pub resource: String,
    /// Microsecond since 1970 at which it ends; `None` where nobody says.
    pub until: Option<i64>,
}

/// What became of channels.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Watched {
    /// Those that were opened.
    pub opened: Vec<Channel>,
    /// Calendars that cannot be watched.
    pub refused: Vec<String>,
    /// Why no more came of it.
    pub trouble: Option<Trouble>,
}

/// Reaches calendars.
pub trait Calendars: Sync {
    /// What is new since `cursor`; everything, without one.
    ///
    /// # Errors
    /// [`Trouble`]: then nothing is known, and the old cursor holds.
    fn ask(
        &self,
        access: &Access,
        cursor: Option<&str>,
    ) -> impl Future<Output = Result<Found, Trouble>> + Send;

    /// Gives back what somebody allowed, where that can be done; where nobody answers it may be good on, and nobody here
    /// has it any more.
    fn give_back(&self, access: &Access) -> impl Future<Output = ()> + Send {
        let _ = access;
        std::future::ready(())
    }

    /// The calendars of a source, read up to `cursor`, whose server says by itself that something changed; none where it does
    /// not, or nobody could be told here.
    fn watchable(&self, access: &Access, cursor: &str) -> Vec<String> {
        let _ = (access, cursor);
        Vec::new()
    }

    /// Opens channels, and stops others after it.
    fn watch(
        &self,
        access: &Access,
        open: Vec<NewChannel>,
        stop: Vec<Channel>,
    ) -> impl Future<Output = Watched> + Send {
        let _ = (access, open, stop);
        std::future::ready(Watched::default())
    }
}
