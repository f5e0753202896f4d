//! The tree planned once more where a few pairs have fewer places: their managers' desks, and those above, are asked again.

use super::{Climbed, CostVector, Desk, Forest, Settlement, climb, descend, effort};
use crate::bounded::Budget;
use crate::line::Settled;
use crate::problem::Problem;
use crate::watch::Watch;
use std::collections::BTreeMap;

/// What all desks said and settled.
pub(crate) struct Worked {
    up: Climbed,
    options: Vec<Option<usize>>,
}

/// What has gone up anew, where it has.
struct Changed<'a> {
    before: &'a Climbed,
    pairs: BTreeMap<usize, CostVector>,
    roots: BTreeMap<usize, (u64, Vec<Settled>)>,
}

impl Changed<'_> {
    fn below(&self, reports: &[usize]) -> Vec<&CostVector> {
        let vector = |pair: &usize| self.pairs.get(pair).unwrap_or(&self.before.pairs[*pair]);
        reports.iter().map(vector).collect()
    }

    fn bound(&self) -> u64 {
        let roots = self.before.roots.iter().enumerate();
        roots
            .filter_map(|(person, before)| self.roots.get(&person).or(before.as_ref()))
            .map(|(least, _)| *least)
            .sum()
    }
}

impl Worked {
    /// All desks, for the first time.
    pub(crate) fn of(problem: &Problem, forest: &Forest, watch: &dyn Watch) -> Self {
        let up = climb(problem, forest, watch);
        let options = descend(problem, forest, &up, watch);
        Self { up, options }
    }

    /// The tree where the `fewer` pairs have fewer places now than they had `before`; and how many pairs were planned anew. All
    /// desks together keep to the `budget`.
    pub(crate) fn again(
        &self,
        before: &Problem,
        now: &Problem,
        forest: &Forest,
        fewer: &[usize],
        (watch, budget): (&dyn Watch, &Budget<'_>),
    ) -> (Settlement, usize) {
        let changes = changing(now, forest, fewer);
        let up = self.climb((before, now), forest, (fewer, &changes), (watch, budget));
        let mut work = 0;
        let mut options: Vec<Option<usize>> = vec![None; now.pairs().len()];
        for person in forest.levels.iter().rev().flatten() {
            let (own, reports) = (forest.up[*person], &forest.down[*person]);
            let place = |problem: &Problem, options: &[Option<usize>]| {
                let pair = own?;
                options[pair].map(|option| problem.pairs()[pair].options[option].place)
            };
            let here = place(now, &options);
            if !changes[*person] && here == place(before, &self.options) {
                for pair in reports {
                    options[*pair] = self.options[*pair];
                }
                continue;
            }
            work += reports.len();
            let settled = match up.roots.get(person) {
                Some((_, settled)) => settled.clone(),
                None => Desk::of(now, *person, own, reports).settle_within(
                    &up.below(reports),
                    here,
                    effort(watch),
                    budget,
                ),
            };
            for (pair, option) in reports.iter().zip(settled) {
                options[*pair] = option.and_then(|option| usize::try_from(option).ok());
            }
        }
        let bound = up.bound();
        (Settlement { options, bound }, work)
    }

    fn climb(
        &self,
        (before, now): (&Problem, &Problem),
        forest: &Forest,
        (fewer, changes): (&[usize], &[bool]),
        (watch, budget): (&dyn Watch, &Budget<'_>),
    ) -> Changed<'_> {
        let mut up = Changed {
            before: &self.up,
            pairs: BTreeMap::new(),
            roots: BTreeMap::new(),
        };
        // The places that are left cost what they did.
        for pair in fewer {
            let (was, is) = (&before.pairs()[*pair], &now.pairs()[*pair]);
            let vector = &self.up.pairs[*pair];
            let left = is
                .options
                .iter()
                .filter_map(|choice| was.option_at(choice.place));
            let vector = CostVector {
                options: left.map(|option| vector.options[option]).collect(),
                dropped: vector.dropped,
            };
            up.pairs.insert(*pair, vector);
        }
        for person in forest
            .levels
            .iter()
            .flatten()
            .filter(|person| changes[**person])
        {
            let (own, reports) = (forest.up[*person], &forest.down[*person]);
            let desk = Desk::of(now, *person, own, reports);
            let below = up.below(reports);
            match own {
                Some(pair) => {
                    let vector = desk.price_within(&below, effort(watch), budget);
                    up.pairs.insert(pair, vector);
                }
                None => {
                    let decided = desk.decide_within(&below, effort(watch), budget);
                    up.roots.insert(*person, decided);
                }
            }
        }
        up
    }
}

/// Whose desk has something else to say: those of the pairs with fewer places, and everybody above.
fn changing(problem: &Problem, forest: &Forest, fewer: &[usize]) -> Vec<bool> {
    let mut changes = vec![false; problem.people().len()];
    let above = |person: usize| forest.up[person].map(|pair| problem.pairs()[pair].manager);
    for pair in fewer {
        let mut at = Some(problem.pairs()[*pair].manager);
        while let Some(person) = at.filter(|person| !changes[*person]) {
            changes[person] = true;
            at = above(person);
        }
    }
    changes
}
