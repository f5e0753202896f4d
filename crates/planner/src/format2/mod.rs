//! Format 2, our own: people with hours, meetings and wishes; places and costs come from the constraints.
//!
//! The form is told in `docs/reference/plan.md`. Days and hours are on each person's own clock, `now_at` on the report's.

mod expand;
mod otherwise;
mod said;
mod times;

use crate::constraints::{HARD, Known, SOFT};
use crate::format1::Unreadable;
use crate::plan::Plan;
use crate::problem::Problem;
use crate::week::Place;

/// An instance and what came of expanding it.
#[derive(Clone, Debug)]
pub struct Instance {
    said: said::Instance,
    known: Vec<Known>,
    problem: Problem,
}

/// One term of a place's cost.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Term {
    /// The constraint's id.
    pub constraint: &'static str,
    /// What it adds.
    pub cost: u32,
}

impl Instance {
    /// Reads an instance and expands its places.
    ///
    /// # Errors
    /// [`Unreadable`] says what is wrong and where.
    pub fn read(text: &[u8]) -> Result<Self, Unreadable> {
        let said: said::Instance = serde_json::from_slice(text).map_err(Unreadable::Json)?;
        expand::expand(said)
    }

    /// What is to be planned.
    pub fn problem(&self) -> &Problem {
        &self.problem
    }

    /// What makes up the cost of `place` for the pair at `index`; terms that add nothing are left out.
    pub fn terms(&self, index: usize, place: Place) -> Vec<Term> {
        let case = self.case(index, place);
        let terms = SOFT.iter().map(|soft| Term {
            constraint: soft.id,
            cost: soft.weight * (soft.count)(&case),
        });
        terms.filter(|term| term.cost > 0).collect()
    }

    /// How many starts of the week each constraint rules out for the pair at `index`; each counts with the first that does.
    pub fn ruled_out(&self, index: usize) -> Vec<(&'static str, usize)> {
        let mut counts: Vec<(&'static str, usize)> = HARD.iter().map(|hard| (hard.id, 0)).collect();
        for place in self.every_place(index) {
            let case = self.case(index, place);
            if let Some(first) = HARD.iter().position(|hard| !(hard.allows)(&case)) {
                counts[first].1 += 1;
            }
        }
        counts
    }

    /// For a displaced 1:1 without any place: which movable meeting would have to give way, or half of it today.
    pub fn otherwise(&self, plan: &Plan) -> Option<String> {
        otherwise::find(self, plan)
    }
}
