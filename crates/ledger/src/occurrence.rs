//! One promised 1:1 of one relationship, judged, with the evidence that led there.

use crate::{
    case::{Actor, Away, ChangeTime, ManagerSays, ReportSays, UnknownBecause},
    verdict::{Outcome, Verdict},
};
use serde::{Deserialize, Serialize};
use std::sync::Arc;
use steadfast_calendar::{Instant, Slot};

/// One promised 1:1.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Occurrence {
    /// The original slot in UTC (RECURRENCE-ID); `None` for a single event or a missing one.
    pub recurrence_id: Option<Instant>,
    /// UID of the component it comes from; `None` for a missing one.
    pub uid: Option<Arc<str>>,
    /// The slot it had when it was last firmly promised.
    pub promised: Slot,
    /// What became of it.
    pub verdict: Verdict,
    /// Who made the deciding change; `None` when nothing changed.
    pub actor: Option<Actor>,
    /// When that change was made, where known.
    pub changed_at: Option<ChangeTime>,
    /// Where it changed several times and the first change gave more notice than the one that counts: that notice, in
    /// minutes (the gentler end of a range).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub first_notice: Option<i32>,
    /// What probably displaced it; `None` when nothing changed.
    pub cause: Option<Box<Cause>>,
    /// Held on the calendar, but its manager had accepted something else at the same time.
    pub overlapped: bool,
    /// Held on the calendar, but both had accepted one and the same other meeting at that time.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub both_elsewhere: bool,
    /// Whose leave, or which holiday, covered half of the promised slot or more.
    pub away: Option<Away>,
    /// Which holiday, where it is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub holiday: Option<Box<Holiday>>,
    /// Why the outcome is unknown, where it is.
    pub unknown_because: Option<UnknownBecause>,
    /// The report's own word.
    pub report_says: Option<ReportSays>,
    /// The manager's own word.
    pub manager_says: Option<ManagerSays>,
    /// Something was changed after it should have ended; shown, alters nothing.
    pub changed_afterwards: bool,
}

impl Occurrence {
    /// Whether it stood in its place, or near it, while one of the two was on leave: whether it took place then, a calendar knows
    /// even less than of others.
    pub fn stood_in_leave(&self) -> bool {
        let counts_as_stood = !self.verdict.disruption && !self.verdict.loss;
        counts_as_stood
            && self.verdict.excused.is_none()
            && matches!(self.verdict.outcome, Outcome::Kept | Outcome::Nudged)
            && self.away.is_some_and(|away| away != Away::Holiday)
    }
}

/// The public holiday that covered a promise.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Holiday {
    /// ISO 3166 code of the country that keeps it.
    pub country: Box<str>,
    /// What it is called in English.
    pub name: Box<str>,
    /// On whose side it is; `None`: that is not known.
    pub of: Option<Away>,
    /// Whether they have it on their calendar; else it is told by their time zone.
    pub on_calendar: bool,
}

impl Holiday {
    pub(crate) fn new(country: &str, name: &str, of: Option<Away>, on_calendar: bool) -> Self {
        Self {
            country: country.into(),
            name: name.into(),
            of,
            on_calendar,
        }
    }
}

/// What most likely displaced an occurrence.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Cause {
    /// Class of that meeting; [`Class::Unknown`] below a probability of 0.7.
    pub class: Class,
    /// UID of that meeting, for the owner of the calendar only.
    pub uid: Option<Arc<str>>,
    /// Probability, 0 to 1.
    pub probability: f64,
    /// Classes of the manager's meetings that lay over it and stayed when it left, each once; for the owner of the calendar
    /// only. That is seen, and says nothing of why: a meeting that was there for long is seldom what displaced it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub gave_way_to: Vec<Class>,
}

/// Classes of the manager's other meetings, and other things that displace a 1:1.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Class {
    /// The manager's own 1:1 with their boss.
    BossOneOnOne,
    /// Leadership or executive meetings.
    Leadership,
    /// Meetings with people outside.
    Customer,
    /// The daily.
    Daily,
    /// Status and project meetings.
    Status,
    /// Team meetings.
    Team,
    /// A 1:1 with a report.
    OneOnOne,
    /// Personal appointments.
    Personal,
    /// Leave.
    Leave,
    /// A public holiday.
    Holiday,
    /// Something else.
    Other,
    /// Not known.
    Unknown,
}

impl Class {
    /// The word of the product, as in JSON.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::BossOneOnOne => "boss_one_on_one",
            Self::Leadership => "leadership",
            Self::Customer => "customer",
            Self::Daily => "daily",
            Self::Status => "status",
            Self::Team => "team",
            Self::OneOnOne => "one_on_one",
            Self::Personal => "personal",
            Self::Leave => "leave",
            Self::Holiday => "holiday",
            Self::Other => "other",
            Self::Unknown => "unknown",
        }
    }
}
