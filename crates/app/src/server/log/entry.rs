//! One thing that happened.

use super::AuditorTurn;
use super::{Guarded, InName, Listed, MailTold, Mailed};
use crate::server::ledger::Word;
use crate::server::mail::Channel;
use jiff::civil::Date;
use steadfast_calendar::Instant;

/// When, and what.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Entry {
    /// When it happened; of what is told by the day, the last time on it.
    pub at: Instant,
    /// What.
    pub what: What,
}

/// Somebody, as this log names them.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Named {
    /// Their address.
    pub address: String,
    /// What they are called; their address where nothing else is known.
    pub name: String,
    /// Whether it is the reader.
    pub is_me: bool,
}

/// What was said between two about one 1:1 that was lost or changed.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum SaidBetween {
    /// Other times were offered.
    Offered {
        /// Whether the manager offered them; else their guard.
        by_owner: bool,
    },
    /// The report picked this one.
    Picked(Instant),
    /// The report wanted none of them.
    PickedNone,
    /// What was offered is offered no more.
    Withdrawn,
    /// The manager took back the time that the report had picked.
    PickTakenBack(Instant),
    /// What was offered ended by itself.
    Over,
    /// The manager gave a reason.
    Reason,
    /// The manager took the reason back.
    NoReason,
    /// The report was told that no time could be offered.
    NoTime,
    /// The report asked for another time.
    Asked,
    /// The report asks for it no more.
    NotAsked,
    /// The manager, or their guard, put it at that time.
    Booked(Instant),
}

/// What was done with the feed of what is held.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Feed {
    /// It was opened.
    Opened,
    /// It was opened at another address; the one before is good for nothing.
    Renewed,
    /// It was taken away.
    Closed,
}

