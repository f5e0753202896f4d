//! What the user asks of an audit.

use jiff::{civil::Date, tz::TimeZone};
use steadfast_calendar::{Instant, Slot};
use steadfast_ledger::{classes::ClassRule, fate::Settled};
use steadfast_signal::Once;

use super::{answers_file::Answer, org_file::OrgRow};

/// Everything that decides an audit besides the calendars themselves. Nothing else does: no clock, no environment.
#[derive(Clone, Debug)]
pub struct Options {
    /// `--me`: my address, then my aliases. Empty: found from the calendar.
    pub me: Vec<String>,
    /// `--org`: the rows of the organisation file; `None` without one.
    pub org: Option<Vec<OrgRow>>,
    /// What is known of some people without being the whole organisation: addresses, lines, delegates.
    pub known: Vec<OrgRow>,
    /// `--reports`: those I manage.
    pub reports: Vec<String>,
    /// `--manager`: my own manager.
    pub manager: Option<String>,
    /// `--from`: first day printed; 26 weeks before `to` when absent.
    pub from: Option<Date>,
    /// `--to`: last day printed; the day of the last moment before `now` when absent.
    pub to: Option<Date>,
    /// `--tz`: display zone; the calendar's own, else UTC, when absent.
    pub zone: Option<TimeZone>,
    /// Whether the user named that moment; then the suggested command repeats it.
    pub now_was_given: bool,
    /// The moment of the audit.
    pub now: Instant,
    /// `--answers`: what people said.
    pub answers: Vec<Answer>,
    /// The rhythms that two people agreed on, oldest first.
    pub agreed: Vec<AgreedCadence>,
    /// What a log says of who changed which meeting, oldest first.
    pub recorded: Vec<RecordedChange>,
    /// What is settled between two people; of two it may come in parts, oldest first.
    pub settled: Vec<SettledOfTwo>,
    /// `--classes`: the user's own rules for meeting classes.
    pub class_rules: Vec<ClassRule>,
    /// What counts as once in a while.
    pub once: Once,
    /// Whether the calendars are watched by a server, which remembers what it saw.
    pub is_watched: bool,
    /// Whether each change of those that changed more than once is told, and not the one that decides alone.
    pub with_hops: bool,
    /// Whether the calendars were read from a server or a feed, and not from files.
    pub is_fetched: bool,
    /// How the user named the sources, for the command that declares what was not.
    pub source_words: String,
}

/// What is settled between two people.
#[derive(Clone, Debug)]
pub struct SettledOfTwo {
    /// Their addresses, lower case.
    pub people: [String; 2],
    /// Where all observations of one of them went: it is a 1:1 though no calendar may show it any more.
    pub is_all: bool,
    /// Who of them managed the other then, where that was known and `is_all`.
    pub manager: Option<String>,
    /// What is settled.
    pub settled: Settled,
}

/// A rhythm that two people agreed on, or its end.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct AgreedCadence {
    /// Addresses of the two, lower case.
    pub people: [String; 2],
    /// Since when.
    pub from: Instant,
    /// Days between two promises; `None`: there is no agreement any more.
    pub days: Option<i64>,
}

/// Who made a change, as a log of changes says.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum ChangedBy {
    /// The person of this address, lower case.
    Person(String),
    /// A program by itself.
    Program,
    /// Both had said yes to it before.
    Both,
}

/// One change of a meeting, as a log of changes has it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct RecordedChange {
    /// UID of the meeting.
    pub uid: String,
    /// Original start of the instance; `None`: the meeting as a whole.
    pub occurrence: Option<Instant>,
    /// The first and the last moment at which it may have been made.
    pub within: (Instant, Instant),
    /// Where it was put; `None`: it was taken away.
    pub to: Option<Slot>,
    /// By whom.
    pub by: ChangedBy,
}

impl Options {
    /// Nothing declared, audited at `now`.
    pub fn at(now: Instant) -> Self {
        Self {
            me: Vec::new(),
            org: None,
            known: Vec::new(),
            reports: Vec::new(),
            manager: None,
            from: None,
            to: None,
            zone: None,
            now_was_given: false,
            now,
            answers: Vec::new(),
            agreed: Vec::new(),
            recorded: Vec::new(),
            settled: Vec::new(),
            class_rules: Vec::new(),
            once: Once::Usual,
            is_watched: false,
            with_hops: false,
            is_fetched: false,
            source_words: String::new(),
        }
    }
}
