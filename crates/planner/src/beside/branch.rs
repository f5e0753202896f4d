//! Branch and bound: where a pair beside the tree collides with something in its report's time, it is settled there, or is
//! not there.
//!
//! The node with the lowest bound goes first, so that whenever the search ends, the lowest bound of what is open is one of
//! the whole.

use super::around::{Around, Base, Terms};
use super::{Asked, Best, fill};
use crate::plan::Occupied;
use std::cmp::Reverse;
use std::collections::BTreeMap;

/// Terms, and the best on them once it has been found.
struct Node {
    terms: Terms,
    around: Option<Around>,
}

/// Nodes by their bound; of those with one bound the youngest, which is nearest to an end.
#[derive(Default)]
struct Open {
    nodes: BTreeMap<(u64, Reverse<usize>), Node>,
    count: usize,
}

impl Open {
    fn push(&mut self, bound: u64, node: Node) {
        self.count += 1;
        self.nodes.insert((bound, Reverse(self.count)), node);
    }

    fn pop(&mut self) -> Option<(u64, Node)> {
        let ((bound, _), node) = self.nodes.pop_first()?;
        Some((bound, node))
    }
}

/// The best plan found, and what none is cheaper than.
pub(super) fn search(asked: &Asked<'_>, base: &Base) -> (Best, u64) {
    let mut best = Best {
        places: Vec::new(),
        cost: u64::MAX,
    };
    let mut open = Open::default();
    let whole = base.around(asked, &Terms::default());
    try_to_end(asked, base, &whole, &mut best);
    let root = Node {
        terms: Terms::default(),
        around: None,
    };
    open.push(
        whole.bound,
        Node {
            around: Some(whole),
            ..root
        },
    );
    while let Some((bound, node)) = open.pop() {
        if bound >= best.cost {
            break;
        }
        if !asked.spend(1 + asked.problem.pairs().len() / 50) {
            return (best, bound);
        }
        let Some(around) = &node.around else {
            let around = base.around(asked, &node.terms);
            try_to_end(asked, base, &around, &mut best);
            let (bound, around) = (bound.max(around.bound), Some(around));
            open.push(bound, Node { around, ..node });
            continue;
        };
        let collides = collision(asked, base, around);
        let Some((index, place)) = collides.and_then(|index| Some((index, around.places[index]?)))
        else {
            // Nothing collides, and yet it is not the best there is: a desk has not come to its end, or a pair is no guest.
            return (best, bound);
        };
        let (mut there, mut elsewhere) = (node.terms.clone(), node.terms);
        there.settle(asked.problem, index, Some(place));
        elsewhere.rule_out(asked.problem, index, place);
        for terms in [there, elsewhere] {
            let around = None;
            open.push(bound, Node { terms, around });
        }
    }
    let cost = best.cost;
    (best, cost)
}

/// The first pair beside the tree, a guest, that touches something of its report. It is not settled yet: what is settled has
/// its report's time to itself.
fn collision(asked: &Asked<'_>, base: &Base, around: &Around) -> Option<usize> {
    let occupied = Occupied::new(asked.problem, &around.places);
    let mut beside = asked.forest.beside.iter().copied();
    beside.find(|index| {
        let collides = around.places[*index].is_some_and(|at| occupied.touches_report(*index, at));
        collides && !base.is_unhosted(*index)
    })
}

/// The best on the node's terms, with those that collide, and those that are guests nowhere, at the cheapest places left.
fn try_to_end(asked: &Asked<'_>, base: &Base, around: &Around, best: &mut Best) {
    let mut occupied = Occupied::new(asked.problem, &around.places);
    for index in asked.forest.beside.iter().copied() {
        let place = around.places[index];
        let collides = place.is_some_and(|place| !occupied.at(index, place).is_empty());
        if collides && !asked.problem.pairs()[index].stays && !base.is_unhosted(index) {
            occupied.put(index, None);
        }
    }
    asked.better(best, &fill(asked, occupied.places()));
}
