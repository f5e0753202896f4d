//! Finding the 1:1s: which meetings of exactly two people are the standing 1:1 of a manager and a report.
//!
//! Invariant: direction is declared, or inferred from the shape of a whole calendar; a title or an organiser alone
//! never decides it.

pub mod cadence;
mod candidates;
mod chart;
mod direction;
mod find;
pub(crate) mod handed;
mod hints;
mod house;
pub mod participants;
pub mod title;
mod unnamed;

pub use candidates::{Candidate, CandidateSeries, SeriesOfTwo, SeriesRef, Sort, candidates};
pub use find::find;
pub use unnamed::{Missing, Unnamed};

use crate::people::{PersonId, ReportingLine};
use std::sync::Arc;

/// What the user declared besides the organisation file.
#[derive(Clone, Debug, Default)]
pub struct Declared {
    /// Whose calendar it is.
    pub me: Option<PersonId>,
    /// `--reports`: those I manage.
    pub reports: Vec<PersonId>,
    /// `--manager`: my own manager.
    pub managers: Vec<PersonId>,
}

/// How a direction is known.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Direction {
    /// Declared.
    Declared,
    /// From the shape of the calendar.
    Inferred,
    /// Not known.
    Unknown,
}

/// Why a relationship counts as a 1:1. One for all that count for the same reasons: there may be a hundred thousand.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Because {
    /// 0 to 1: that it is a 1:1 at all.
    pub confidence: f64,
    /// Reasons.
    pub why: Vec<String>,
}

/// The standing 1:1 of two people, across all its series.
#[derive(Clone, Debug)]
pub struct Relationship {
    /// The two, in order of id.
    pub people: [PersonId; 2],
    /// The manager, where the direction is known.
    pub manager: Option<PersonId>,
    /// How.
    pub direction: Direction,
    /// Why it counts.
    pub because: Arc<Because>,
    /// The recurring series that promise it, and the single meetings of the two.
    pub series: SeriesOfTwo,
    /// Declared reporting lines between the two, oldest first.
    pub lines: Box<[ReportingLine]>,
}

impl Relationship {
    /// The one who is not the manager, where the direction is known.
    pub fn report(&self) -> Option<PersonId> {
        let manager = self.manager?;
        self.people.into_iter().find(|p| *p != manager)
    }

    /// The other one of the two.
    pub fn other(&self, than: PersonId) -> Option<PersonId> {
        let [a, b] = self.people;
        (than == a)
            .then_some(b)
            .or_else(|| (than == b).then_some(a))
    }
}

/// A meeting of two that may be a 1:1, not counted.
#[derive(Clone, Debug)]
pub struct Doubt {
    /// The two.
    pub people: [PersonId; 2],
    /// Why it may be one, and why it is not counted.
    pub why: Vec<String>,
    /// What would count it.
    pub counts_with: CountsWith,
    /// It would be counted if the address of one of the two were of the other's house.
    pub but_for_address: bool,
}

/// What would count a meeting of two that is not.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum CountsWith {
    /// That it is said who reports to whom.
    Line,
    /// A rhythm of a 1:1.
    Rhythm,
    /// A title that says 1:1.
    Title,
    /// A time of day at which the two meet.
    Time,
}

/// A meeting of two that is plainly something else.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SomethingElse {
    /// The two.
    pub people: [PersonId; 2],
    /// What it is: "an interview", "outside people", "a peer".
    pub why: String,
}

/// Regular meetings of two people that are no 1:1 of theirs: what their 1:1s with others can be compared with.
#[derive(Clone, Debug)]
pub struct Beside {
    /// The two.
    pub people: [PersonId; 2],
    /// The recurring series, and the single meetings that may replace one.
    pub series: SeriesOfTwo,
    /// It may be a 1:1 after all.
    pub doubtful: bool,
}

/// Everything that came out of looking for 1:1s.
#[derive(Clone, Debug, Default)]
pub struct Found {
    /// Counted.
    pub relationships: Vec<Relationship>,
    /// Listed, not counted.
    pub doubts: Vec<Doubt>,
    /// Plainly something else.
    pub others: Vec<SomethingElse>,
    /// Recurring meetings whose title says 1:1 while it is not known which two meet, those that began last first.
    pub unnamed: Vec<Unnamed>,
    /// Two people who meet in a way that is no 1:1; worth a word only where no 1:1 is found.
    pub near: Vec<Doubt>,
    /// The other regular meetings of two.
    pub beside: Vec<Beside>,
    /// Two of a declared reporting line who meet in what may be their 1:1, and is not counted: it is not said of them that
    /// they have none.
    pub perhaps: Vec<Beside>,
}
