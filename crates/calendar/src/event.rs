//! One VEVENT, parsed as said (RFC 5545 §3.6.1). Bodies nobody reads (DESCRIPTION, VALARM, …) are not kept.

use crate::{instant::Instant, when::When};
use std::sync::Arc;

/// One VEVENT component: a single meeting, the master of a series, or an override of one instance.
#[derive(Clone, PartialEq, Debug)]
pub struct Event {
    /// UID. Empty when the file gives none.
    pub uid: Arc<str>,
    /// RECURRENCE-ID: set on an override.
    pub recurrence_id: Option<RecurrenceId>,
    /// DTSTART.
    pub start: When,
    /// DTEND or DURATION.
    pub end: End,
    /// RRULE, EXRULE, RDATE, EXDATE; `None` when it says none of them.
    pub recurrence: Option<Box<Recurrence>>,
    /// SUMMARY, unescaped; empty when absent.
    pub summary: Arc<str>,
    /// STATUS.
    pub status: Status,
    /// SEQUENCE; 0 when absent.
    pub sequence: u32,
    /// DTSTAMP.
    pub stamp: Option<Instant>,
    /// CREATED.
    pub created: Option<Instant>,
    /// LAST-MODIFIED.
    pub last_modified: Option<Instant>,
    /// ORGANIZER.
    pub organizer: Option<Organizer>,
    /// ATTENDEEs in the file's order.
    pub attendees: Box<[Attendee]>,
    /// TRANSP and X-MICROSOFT-CDO-BUSYSTATUS.
    pub busy: Busy,
    /// What sort of event the provider says it is.
    pub kind: EventKind,
    /// Who of those who may see the calendar may see what it is.
    pub visibility: Visibility,
    /// PRIORITY is 1, the highest (RFC 5545 §3.8.1.9).
    pub is_first_priority: bool,
    /// Line of BEGIN:VEVENT in its file, from 1.
    pub line: u32,
}

/// CLASS (RFC 5545 §3.8.1.3), the more open one first.
#[derive(
    Clone,
    Copy,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    Debug,
    Default,
    serde::Serialize,
    serde::Deserialize,
)]
#[serde(rename_all = "snake_case", from = "Written")]
pub enum Visibility {
    /// Everybody who may see the calendar; so it is where nothing is said.
    #[default]
    Public,
    /// CONFIDENTIAL: servers show others that somebody is busy, and no more.
    Confidential,
    /// PRIVATE: servers may hide it from others altogether.
    Private,
}

/// As it was ever written: first it was only said whether it is private.
#[derive(serde::Deserialize)]
#[serde(untagged)]
enum Written {
    IsPrivate(bool),
    Word(Word),
}

#[derive(serde::Deserialize)]
#[serde(rename_all = "snake_case")]
enum Word {
    Public,
    Confidential,
    Private,
}

impl From<Written> for Visibility {
    fn from(written: Written) -> Self {
        match written {
            Written::IsPrivate(false) | Written::Word(Word::Public) => Self::Public,
            Written::Word(Word::Confidential) => Self::Confidential,
            Written::IsPrivate(true) | Written::Word(Word::Private) => Self::Private,
        }
    }
}

/// RECURRENCE-ID (RFC 5545 §3.8.4.4).
#[derive(Clone, PartialEq, Debug)]
pub struct RecurrenceId {
    /// The original slot of the instance.
    pub at: When,
    /// RANGE=THISANDFUTURE.
    pub this_and_future: bool,
}

/// How the end is said.
#[derive(Clone, PartialEq, Debug)]
pub enum End {
    /// DTEND.
    At(When),
    /// DURATION: nominal days (follow the wall clock) and exact seconds (RFC 5545 §3.3.6). Weeks are 7 days.
    Lasts {
        /// Nominal days.
        days: i32,
        /// Exact seconds.
        seconds: i64,
    },
    /// Neither: a day for a DATE start, no time at all for a DATE-TIME (RFC 5545 §3.6.1).
    Unsaid,
}

