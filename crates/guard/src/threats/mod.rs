//! What endangers a 1:1. One file each, with its evidence and its reason in plain words.
//!
//! Threats are read from how things stand, not from the change that led there: after a crash, or a change that nobody
//! saw, the same ones are found.

mod cancelled;
mod cut;
mod focus_block;
mod leave;
mod moved;
mod no_future;
mod one_day;
mod outside_hours;
mod overlap;
mod reads;
mod runs_into;
mod series_gone;
mod wished;

pub(crate) use leave::is_past;
pub use no_future::{FIRST_ONE_WORKING_DAYS, no_future};

use crate::case::Case;
use crate::ids::{MeetingId, OneOnOneId, PersonId, PromiseId};
use crate::world::meeting::Answer;
use serde::{Deserialize, Serialize};

/// What endangers a 1:1.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Threat {
    /// Of which sort.
    pub kind: Kind,
    /// The 1:1.
    pub one_on_one: OneOnOneId,
    /// The promise; None where there is none yet.
    pub promise: Option<PromiseId>,
    /// On whose calendar it can be answered.
    pub on: PersonId,
    /// What says so.
    pub evidence: Evidence,
    /// Why, in plain words for the owner of that calendar.
    pub because: String,
}

/// The sorts of threats.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
pub enum Kind {
    /// Taken off.
    Cancelled,
    /// Its series ended or was deleted.
    SeriesGone,
    /// Leave over it.
    Leave,
    /// Another time.
    Moved,
    /// Made shorter.
    Cut,
    /// The report asks for another time.
    Wished,
    /// Another meeting at its time.
    Overlap,
    /// The meeting before ends after it begins.
    RunsInto,
    /// Outside the report's hours.
    OutsideHours,
    /// In a block that the report keeps free for work.
    FocusBlock,
    /// Two 1:1s of a pair on one day.
    OneDay,
    /// No 1:1 to come.
    NoFuture,
}

/// What says so.
#[derive(
    Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default, Serialize, Deserialize,
)]
pub struct Evidence {
    /// The meeting it is about.
    pub meeting: Option<MeetingId>,
    /// Its version when this was seen.
    pub version: u32,
    /// The answer that was given to it.
    pub answer: Option<AnswerSeen>,
    /// The number of changes of the promise by then.
    pub changes: u32,
}

/// What had been answered to the other meeting: each is another sort of conflict.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
pub enum AnswerSeen {
    /// Accepted: it is settled unless something is done.
    Accepted,
    /// Tentative.
    Tentative,
    /// Not answered: a word now is enough.
    Unanswered,
}

/// One sort of threat.
type Find = fn(&Case<'_>, &mut Vec<Threat>);

/// All of them; what is gone first, then what could go.
const ALL: &[Find] = &[
    cancelled::find,
    series_gone::find,
    leave::find,
    moved::find,
    cut::find,
    wished::find,
    overlap::find,
    runs_into::find,
    outside_hours::find,
    focus_block::find,
    one_day::find,
];

/// Every threat to one promise.
pub fn find(case: &Case<'_>) -> Vec<Threat> {
    let mut found = Vec::new();
    if case.one.ended {
        return found;
    }
    for find in ALL {
        find(case, &mut found);
    }
    found
}

/// A threat to this promise that is about the promise itself.
fn about(case: &Case<'_>, kind: Kind, on: PersonId, because: String) -> Threat {
    Threat {
        kind,
        one_on_one: case.one.id,
        promise: Some(case.promise.id),
        on,
        evidence: Evidence {
            meeting: case.stands.map(|meeting| meeting.id),
            version: case.stands.map_or(0, |meeting| meeting.version),
            answer: None,
            changes: u32::try_from(case.promise.changes.len()).unwrap_or(u32::MAX),
        },
        because,
    }
}

fn seen(answer: Answer) -> Option<AnswerSeen> {
    match answer {
        Answer::Accepted => Some(AnswerSeen::Accepted),
        Answer::Tentative => Some(AnswerSeen::Tentative),
        Answer::Unanswered => Some(AnswerSeen::Unanswered),
        Answer::Declined => None,
    }
}

impl Kind {
    /// All of them.
    pub const ALL: [Self; 12] = [
        Self::Cancelled,
        Self::SeriesGone,
        Self::Leave,
        Self::Moved,
        Self::Cut,
        Self::Wished,
        Self::Overlap,
        Self::RunsInto,
        Self::OutsideHours,
        Self::FocusBlock,
        Self::OneDay,
        Self::NoFuture,
    ];

    /// The word of the product, as in JSON.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Cancelled => "cancelled",
            Self::SeriesGone => "series_gone",
            Self::Leave => "leave",
            Self::Moved => "moved",
            Self::Cut => "cut",
            Self::Wished => "wished",
            Self::Overlap => "overlap",
            Self::RunsInto => "runs_into",
            Self::OutsideHours => "outside_hours",
            Self::FocusBlock => "focus_block",
            Self::OneDay => "one_day",
            Self::NoFuture => "no_future",
        }
    }
}
