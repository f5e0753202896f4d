//! Branch and price: where the best mixture of plans has a pair partly on a day, it is there, or it is not.
//!
//! The node with the lowest bound goes first, so that whenever the search ends, the lowest bound of what is open is one of the
//! whole. Plans heard at one node are known at all others whose terms they keep.

use super::ascent::Ascent;
use super::days::ByDay;
use super::mix::mix;
use super::repair::repair;
use super::tree::{Plan, Term, Terms, Tree};
use crate::line::DAYS;
use crate::organisation::Settlement;
use std::cmp::Reverse;
use std::collections::BTreeMap;

/// Plans that are remembered: the programme that mixes them grows with their square.
const MOST_PLANS: usize = 250;

/// Plans that a new one is mixed with, the latest.
const MOST_MIXED: usize = 6;

/// How far the best prices are looked for at first, in units of cost: those at which nobody is in anybody's way, or those
/// without the last term, are mostly right, and plans that differ little are good to mix.
const NEAR: f64 = 0.5;

/// A share of a plan that is none or all of it but for rounding.
const ROUNDING: f64 = 1e-6;

/// Terms, and the prices found best on those they come from.
#[derive(Clone)]
struct Node {
    terms: Terms,
    prices: ByDay<f64>,
}

/// What was found of a node.
struct Found {
    bound: u64,
    prices: ByDay<f64>,
    /// The pair and day to go on with; None where nothing is left open or no work is.
    split: Option<(usize, usize)>,
}

struct Search<'a> {
    tree: &'a Tree<'a>,
    plans: Vec<Plan>,
    best: Plan,
    /// What going without where one may not costs more.
    fine: u32,
    /// No price is worth being above.
    most: u32,
}

/// The best plan within the cap, from the one without it on, which costs at least `bound`.
pub(super) fn search(tree: &Tree<'_>, plan: Plan, bound: u64) -> Settlement {
    let best = repair(tree, &plan);
    let dearest = tree.dearest();
    // More than the best plan costs, as far as there is room for it in 32 bits.
    let room = if dearest < 10_000_000 {
        50_000_000
    } else {
        1_000_000_000
    };
    let fine = u32::try_from(best.cost + 1).unwrap_or(room).min(room);
    let mut search = Search {
        tree,
        plans: vec![plan],
        best,
        fine,
        most: dearest + 1,
    };
    let prices = tree.without_collisions(search.most);
    let bound = search.all(
        Node {
            terms: Terms::new(),
            prices,
        },
        bound,
    );
    Settlement {
        bound: bound.min(search.best.cost),
        options: search.best.options,
    }
}

