//! What really happened, computed from what people did and never from the text of a calendar.

pub(crate) mod judge;
pub(crate) mod reckon;

use crate::person::Kind;
use jiff::{civil::Date, tz::TimeZone};
use steadfast_calendar::{Instant, Slot};

/// All that is known of a life.
#[derive(Clone, Debug, Default)]
pub struct Truth {
    /// Every 1:1 relationship.
    pub relationships: Vec<Relationship>,
    /// Reporting lines without a 1:1.
    pub without_one_on_one: Vec<WithoutOneOnOne>,
    /// What looks like a 1:1 and is none.
    pub decoys: Vec<Decoy>,
    /// Conflicts between a 1:1 and another meeting of its manager.
    pub conflicts: Vec<Conflict>,
    /// Spans without snapshots.
    pub gaps: Vec<(Instant, Instant)>,
}

/// One standing 1:1 of a manager and a report.
#[derive(Clone, Debug)]
pub struct Relationship {
    /// The manager's main address.
    pub manager: String,
    /// The report's main address.
    pub report: String,
    /// Who organises it: the manager, the report or an assistant, by address.
    pub organiser: String,
    /// UIDs of its series and single meetings, oldest first. Without use for [`crate::Dialect::Regenerating`].
    pub uids: Vec<String>,
    /// Its title.
    pub title: String,
    /// Mean days between two promises, rounded.
    pub cadence_days: i64,
    /// Promised minutes.
    pub minutes: i64,
    /// The report's zone: days and weeks are theirs.
    pub zone: TimeZone,
    /// The day it ended with the reporting line.
    pub ended: Option<Date>,
    /// Every promised 1:1 that began before the end of the life, by promised start.
    pub occurrences: Vec<Occurrence>,
}

/// One promised 1:1.
#[derive(Clone, Debug, PartialEq)]
pub struct Occurrence {
    /// The slot in force 7 days before, or at first sight.
    pub promised: Slot,
    /// Where it finally stood; of a made-good one, the replacement.
    pub held: Option<Slot>,
    /// What became of it.
    pub outcome: Outcome,
    /// How much was cut.
    pub cut: Option<Cut>,
    /// Notice in minutes of the change that decides; negative when after the start.
    pub notice_minutes: Option<i64>,
    /// Number of changes.
    pub hops: usize,
    /// Who made the deciding change.
    pub acted: Option<Hand>,
    /// Whose wish it was, where that differs from who acted: asked in the corridor. No calendar can show it.
    pub wished: Option<Hand>,
    /// What this source can show of who acted, at best.
    pub shown: Shown,
    /// What displaced it, where something did.
    pub cause: Option<Cause>,
    /// Lost, and replaced.
    pub made_good: bool,
    /// Why it does not count.
    pub excused: Option<Excuse>,
    /// Whether the snapshots decide the outcome: false where the last sight of it before its end was older than the
    /// change and the provider keeps no times.
    pub decided: bool,
    /// Whether the last state of the calendar still shows the promise (its series lives, its rule gives that slot).
    pub in_last_state: bool,
    /// What the life had in mind for it.
    pub behaviour: Behaviour,
}

/// What became of a promised 1:1; the words of the product.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Hash)]
#[expect(missing_docs, reason = "the words are those of docs/measure.md")]
pub enum Outcome {
    Kept,
    Nudged,
    Moved,
    Slipped,
    Skipped,
    Cancelled,
    Missing,
}

impl Outcome {
    /// All of them.
    pub const ALL: [Self; 7] = [
        Self::Kept,
        Self::Nudged,
        Self::Moved,
        Self::Slipped,
        Self::Skipped,
        Self::Cancelled,
        Self::Missing,
    ];

    /// The word, as in the audit's JSON.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Kept => "kept",
            Self::Nudged => "nudged",
            Self::Moved => "moved",
            Self::Slipped => "slipped",
            Self::Skipped => "skipped",
            Self::Cancelled => "cancelled",
            Self::Missing => "missing",
        }
    }
}

/// How much of the promised length was cut.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Cut {
    /// Half to four fifths stood.
    Shortened,
    /// Less than half.
    Halved,
    /// Under ten of at least twenty-five minutes.
    Token,
}

impl Cut {
    /// The word, as in the audit's JSON.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Shortened => "shortened",
            Self::Halved => "halved",
            Self::Token => "token",
        }
    }
}

/// Who did it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Hand {
    /// The manager.
    Manager,
    /// The manager's assistant.
    Delegate,
    /// The report.
    Report,
}

/// What a source can show of who acted, at best.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Shown {
    /// "From the manager's calendar."
    Manager,
    /// The assistant, by SENT-BY.
    Delegate,
    /// The manager's side; whether manager or assistant stays unsaid.
    ManagerSide,
    /// The report.
    Report,
    /// Nobody can be named.
    Nobody,
    /// Nothing changed.
    Nothing,
}

