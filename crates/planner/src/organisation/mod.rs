//! A whole organisation: costs go up the tree from manager to manager, places come down.
//!
//! Exact, because whatever lies below a pair sees of the rest only where that pair meets. Each step up and down is one
//! [`Desk`]; desks of one level have nothing in common and are worked at side by side.

mod again;
mod capped;
pub mod desk;
pub mod forest;

pub(crate) use again::Worked;
pub use desk::{CostVector, Desk, Effort};
pub use forest::Forest;

use crate::line::Settled;
use crate::problem::Problem;
use crate::watch::Watch;
use rayon::prelude::*;
use std::cell::Cell;

/// Places for all pairs of the tree, and a bound.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Settlement {
    /// For each pair, the index of its option; None where it is left out, and for all pairs beside the tree.
    pub(crate) options: Vec<Option<usize>>,
    /// No plan for the pairs of the tree is cheaper. None proves more than this.
    pub(crate) bound: u64,
}

/// Plans the pairs of the tree. Once `watch` says stop, the rest is done quickly: the plan is possible and the bound holds,
/// but they need not meet. With a cap on all pairs together the tree is planned many times over; each takes as much of the
/// `work` as it has pairs, and nothing but the first is done without any left.
pub(crate) fn settle(
    problem: &Problem,
    forest: &Forest,
    watch: &dyn Watch,
    work: &Cell<usize>,
) -> Settlement {
    match problem.cap() {
        Some(cap) => capped::settle(problem, forest, cap, watch, work),
        None => settle_freely(problem, forest, watch),
    }
}

/// Whatever the cap on all pairs together.
fn settle_freely(problem: &Problem, forest: &Forest, watch: &dyn Watch) -> Settlement {
    let up = climb(problem, forest, watch);
    Settlement {
        options: descend(problem, forest, &up, watch),
        bound: up.bound(),
    }
}

/// What has gone up.
struct Climbed {
    /// By pair.
    pairs: Vec<CostVector>,
    /// By person, of those who have no manager: what everything below costs at least, and the places of their 1:1s.
    roots: Vec<Option<(u64, Vec<Settled>)>>,
    /// By person: how the desk worked.
    effort: Vec<Effort>,
}

impl Climbed {
    /// What everything costs at least.
    fn bound(&self) -> u64 {
        self.roots.iter().flatten().map(|(least, _)| *least).sum()
    }

    fn below(&self, reports: &[usize]) -> Vec<&CostVector> {
        reports.iter().map(|pair| &self.pairs[*pair]).collect()
    }
}

fn effort(watch: &dyn Watch) -> Effort {
    if watch.stop() {
        Effort::Quick
    } else {
        Effort::Exact
    }
}

/// What a desk says once it has heard from all its reports.
enum Told {
    /// To its own manager, about the pair of that index.
    Up(usize, CostVector),
    /// It has nobody to tell.
    Decided((u64, Vec<Settled>)),
}

fn climb(problem: &Problem, forest: &Forest, watch: &dyn Watch) -> Climbed {
    let people = problem.people().len();
    let mut up = Climbed {
        pairs: problem.pairs().iter().map(CostVector::of_pair).collect(),
        roots: vec![None; people],
        effort: vec![Effort::Quick; people],
    };
    let desks = forest.levels.iter().map(Vec::len).sum();
    let mut done = 0;
    for level in &forest.levels {
        let told: Vec<(usize, Effort, Told)> = level
            .par_iter()
            .map(|person| {
                let effort = effort(watch);
                let (own, reports) = (forest.up[*person], &forest.down[*person]);
                let desk = Desk::of(problem, *person, own, reports);
                let below = up.below(reports);
                let told = match own {
                    Some(pair) => Told::Up(pair, desk.price(&below, effort, watch)),
                    None => Told::Decided(desk.decide(&below, effort, watch)),
                };
                (*person, effort, told)
            })
            .collect();
        for (person, effort, told) in told {
            up.effort[person] = effort;
            match told {
                Told::Up(pair, vector) => up.pairs[pair] = vector,
                Told::Decided(decided) => up.roots[person] = Some(decided),
            }
        }
        done += level.len();
        watch.at(done, desks);
    }
    up
}

fn descend(
    problem: &Problem,
    forest: &Forest,
    up: &Climbed,
    watch: &dyn Watch,
) -> Vec<Option<usize>> {
    let mut options: Vec<Option<usize>> = vec![None; problem.pairs().len()];
    for level in forest.levels.iter().rev() {
        let settled: Vec<(usize, Vec<Settled>)> = level
            .par_iter()
            .map(|person| {
                if let Some((_, settled)) = &up.roots[*person] {
                    return (*person, settled.clone());
                }
                let (own, reports) = (forest.up[*person], &forest.down[*person]);
                let place = own.and_then(|pair| {
                    options[pair].map(|option| problem.pairs()[pair].options[option].place)
                });
                // A desk that was quick on the way up, or is told to stop now, is quick on the way down.
                let effort = match up.effort[*person] {
                    Effort::Exact => effort(watch),
                    Effort::Quick => Effort::Quick,
                };
                let desk = Desk::of(problem, *person, own, reports);
                (
                    *person,
                    desk.settle(&up.below(reports), place, effort, watch),
                )
            })
            .collect();
        for (person, settled) in settled {
            for (pair, option) in forest.down[person].iter().zip(settled) {
                options[*pair] = option.and_then(|option| usize::try_from(option).ok());
            }
        }
    }
    options
}
