//! From a problem to a plan.

use super::exchange::exchange;
use super::{Occupied, Plan, reason};
use crate::checker::{Impossible, check};
use crate::order::Order;
use crate::organisation::Forest;
use crate::problem::{Kind, Problem};
use crate::watch::Watch;
use crate::week::Place;
use crate::{beside, make_good};
use std::cmp::Reverse;

/// Plans. The same problem gives the same plan, unless `watch` stops it; with other names and ids, and listed otherwise, a
/// plan of the same total and bound ([`order`](crate::order) says what is left of that).
///
/// # Errors
/// [`Impossible`] if the plan does not pass the independent checker, or is cheaper than its bound, which would be a fault of
/// ours.
pub fn make(problem: &Problem, watch: &dyn Watch) -> Result<Plan, Impossible> {
    if let Kind::MakeGood(target) = problem.kind() {
        return make_good::plan(problem, target);
    }
    let order = Order::of(problem);
    let (places, bound) = searched(&problem.in_order(&order.people, &order.pairs), watch)?;
    let places = order.back(&places);
    let total = check(problem, &places)?;
    if bound > total.objective {
        return Err(Impossible::FalseBound);
    }
    Ok(Plan {
        state: problem.state(),
        total,
        bound,
        reasons: reason::all(problem, &places),
        places,
        alternatives: Vec::new(),
        otherwise: None,
    })
}

/// The places of a plan, in the order of the problem, and what none is cheaper than.
fn searched(problem: &Problem, watch: &dyn Watch) -> Result<(Vec<Option<Place>>, u64), Impossible> {
    let forest = Forest::of(problem);
    let beside::Beside { places, bound } = beside::plan(problem, &forest, watch);
    if check(problem, &places)?.objective == bound {
        return Ok((places, bound));
    }
    // What is not known to be the best is at least no worse than taking one after the other.
    let mut best = (u64::MAX, Vec::new());
    for start in [places, greedy(problem, false), greedy(problem, true)] {
        let places = exchange(problem, &start, watch);
        let cost = check(problem, &places)?.objective;
        if cost < best.0 {
            best = (cost, places);
        }
    }
    Ok((best.1, bound))
}

/// Each pair in turn at the cheapest place that is left, those that stay first; the others as the problem has them, or the
/// dearest to go without first.
fn greedy(problem: &Problem, dearest_first: bool) -> Vec<Option<Place>> {
    let mut occupied = Occupied::new(problem, &vec![None; problem.pairs().len()]);
    let mut order: Vec<usize> = (0..problem.pairs().len()).collect();
    order.sort_by_key(|index| {
        let pair = &problem.pairs()[*index];
        (
            !pair.stays,
            Reverse(if dearest_first { pair.drop } else { 0 }),
        )
    });
    for index in order {
        occupied.put_cheapest(index);
    }
    occupied.places().to_vec()
}

/// The places that indices of options stand for.
pub(crate) fn places(problem: &Problem, options: &[Option<usize>]) -> Vec<Option<Place>> {
    let pairs = problem.pairs().iter().zip(options);
    pairs
        .map(|(pair, option)| option.map(|option| pair.options[option].place))
        .collect()
}
