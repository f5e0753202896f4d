//! Everything the rules look at to judge one promised 1:1. Nothing else enters a verdict.

use jiff::tz::TimeZone;
use serde::{Deserialize, Serialize};
use steadfast_calendar::{Instant, Slot};

/// One promised 1:1 and what is known of its fate.
#[derive(Clone, Debug)]
pub struct Case {
    /// The slot it had when it was last firmly promised.
    pub promised: Slot,
    /// Where it finally stood: the last version before its own end. `None`: it stood nowhere.
    pub held: Option<Slot>,
    /// Days between two promises of this pair (7 weekly).
    pub cadence_days: i64,
    /// Start of the next promise of this pair, where known.
    pub next_promised: Option<Instant>,
    /// Start of the previous promise of this pair, where known.
    pub previous_promised: Option<Instant>,
    /// The report's time zone: days and weeks are theirs.
    pub report_zone: TimeZone,
    /// Every change to this occurrence, oldest first.
    pub changes: Vec<Change>,
    /// An extra meeting of exactly these two that may make a loss good.
    pub replacement: Option<Slot>,
    /// Leave and holidays near the promise.
    pub absences: Vec<Absence>,
    /// What the report said about it.
    pub report_says: Option<ReportSays>,
    /// What the manager said about it.
    pub manager_says: Option<ManagerSays>,
    /// Set where the evidence cannot say what became of it; nothing else is then judged.
    pub unknown_because: Option<UnknownBecause>,
    /// Whether it is still to come.
    pub open: bool,
}

/// One change to one occurrence.
#[derive(Clone, Debug, PartialEq)]
pub struct Change {
    /// When it was made; `None`: not known (an EXDATE in a single export).
    pub at: Option<ChangeTime>,
    /// Start of the slot the occurrence had before it.
    pub slot_start_before: Instant,
    /// Who made it.
    pub actor: Actor,
}

/// When a change was made: within `[earliest, latest]`; both equal when the source tells the moment.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct ChangeTime {
    /// It was not there yet before this.
    pub earliest: Instant,
    /// It was seen by this.
    pub latest: Instant,
}

impl ChangeTime {
    /// A change whose moment the source tells.
    pub const fn exactly(at: Instant) -> Self {
        Self {
            earliest: at,
            latest: at,
        }
    }
}

/// Who made a change, and how that is known.
#[derive(Clone, Copy, PartialEq, Debug, Serialize, Deserialize)]
pub struct Actor {
    /// Who; [`Who::Unknown`] below a confidence of 0.75.
    pub who: Who,
    /// What says so.
    pub evidence: ActorEvidence,
    /// Confidence, 0 to 1.
    pub confidence: f64,
}

impl Actor {
    /// Nobody can be named.
    pub const UNKNOWN: Self = Self {
        who: Who::Unknown,
        evidence: ActorEvidence::None,
        confidence: 0.0,
    };
}

/// The parties that can change a 1:1.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Hash, Serialize, Deserialize)]
pub enum Who {
    /// The manager, or their calendar.
    Manager,
    /// An assistant acting for the manager; counts as the manager's side.
    Delegate,
    /// The report.
    Report,
    /// A plan both accepted.
    Plan,
    /// A scheduling bot acting by itself.
    Automation,
    /// The source cannot say.
    Unknown,
}

/// What names the actor, best first.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Hash, Serialize, Deserialize)]
pub enum ActorEvidence {
    /// The provider's audit log (1.0).
    AuditLog,
    /// A declined REPLY or a COUNTER followed by the organiser's update (0.9).
    SchedulingMessage,
    /// The organiser's copy changed (SEQUENCE bump, 0.9): "from your calendar".
    OrganizerOnly,
    /// Whose calendar lost it first (0.7, names nobody).
    CalendarOrder,
    /// Nothing.
    None,
}

/// Somebody was away.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Absence {
    /// Who.
    pub who: Away,
    /// When.
    pub slot: Slot,
}

/// Whose absence.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Hash, Serialize, Deserialize)]
pub enum Away {
    /// The manager's leave.
    Manager,
    /// The report's leave.
    Report,
    /// A public holiday where the report works.
    Holiday,
    /// Leave of one of two of whom it is not known who reports to whom.
    OneOfTheTwo,
}

/// The report's own word.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Hash, Serialize, Deserialize)]
pub enum ReportSays {
    /// "I asked for this change."
    Asked,
    /// "We agreed on it."
    Agreed,
    /// "It took place."
    Held,
    /// "My manager did not come."
    NoManager,
    /// "I could not come."
    NoMe,
    /// "It did not happen."
    NotHeld,
}

/// The manager's own word.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Hash, Serialize, Deserialize)]
pub enum ManagerSays {
    /// "We agreed on it."
    Agreed,
    /// "It took place."
    Held,
}

/// Why the evidence cannot say.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Hash, Serialize, Deserialize)]
pub enum UnknownBecause {
    /// Nothing was seen of the calendar around it.
    Gap,
    /// It is gone, but only known to be gone after it should have ended.
    RemovedAfterwards,
    /// The two copies still contradict each other.
    SidesDisagree,
    /// The series was with somebody else, and until when is not said.
    HandedOn,
    /// The series was cancelled as a whole, and whether this one was put on after that is not said.
    CalledOff,
}

impl Who {
    /// The word of the product, as in JSON.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Manager => "manager",
            Self::Delegate => "delegate",
            Self::Report => "report",
            Self::Plan => "plan",
            Self::Automation => "automation",
            Self::Unknown => "unknown",
        }
    }
}
