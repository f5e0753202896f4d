//! From a problem to a plan.

use super::{Plan, reason};
use crate::checker::{Impossible, check};
use crate::organisation::{self, Forest};
use crate::problem::{Kind, Problem};
use crate::watch::Watch;
use crate::week::Place;
use crate::{beside, make_good};

/// Plans. The same problem gives the same plan, unless `watch` stops it.
///
/// # Errors
/// [`Impossible`] if the plan does not pass the independent checker, which would be a fault of ours.
pub fn make(problem: &Problem, watch: &dyn Watch) -> Result<Plan, Impossible> {
    if let Kind::MakeGood(target) = problem.kind() {
        return make_good::plan(problem, target);
    }
    let forest = Forest::of(problem);
    let settled = organisation::settle(problem, &forest, watch);
    let tree = places(problem, &settled.options);
    let beside::Beside { places, bound } =
        beside::plan(problem, &forest, tree, settled.bound, watch);
    let total = check(problem, &places)?;
    Ok(Plan {
        state: problem.state(),
        total,
        bound,
        reasons: reason::all(problem, &places, bound >= total.objective),
        places,
        alternatives: Vec::new(),
        otherwise: None,
    })
}

/// The places that indices of options stand for.
pub(crate) fn places(problem: &Problem, options: &[Option<usize>]) -> Vec<Option<Place>> {
    let pairs = problem.pairs().iter().zip(options);
    pairs
        .map(|(pair, option)| option.map(|option| pair.options[option].place))
        .collect()
}
