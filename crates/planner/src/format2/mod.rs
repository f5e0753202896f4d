//! Format 2, our own: people with hours, meetings and wishes; places and costs come from the constraints.
//!
//! The form is told in `docs/reference/plan.md`. Days and hours are on each person's own clock, `now_at` on the report's.

mod expand;
mod known;
mod otherwise;
mod places;
mod said;
mod stays;
mod times;
mod why;

use crate::constraints::{HARD, Known, SOFT};
use crate::format1::Unreadable;
use crate::plan::Plan;
use crate::problem::{Pair, Problem};
use crate::week::Place;
use known::Planned;
use stays::Stays;

/// An instance and what came of expanding it.
#[derive(Clone, Debug)]
pub struct Instance {
    said: said::Instance,
    known: Vec<Known>,
    planned: Planned,
    /// The first quarter hour outside the notice, and the end of what counts as last-minute.
    window: Option<(u16, u16)>,
    /// Of each pair, why it stays, if it does.
    stays: Vec<Option<Stays>>,
    /// Pairs that do not meet in the week that is planned.
    not_due: Vec<Pair>,
    problem: Problem,
}

/// One term of a place's cost.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Term {
    /// The constraint's id.
    pub constraint: &'static str,
    /// What it says of the place, in a few words.
    pub said: String,
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
        let pair = &self.problem.pairs()[index];
        let costs = SOFT
            .iter()
            .map(|soft| (soft, soft.weight * (soft.count)(&case)));
        let terms = costs
            .filter(|(_, cost)| *cost > 0)
            .map(|(soft, cost)| Term {
                constraint: soft.id,
                said: self.said_of(pair, (soft.short)(&case)),
                cost,
            });
        terms.collect()
    }

    /// How many starts of the week each constraint rules out for the pair at `index`; each counts with the first that does,
    /// and what it leaves and a 1:1 that stays takes away with that.
    pub fn ruled_out(&self, index: usize) -> Vec<(&'static str, usize)> {
        let mut counts: Vec<(&'static str, usize)> = HARD.iter().map(|hard| (hard.id, 0)).collect();
        counts.push(("staying", 0));
        for place in self.every_place(index) {
            let case = self.case(index, place);
            let first = HARD.iter().position(|hard| !(hard.allows)(&case));
            let is_option = self.problem.pairs()[index].option_at(place).is_some();
            if let Some(first) = first.or_else(|| (!is_option).then_some(HARD.len())) {
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
