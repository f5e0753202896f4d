//! The answer: a place for every pair, what it costs, how good that is, and the reason for each choice.

mod exchange;
mod make;
mod occupied;
pub(crate) mod reason;

pub use make::make;
pub(crate) use make::places;
pub(crate) use occupied::Occupied;
pub use reason::{Because, Considered, Outcome, Reason, Verdict};

use crate::checker::Total;
use crate::problem::{Problem, State};
use crate::week::Place;

/// How good a plan is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Status {
    /// Nothing is cheaper: the bound is the objective.
    Optimal,
    /// Possible; the bound says how much cheaper another could be at most.
    Feasible,
}

/// A plan for every pair of a problem. It has been read by the [`checker`](crate::checker).
#[must_use = "a plan changes nothing: its report has to be read and its places taken"]
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Plan {
    /// The state it was made from. Of no use once that is another.
    pub state: State,
    /// Where each pair goes, in the order of [`Problem::pairs`]; None where it is left out.
    pub places: Vec<Option<Place>>,
    /// What it costs and changes.
    pub total: Total,
    /// No plan is cheaper; for a displaced 1:1, none while the others stay.
    pub bound: u64,
    /// Why each pair is where it is, in the same order.
    pub reasons: Vec<Reason>,
    /// For a displaced 1:1: at most three places on different days of the report, cheapest first.
    pub alternatives: Vec<crate::make_good::Alternative>,
    /// For a displaced 1:1 without any: what else would help.
    pub otherwise: Option<crate::make_good::Otherwise>,
}

impl Plan {
    /// Whether something cheaper may exist.
    pub fn status(&self) -> Status {
        if self.bound == self.total.objective {
            Status::Optimal
        } else {
            Status::Feasible
        }
    }

    /// Whether the plan was made from `problem` as it is now.
    pub fn is_of(&self, problem: &Problem) -> bool {
        self.state == problem.state()
    }
}