impl Search<'_> {
    /// Looks at everything from this node on; what no plan is cheaper than.
    fn all(&mut self, root: Node, bound: u64) -> u64 {
        let mut open = BTreeMap::from([((bound, Reverse(0)), root)]);
        let mut count = 0;
        // What is not known of nodes that were given up.
        let mut known = u64::MAX;
        while let Some(((bound, _), node)) = open.pop_first() {
            if bound >= self.best.cost {
                break;
            }
            let found = self.node(&node, bound);
            if found.bound >= self.best.cost {
                continue;
            }
            let Some(split) = found.split else {
                known = known.min(found.bound);
                if self.tree.work.get() == 0 || self.tree.watch.stop() {
                    return open
                        .keys()
                        .fold(known, |known, (bound, _)| known.min(*bound));
                }
                continue;
            };
            for terms in self.split(&node.terms, split) {
                count += 1;
                let prices = found.prices;
                open.insert((found.bound, Reverse(count)), Node { terms, prices });
            }
        }
        known.min(self.best.cost)
    }

    /// The terms with that pair not on that day; and there, if there is room.
    fn split(&self, terms: &Terms, (index, day): (usize, usize)) -> Vec<Terms> {
        let with = |days: u16, must: bool| {
            let mut terms = terms.clone();
            let term = terms.entry(index).or_insert(Term {
                days: u16::MAX,
                must: false,
            });
            term.days &= days;
            term.must |= must;
            terms
        };
        let bit = 1_u16 << day;
        let there = terms.values().filter(|term| term.must && term.days == bit);
        let mut split = vec![with(!bit, false)];
        if (there.count() as u64) < u64::from(self.tree.days.rooms[day]) {
            split.push(with(bit, true));
        }
        split
    }

    /// The highest bound on the terms of a node.
    fn node(&mut self, node: &Node, mut bound: u64) -> Found {
        let mut known = Vec::new();
        let mut planes = Vec::new();
        for (at, plan) in self.plans.iter().enumerate() {
            if let Some(plane) = self.tree.plane(plan, &node.terms, self.fine) {
                // Of plans that come to the same at all prices one will do.
                if !planes.contains(&plane) {
                    known.push(at);
                    planes.push(plane);
                }
            }
        }
        let most = self.most + if node.terms.is_empty() { 0 } else { self.fine };
        let mut ascent = Ascent::new(planes, (node.prices, NEAR), most);
        loop {
            let (prices, parts) = ascent.next();
            let answer = self.tree.at((&prices, parts), &node.terms, self.fine);
            let Some((plan, value)) = answer else {
                let prices = ascent.best();
                return Found {
                    bound,
                    prices,
                    split: None,
                };
            };
            bound = bound.max(in_whole(value, parts));
            let told = prices.map(|price| f64::from(price) / f64::from(parts));
            self.offer(&plan, &told);
            if bound >= self.best.cost {
                break;
            }
            let Some(plane) = self.tree.plane(&plan, &node.terms, self.fine) else {
                break;
            };
            if !ascent.planes.contains(&plane) {
                known.push(self.plans.len());
                self.plans.push(plan);
            }
            #[expect(
                clippy::cast_precision_loss,
                reason = "only says where to look next: the bound is kept in whole numbers"
            )]
            let value = value as f64 / f64::from(parts);
            if !ascent.hear(value, plane) {
                break;
            }
        }
        let split = (bound < self.best.cost).then(|| self.undecided(&node.terms, &known, &ascent));
        let forgotten = self.plans.len().saturating_sub(MOST_PLANS);
        self.plans.drain(..forgotten);
        Found {
            bound,
            prices: ascent.best(),
            split: split.flatten(),
        }
    }

    /// The pair and day of which the best mixture of plans is least decided.
    fn undecided(&self, terms: &Terms, known: &[usize], ascent: &Ascent) -> Option<(usize, usize)> {
        let top = ascent.top();
        let mixed = known.iter().zip(&top.shares);
        let mixed: Vec<(&Plan, f64)> = mixed
            .filter(|(_, share)| **share > ROUNDING)
            .map(|(plan, share)| (&self.plans[*plan], *share))
            .collect();
        let mut found: Option<(f64, (usize, usize))> = None;
        for index in &self.tree.pairs {
            let (first, rest) = mixed.split_first()?;
            let day = |plan: &Plan| self.tree.day(*index, plan.options[*index]);
            if rest.iter().all(|(plan, _)| day(plan) == day(first.0))
                || terms.get(index).is_some_and(|term| term.must)
            {
                continue;
            }
            let mut shares = [0.0; DAYS];
            for (plan, share) in &mixed {
                if let Some(day) = day(plan) {
                    shares[day] += share;
                }
            }
            for (day, share) in shares.into_iter().enumerate() {
                let from_half = (share - 0.5).abs();
                let is_open = share > ROUNDING && share < 1.0 - ROUNDING;
                if is_open && found.is_none_or(|(least, _)| from_half < least - ROUNDING) {
                    found = Some((from_half, (*index, day)));
                }
            }
        }
        found.map(|(_, split)| split)
    }

    /// Takes what can be made of a plan, if it is cheaper.
    fn offer(&mut self, plan: &Plan, prices: &ByDay<f64>) {
        let late = self.plans.len().saturating_sub(MOST_MIXED);
        let mut with: Vec<Plan> = self.plans[late..].to_vec();
        with.push(self.best.clone());
        self.take(plan);
        for with in with {
            for mixed in mix(self.tree, plan, &with, prices) {
                self.take(&mixed);
            }
        }
    }

    /// Takes a plan, made to keep the cap, if it is cheaper.
    fn take(&mut self, plan: &Plan) {
        let repaired = repair(self.tree, plan);
        if repaired.cost < self.best.cost {
            self.best = repaired;
        }
    }
}

/// A bound as a cost: costs are whole, so it may be rounded up.
fn in_whole(value: i64, parts: u32) -> u64 {
    let parts = i64::from(parts);
    let whole = value.div_euclid(parts) + i64::from(value.rem_euclid(parts) > 0);
    u64::try_from(whole).unwrap_or(0)
}