/// What happened. A `label` is the host of a connected calendar, and the user's name there.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum What {
    /// The reader handed in an export.
    HandedIn,
    /// The reader connected a calendar.
    Connected {
        /// Which.
        label: String,
    },
    /// A calendar of the reader's was connected by the key of their organisation.
    Opened {
        /// Which.
        label: String,
    },
    /// The reader gave a calendar a new password, or had it tried again.
    Mended {
        /// Which.
        label: String,
    },
    /// The reader disconnected a calendar.
    Disconnected {
        /// Which.
        label: String,
    },
    /// A round came to nothing; the ones after it until it answered again are not told one by one.
    Silent {
        /// Which.
        label: String,
        /// What was wrong.
        problem: String,
        /// Whether it is not asked again until its owner mends it.
        stops: bool,
    },
    /// The guard would have done something about a 1:1, and a bound held it back.
    HeldBack {
        /// When that 1:1 was promised.
        promised: Option<Instant>,
        /// What it would have done, why, and what held it back; names nobody.
        text: String,
    },
    /// It answered again.
    Answers {
        /// Which.
        label: String,
        /// The last moment at which it was known before.
        since: Option<Instant>,
    },
    /// Entries of it could not be read: they stand as they were known.
    Unread {
        /// Which.
        label: String,
        /// How many.
        entries: usize,
    },
    /// Rounds of one day that found something new.
    Found {
        /// Which, as long as it is connected.
        label: Option<String>,
        /// How many rounds.
        rounds: usize,
        /// Objects that were new or different.
        changed: usize,
        /// Objects that were gone.
        gone: usize,
    },
    /// What happened in between was not seen.
    Gap {
        /// Which, as long as it is connected.
        label: Option<String>,
        /// The last moment at which everything was known.
        from: Instant,
    },
    /// One calendar of an account was not there any more.
    CalendarLeft {
        /// Which account, as long as it is connected.
        label: Option<String>,
    },
    /// The reader made an invitation.
    Invited {
        /// For that address.
        email: String,
    },
    /// Somebody accepted the reader's invitation.
    Joined {
        /// Under that address.
        email: String,
    },
    /// Who the auditor is was said, or was to be said.
    Auditor(AuditorTurn),
    /// Something was done to the reader's calendar, or was to be.
    Acted {
        /// Name of the intent, to take it back by.
        intent: String,
        /// `move`, `resize`, `cancel`, `restore`, `answer`, `decline`, `book`, `hold`, or `withdraw`.
        deed: String,
        /// The moment that it is about, where it is about one.
        to: Option<Instant>,
        /// Whether it takes back what was done before.
        takes_back: bool,
        /// How it ended ([`steadfast_store::IntentState::name`]).
        ended: String,
        /// Under which policy.
        policy: String,
        /// Why.
        because: String,
        /// What stood against it.
        problem: Option<String>,
    },
    /// Something was said between the reader and somebody about one 1:1 that was lost or changed.
    Between {
        /// Who said it.
        by: Named,
        /// The other one of the two.
        with: Named,
        /// Their 1:1.
        pair: String,
        /// When it was promised.
        promised: Instant,
        /// What.
        said: SaidBetween,
    },
    /// Somebody said who reports to whom, or that it is so no longer.
    Line {
        /// Who said it.
        by: Named,
        /// The manager.
        manager: Named,
        /// The report.
        report: Named,
        /// False: it is so no more.
        holds: bool,
    },
    /// The list of people has other lines of the reader's.
    Listed {
        /// Whether the reader keeps it, and said so.
        by_me: bool,
        /// Those that are new or have other days, and those that never were.
        lines: Vec<Listed>,
    },
    /// Who may move whose 1:1s, for these two.
    ActsFor {
        /// Who said it.
        by: Named,
        /// Whether whoever keeps the list of people said it, and not the person themselves.
        by_list: bool,
        /// For whom.
        person: Named,
        /// Who.
        delegate: Named,
        /// False: no more.
        holds: bool,
    },
    /// A word on one 1:1, as it stands.
    Said {
        /// Who said it.
        by: Named,
        /// The other one of the two.
        with: Named,
        /// Name of the 1:1 in addresses.
        pair: String,
        /// Day of the promise.
        day: Date,
        /// What.
        word: Word,
        /// Whether both see it.
        shared: bool,
    },
    /// Something about how far the guard goes.
    Guard {
        /// Whether it is about everybody; then whoever keeps the organisation said it.
        for_all: bool,
        /// Whether the reader said it.
        by_me: bool,
        /// Whether it is about one 1:1.
        of_one: bool,
        /// With whom that is, as long as it is known.
        with: Option<Named>,
        /// What.
        said: Guarded,
    },
    /// A mail, or a message to a chat, to the reader.
    Mailed {
        /// What it told of.
        about: Vec<MailTold>,
        /// By which way.
        by: Channel,
        /// What became of it.
        how: Mailed,
    },
    /// A mail to somebody in a meeting, in the reader's name.
    InName {
        /// Name of what was done, of which it told.
        deed: String,
        /// To whom.
        to: Named,
        /// What became of it.
        how: InName,
    },
    /// The reader took back what they had said of one 1:1. What the other one takes back is for the reader as if never said.
    Unsaid {
        /// The other one of the two.
        with: Named,
        /// Name of the 1:1 in addresses.
        pair: String,
        /// Day of the promise.
        day: Date,
    },
    /// The reader said when they work.
    Hours {
        /// Day by day; `None`: they say nothing of it any more.
        week: Option<Vec<String>>,
    },
    /// The reader's feed of what is held.
    Feed(Feed),
    /// Something about how often two want to meet.
    Rhythm {
        /// Who said it.
        by: Named,
        /// The other one of the two.
        with: Named,
        /// Name of the 1:1 in addresses.
        pair: String,
        /// `propose`, `agree`, `drop` or `end`.
        word: String,
        /// Days between two, with the first two.
        days: Option<i64>,
    },
}

impl What {
    /// The address of somebody else whose doing it was.
    pub(super) fn by(&self) -> Option<&str> {
        match self {
            Self::Line { by, .. }
            | Self::Said { by, .. }
            | Self::Rhythm { by, .. }
            | Self::Between { by, .. } => Some(by.address.as_str()).filter(|_| !by.is_me),
            _ => None,
        }
    }
}
