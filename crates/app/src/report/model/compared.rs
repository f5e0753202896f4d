//! What was found of one manager's 1:1s beside the same manager's other meetings.

use super::Person;
use serde::{Deserialize, Serialize};
use steadfast_calendar::Instant;
use steadfast_ledger::occurrence::Class;

/// One manager's comparisons.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Comparison {
    /// The manager.
    pub manager: Person,
    /// How many of this manager's own reports' 1:1s stood as promised: (stood, of).
    pub reports_stood: (usize, usize),
    /// Of these: neither stood nor did not, for the source does not tell how early a move was known.
    pub reports_neither: usize,
    /// `reports_stood` for the manager's own 1:1 with the boss.
    pub boss_stood: Option<(usize, usize)>,
    /// `reports_neither` for it.
    pub boss_neither: usize,
    /// Of those of both sorts that stood: while one of the two was on leave, so that nobody knows whether they took place.
    #[serde(default)]
    pub stood_in_leave: usize,
    /// Who gave way in a conflict, per class.
    pub head_to_head: Vec<HeadToHead>,
    /// Disruption rates per class.
    pub rates: Vec<RateAgainst>,
    /// Bradley–Terry strengths, strongest first.
    pub ladder: Vec<(Class, f64)>,
    /// Fairness between reports; `None` for the report's view or with fewer than two reports.
    pub fairness: Option<Fairness>,
}

/// Conflicts between 1:1s and meetings of one class.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct HeadToHead {
    /// The other class.
    pub class: Class,
    /// Conflicts that were decided.
    pub conflicts: usize,
    /// How often the 1:1 gave way.
    pub one_on_one_gave_way: usize,
    /// The promised starts of the 1:1s that gave way, oldest first; one twice that gave way to two.
    pub gave_way: Vec<Instant>,
    /// The same ones with what became of them, by when the two wanted the same time; empty where they are too many to be told one
    /// by one.
    #[serde(default)]
    pub gave_way_on: Vec<Met>,
    /// How often such a meeting lay beside a 1:1 while both stayed: that decides nothing, and is no conflict.
    #[serde(default)]
    pub both_stayed: usize,
    /// These 1:1s, as `gave_way_on`.
    #[serde(default)]
    pub both_stayed_on: Vec<Met>,
    /// Of those that gave way: nudged within the day, which counts as stood.
    pub nudged: usize,
    /// Of these: moved with a week's notice or more, which counts as stood.
    pub moved_early: usize,
    /// Of these: put back to its promised time, where it stood.
    #[serde(default)]
    pub went_back: usize,
    /// P(yield > .5).
    pub probability: f64,
    /// Whether "usually gives way" may be said.
    pub usually: bool,
}

/// A 1:1 that wanted the same time as another meeting.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Met {
    /// Id of the relationship.
    pub pair: String,
    /// When it had been promised.
    pub promised: Instant,
    /// When the two wanted the same time: on another day than it had been promised for where it had been moved there.
    pub at: Instant,
    /// Where it stood in the end; `None` where it did not.
    pub held: Option<Instant>,
    /// Whether it was cut there, so that it gave way without leaving its place.
    #[serde(default)]
    pub is_cut: bool,
}

/// Rate of disruption against another class, in one matched stratum set.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct RateAgainst {
    /// The other class.
    pub class: Class,
    /// Disrupted of the other class.
    pub disrupted: usize,
    /// Of how many.
    pub of: usize,
    /// Disrupted 1:1s in the same strata.
    pub one_on_one_disrupted: usize,
    /// Of how many.
    pub one_on_one_of: usize,
    /// P(theta of 1:1s > theta of the class + .10).
    pub probability: f64,
    /// Whether it may be said.
    pub say: bool,
}

/// Fairness between one manager's reports.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Fairness {
    /// Permutation p-value.
    pub p: f64,
    /// Named only when p ≤ .01 and the difference is ≥ .15.
    pub named: Option<Person>,
}
