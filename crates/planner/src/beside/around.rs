//! The best there is if nobody looks at the time of the reports of pairs beside the tree, and around what is settled of them.
//!
//! Such a pair is a guest at its manager's desk, which plans it exactly, with the others there. That it takes its report's
//! time too is left out, so that this is a bound of the whole; once a pair is settled, its report's other places are cleared
//! of it, and nothing is left out of it any more.

use super::Asked;
use crate::bounded::Budget;
use crate::organisation::{self, Forest, Worked};
use crate::problem::{Choice, Problem};
use crate::week::Place;
use std::collections::BTreeMap;

/// Pairs that one desk plans at most: a set of them is a word of the machine, with some bits to spare.
const MOST_AT_A_DESK: usize = 60;

/// What the pairs beside the tree may do: fewer places than they had, and which of them are settled, and where.
#[derive(Clone, Default)]
pub(super) struct Terms {
    left: BTreeMap<usize, Vec<Choice>>,
    settled: BTreeMap<usize, Option<Place>>,
}

impl Terms {
    /// The pair is there, or nowhere.
    pub(super) fn settle(&mut self, problem: &Problem, index: usize, place: Option<Place>) {
        let options = &problem.pairs()[index].options;
        let here = options.iter().filter(|choice| Some(choice.place) == place);
        self.left.insert(index, here.copied().collect());
        self.settled.insert(index, place);
    }

    /// The pair is not there.
    pub(super) fn rule_out(&mut self, problem: &Problem, index: usize, place: Place) {
        let options = &problem.pairs()[index].options;
        let left = self.left.entry(index).or_insert_with(|| options.clone());
        left.retain(|choice| choice.place != place);
    }
}

/// The best around what is settled.
pub(super) struct Around {
    pub(super) places: Vec<Option<Place>>,
    /// What it costs at least.
    pub(super) bound: u64,
}

/// What the desks said with nothing settled, to be asked again only where something changes.
pub(super) struct Base {
    forest: Forest,
    /// Pairs that are guests nowhere, and what they cost at least.
    unhosted: Vec<usize>,
    unhosted_cost: u64,
    problem: Problem,
    worked: Worked,
    /// The pairs of each person.
    by_person: Vec<Vec<usize>>,
}

impl Base {
    pub(super) fn of(asked: &Asked<'_>) -> Self {
        let mut by_person = vec![Vec::new(); asked.problem.people().len()];
        let pairs = asked.problem.pairs();
        for (index, pair) in pairs.iter().enumerate() {
            by_person[pair.manager].push(index);
            by_person[pair.report].push(index);
        }
        let (forest, unhosted) = asked.forest.hosting(asked.problem, MOST_AT_A_DESK);
        let mut held: BTreeMap<usize, Vec<Place>> = BTreeMap::new();
        for index in unhosted.iter().filter(|index| pairs[**index].stays) {
            let places = pairs[*index].options.iter().map(|choice| choice.place);
            held.entry(pairs[*index].manager)
                .or_default()
                .extend(places);
        }
        let least = unhosted.iter().map(|index| {
            let options = pairs[*index].options.iter().map(|choice| choice.cost);
            let drop = pairs[*index].drop;
            u64::from(options.min().unwrap_or(drop).min(drop))
        });
        let problem = asked.problem.clone().holding(held);
        Self {
            worked: Worked::of(&problem, &forest, asked.watch),
            unhosted_cost: least.sum(),
            unhosted,
            problem,
            forest,
            by_person,
        }
    }

    /// Whether a pair is a guest nowhere: nothing is known of it but what it costs at least.
    pub(super) fn is_unhosted(&self, index: usize) -> bool {
        self.unhosted.contains(&index)
    }

    /// The best on these terms.
    pub(super) fn around(&self, asked: &Asked<'_>, terms: &Terms) -> Around {
        let mut problem = self.problem.clone();
        let narrowed = self.narrowed(terms);
        let fewer: Vec<usize> = narrowed.keys().copied().collect();
        problem.narrow(narrowed);
        let settled = if problem.cap().is_some() {
            organisation::settle(&problem, &self.forest, asked.watch, &asked.left)
        } else {
            let before = &self.problem;
            let budget = Budget::of(asked.watch, asked.steps.get());
            let within = (asked.watch, &budget);
            let (settled, work) = self
                .worked
                .again(before, &problem, &self.forest, &fewer, within);
            asked.steps.set(budget.left());
            asked.spend(work);
            settled
        };
        Around {
            places: crate::plan::places(&problem, &settled.options),
            bound: settled.bound + self.unhosted_cost,
        }
    }

    /// The places left to each pair that has fewer.
    fn narrowed(&self, terms: &Terms) -> BTreeMap<usize, Vec<Choice>> {
        let pairs = self.problem.pairs();
        let mut narrowed = terms.left.clone();
        for (index, place) in &terms.settled {
            let Some(place) = *place else { continue };
            let person = pairs[*index].report;
            let span = self.problem.span(&pairs[*index], person);
            for other in self.by_person[person]
                .iter()
                .filter(|other| *other != index)
            {
                let theirs = self.problem.span(&pairs[*other], person);
                let options = || pairs[*other].options.clone();
                let left = narrowed.entry(*other).or_insert_with(options);
                left.retain(|choice| !choice.place.overlaps(theirs, place, span));
            }
        }
        narrowed
    }
}