/// What displaced a 1:1.
#[derive(Clone, Debug, PartialEq)]
pub struct Cause {
    /// Its class.
    pub class: Class,
    /// Its UID.
    pub uid: String,
}

/// Classes of what else is on a calendar; the words of the product.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Hash)]
#[expect(missing_docs, reason = "the words are those of docs/measure.md")]
pub enum Class {
    Leadership,
    Customer,
    Status,
    Team,
    Personal,
    Leave,
    Holiday,
}

impl Class {
    /// The word, as in the audit's JSON.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Leadership => "leadership",
            Self::Customer => "customer",
            Self::Status => "status",
            Self::Team => "team",
            Self::Personal => "personal",
            Self::Leave => "leave",
            Self::Holiday => "holiday",
        }
    }
}

/// Why an occurrence does not count.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Excuse {
    /// The report's own change.
    Report,
    /// The manager was on leave.
    LeaveManager,
    /// The report was on leave.
    LeaveReport,
    /// A public holiday where the report works.
    Holiday,
}

impl Excuse {
    /// The word, as in the audit's JSON.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Report => "report",
            Self::LeaveManager => "leave_manager",
            Self::LeaveReport => "leave_report",
            Self::Holiday => "holiday",
        }
    }
}

/// What the life had in mind; what came of it is [`Outcome`].
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Hash)]
pub enum Behaviour {
    /// Nothing happens.
    Keep,
    /// A little earlier or later the same day.
    Nudge,
    /// Hours later the same day.
    SameDay,
    /// Another day of the same week.
    SameWeek,
    /// Into the next week, before the next one.
    NextWeek,
    /// Brought forward.
    Forward,
    /// Onto the day of the next one.
    FoldIntoNext,
    /// Called off.
    CallOff,
    /// Called off, and a new meeting made.
    MakeGood,
    /// Cut to half or more.
    Shorten,
    /// Cut to less than half.
    Halve,
    /// Cut to five minutes.
    Token,
    /// Moved twice.
    Bounce,
    /// The report declines and that is it.
    ReportDeclines,
    /// The report declines or proposes, and the organiser moves it.
    ReportAsks,
    /// Called off for the manager's leave.
    LeaveOfManager,
    /// Called off for the report's leave.
    LeaveOfReport,
    /// Called off for a public holiday.
    PublicHoliday,
    /// Removed after it took place.
    TidyAway,
    /// Only its text is edited.
    EditText,
    /// Something else wanted the slot and gave way.
    Defend,
    /// Something else was accepted on top; both stayed.
    Overlap,
    /// The series is re-timed from here on.
    Retime,
    /// The series is split here; nothing moves.
    Split,
    /// The series is deleted and made again.
    Recreate,
    /// The series pauses for one occurrence.
    Pause,
}

/// A reporting line without a 1:1.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WithoutOneOnOne {
    /// The manager's address.
    pub manager: String,
    /// The report's address.
    pub report: String,
    /// First day of the line, where it is known.
    pub since: Option<Date>,
}

/// A meeting that is not a 1:1 of a manager and a report.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decoy {
    /// Its UID.
    pub uid: String,
    /// Its title.
    pub title: String,
    /// Everybody in it, by address.
    pub people: Vec<String>,
    /// Why it is none.
    pub why: NotOneOnOne,
}

/// Why a meeting is not a 1:1.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Hash)]
pub enum NotOneOnOne {
    /// Two people, neither of whom reports to the other.
    Peers,
    /// A mentor from elsewhere in the organisation.
    Mentor,
    /// A job interview.
    Interview,
    /// Somebody outside.
    Outsider,
    /// Three or more.
    Group,
    /// Nobody else is in it.
    Private,
}

/// A conflict between a 1:1 and another meeting on its manager's calendar.
#[derive(Clone, Debug, PartialEq)]
pub struct Conflict {
    /// The manager's address.
    pub manager: String,
    /// Class of the other meeting.
    pub class: Class,
    /// Where they met.
    pub slot: Slot,
    /// Who gave way.
    pub gave_way: GaveWay,
}

/// Which of two gave way.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum GaveWay {
    /// The 1:1.
    OneOnOne,
    /// The other.
    Other,
    /// Both stayed.
    Neither,
}

/// The word of the organisation file for what somebody is.
pub(crate) const fn kind_word(kind: Kind) -> &'static str {
    match kind {
        Kind::Person => "person",
        Kind::Delegate { .. } => "delegate",
        Kind::Room => "room",
        Kind::Bot => "bot",
    }
}