/// The recurrence properties of a master.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Recurrence {
    /// RRULE values, as text.
    pub rules: Vec<Box<str>>,
    /// EXRULE values, as text (deprecated by RFC 5545, still met).
    pub except_rules: Vec<Box<str>>,
    /// RDATE values.
    pub dates: Vec<RDate>,
    /// EXDATE values.
    pub except_dates: Vec<When>,
}

/// One RDATE value: a start, and an end where it was a PERIOD.
#[derive(Clone, PartialEq, Debug)]
pub struct RDate {
    /// Start of the instance.
    pub start: When,
    /// Its own end (`VALUE=PERIOD`); otherwise [`End::Unsaid`] and the master's length holds.
    pub end: End,
}

/// STATUS (RFC 5545 §3.8.1.11).
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Status {
    /// CONFIRMED, absent, or unknown.
    #[default]
    Confirmed,
    /// TENTATIVE.
    Tentative,
    /// CANCELLED.
    Cancelled,
}

/// Whether the event takes its owner's time.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Busy {
    /// OPAQUE, BUSY or unsaid.
    #[default]
    Busy,
    /// TRANSPARENT or FREE.
    Free,
    /// X-MICROSOFT-CDO-BUSYSTATUS (or -INTENDEDSTATUS) TENTATIVE.
    Tentative,
    /// X-MICROSOFT-CDO-BUSYSTATUS OOF.
    OutOfOffice,
    /// X-MICROSOFT-CDO-BUSYSTATUS WORKINGELSEWHERE.
    WorkingElsewhere,
}

/// What sort of event the provider says it is (`X-GOOGLE-EVENT-TYPE`-like properties, CATEGORIES).
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum EventKind {
    /// An ordinary meeting or appointment.
    #[default]
    Ordinary,
    /// Google `outOfOffice`, Outlook OOF blocks.
    OutOfOffice,
    /// Google `focusTime`.
    FocusTime,
    /// Google `workingLocation`.
    WorkingLocation,
    /// A birthday entry.
    Birthday,
}

/// ORGANIZER (RFC 5545 §3.8.4.3).
#[derive(Clone, PartialEq, Debug)]
pub struct Organizer {
    /// Calendar user address, lower case, without `mailto:`.
    pub address: Arc<str>,
    /// CN; empty when absent.
    pub name: Arc<str>,
    /// SENT-BY, like `address`: who acted for the organiser.
    pub sent_by: Option<Arc<str>>,
}

/// ATTENDEE (RFC 5545 §3.8.4.1).
#[derive(Clone, PartialEq, Debug)]
pub struct Attendee {
    /// Calendar user address, lower case, without `mailto:`.
    pub address: Arc<str>,
    /// CN; empty when absent.
    pub name: Arc<str>,
    /// PARTSTAT.
    pub answer: PartStat,
    /// CUTYPE.
    pub cutype: CuType,
    /// ROLE.
    pub role: Role,
    /// SENT-BY: who answered for them.
    pub sent_by: Option<Arc<str>>,
}

/// PARTSTAT (RFC 5545 §3.2.12).
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum PartStat {
    /// NEEDS-ACTION, absent or unknown.
    #[default]
    NeedsAction,
    /// ACCEPTED.
    Accepted,
    /// DECLINED.
    Declined,
    /// TENTATIVE.
    Tentative,
    /// DELEGATED.
    Delegated,
}

/// CUTYPE (RFC 5545 §3.2.3).
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum CuType {
    /// INDIVIDUAL or absent.
    #[default]
    Individual,
    /// GROUP.
    Group,
    /// RESOURCE.
    Resource,
    /// ROOM.
    Room,
    /// UNKNOWN or anything else.
    Unknown,
}

/// ROLE (RFC 5545 §3.2.16).
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Role {
    /// REQ-PARTICIPANT or absent.
    #[default]
    Required,
    /// CHAIR.
    Chair,
    /// OPT-PARTICIPANT.
    Optional,
    /// NON-PARTICIPANT.
    NonParticipant,
}
