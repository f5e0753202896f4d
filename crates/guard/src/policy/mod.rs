//! What the owner of a calendar allows: values, without behaviour of their own. [`permits`] holds an intent against them.

mod permits;
mod policies;
mod refused;

pub use permits::{Asked, How, permits};
pub use policies::{Limits, Policies, Whose, resolve};
pub use refused::Refused;

use crate::world::meeting::{Meeting, Urgent};
use serde::{Deserialize, Serialize};
use steadfast_ledger::occurrence::Class;

/// How far the guard goes.
#[derive(
    Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default, Serialize, Deserialize,
)]
pub enum Level {
    /// The ledger, nothing else.
    Watch,
    /// Proposals; nothing is written. What a new 1:1 has.
    #[default]
    Advise,
    /// It may act within the bounds.
    Defend,
}

/// A level and its bounds, under a name for the log.
#[derive(Clone, PartialEq, Debug, Default, Serialize, Deserialize)]
pub struct Policy {
    /// How far the guard goes.
    pub level: Level,
    /// Within which bounds it may act.
    pub bounds: Bounds,
}

/// The bounds that the owner set.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Bounds {
    /// What may take the time of a 1:1.
    pub may_win: Vec<Winner>,
    /// Only who is of this organisation is answered, and only their meetings are moved, without asking.
    pub internal_bookers_only: bool,
    /// Nothing that begins within so many minutes moves, and nothing moves there.
    pub freeze_minutes: i64,
    /// Writes in the owner's name on one of their days; holds on their own calendar are not counted.
    pub actions_a_day: u32,
    /// Nothing is done; the log says what would have been.
    pub dry_run: bool,
    /// Below this, the class of a meeting is a guess, and nothing about it is done without asking.
    pub least_confidence: f64,
    /// Whether something may go by itself to who stands above the owner in the line.
    pub up_the_line: bool,
    /// Whether something may go by itself to people outside.
    pub outside: bool,
    /// Whether the owner reads the first message to each person before it goes.
    pub preview_first: bool,
    /// After so many minutes without an answer of the report, the best of the times is booked, as an invitation that they
    /// may decline; None: only what they picked is booked.
    pub book_unanswered_after: Option<i64>,
}

impl Default for Bounds {
    /// Modest: nothing goes by itself up the line, outside, about a class that is inferred below .9, or to somebody who
    /// was never written to before; what must win does.
    fn default() -> Self {
        Self {
            may_win: vec![Winner::CustomerEmergency, Winner::Incident, Winner::Boss],
            internal_bookers_only: true,
            // Within two hours people are already on their way; the ledger calls it last-minute.
            freeze_minutes: 2 * 60,
            actions_a_day: 6,
            dry_run: false,
            least_confidence: 0.9,
            up_the_line: false,
            outside: false,
            preview_first: true,
            book_unanswered_after: Some(24 * 60),
        }
    }
}

/// What may take the time of a 1:1.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub enum Winner {
    /// A customer's emergency.
    CustomerEmergency,
    /// An incident.
    Incident,
    /// The owner's own manager.
    Boss,
    /// Every meeting of a class.
    Class(Class),
}

impl Bounds {
    /// Whether that meeting may be one that may take the time of a 1:1, for all that is known: of what people outside are in
    /// (`has_outsiders`) it is mostly not said whether it can wait, whatever sort of meeting its owner says that it is.
    pub fn may_be_emergency(&self, meeting: &Meeting, has_outsiders: bool) -> bool {
        (has_outsiders || meeting.class == Class::Customer)
            && meeting.urgent.is_none()
            && self.may_win.contains(&Winner::CustomerEmergency)
    }

    /// Whether that meeting may take the time of a 1:1; `boss` is the owner's manager.
    pub fn wins(&self, meeting: &Meeting, boss: Option<crate::ids::PersonId>) -> bool {
        self.may_win.iter().any(|winner| match winner {
            Winner::CustomerEmergency | Winner::Incident => self.wins_by_its_word(meeting),
            Winner::Boss => boss == Some(meeting.organiser) || meeting.class == Class::BossOneOnOne,
            Winner::Class(class) => meeting.class == *class,
        })
    }

    /// Whether that meeting calls itself something urgent that may take the time of a 1:1.
    pub fn wins_by_its_word(&self, meeting: &Meeting) -> bool {
        let may = |winner| self.may_win.contains(&winner);
        meeting.urgent.is_some_and(|urgent| match urgent {
            Urgent::Customer => may(Winner::CustomerEmergency),
            Urgent::Incident => may(Winner::Incident),
            Urgent::IncidentWithOutsiders => {
                may(Winner::CustomerEmergency) || may(Winner::Incident)
            }
        })
    }
}

impl Level {
    /// All of them, the least first.
    pub const ALL: [Self; 3] = [Self::Watch, Self::Advise, Self::Defend];

    /// The level with that word.
    pub fn named(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|level| level.as_str() == word)
    }

    /// The word of the product, as in JSON.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Watch => "watch",
            Self::Advise => "advise",
            Self::Defend => "defend",
        }
    }
}
