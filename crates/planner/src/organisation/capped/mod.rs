//! A cap on the starts of all pairs together, over several managers.
//!
//! It is the one thing that ties everybody to everybody: no subtree can be planned without knowing how full the others make
//! each day. So every day gets a price, which each start on it pays. At given prices the tree is planned as without a cap;
//! what that costs, the room of the days paid back, is a bound (Lagrangean relaxation), and [`ascent`] looks for the prices
//! at which it is highest. The plans heard on the way are mixed into plans that keep the cap ([`mod@mix`]). Where the best of
//! them is above the bound, [`branch`] settles on which day a pair is, one pair after the other (branch and price); if it
//! comes to its end, the plan is the best there is.

mod ascent;
mod branch;
mod days;
mod master;
mod mix;
mod repair;
mod tree;

use super::{Forest, Settlement, settle_freely};
use crate::problem::{DayCap, Problem};
use crate::watch::Watch;
use days::Days;
use std::cell::Cell;
use tree::Tree;

/// Plans the pairs of the tree within the cap. Each time that the tree is planned takes as much of the `work` as it has
/// pairs; what is found when none is left is possible, and the bound holds.
pub(super) fn settle(
    problem: &Problem,
    forest: &Forest,
    cap: DayCap,
    watch: &dyn Watch,
    work: &Cell<usize>,
) -> Settlement {
    let tree = Tree {
        days: Days::of(problem, forest, cap),
        pairs: forest.down.iter().flatten().copied().collect(),
        problem,
        forest,
        watch,
        work,
    };
    work.set(work.get().saturating_sub(tree.pairs.len()));
    let free = settle_freely(problem, forest, watch);
    let plan = tree.plan(free.options);
    if tree.days.hold(&plan.starts) {
        let Settlement { bound, .. } = free;
        return Settlement {
            options: plan.options,
            bound,
        };
    }
    branch::search(&tree, plan, free.bound)
}
