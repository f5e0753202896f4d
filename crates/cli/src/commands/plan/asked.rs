//! Which pair `--explain` is about.

use crate::error::{CommandError, Kind};
use steadfast_planner::instance::Instance;

/// The index of the pair with that id, else of the one 1:1 of the report of that name.
pub(super) fn about(instance: &Instance, which: &str) -> Result<usize, CommandError> {
    let problem = instance.problem();
    let wrong = |what: String, hint: &str| Err(CommandError::new(Kind::Usage, what, hint));
    if let Ok(id) = which.parse()
        && let Some(index) = problem.pair(id)
    {
        return Ok(index);
    }
    let name = which.to_lowercase();
    let pairs = problem.pairs().iter().enumerate();
    let named = pairs.filter(|(_, pair)| problem.people()[pair.report].name.to_lowercase() == name);
    let named: Vec<(usize, u32)> = named.map(|(index, pair)| (index, pair.id)).collect();
    match named[..] {
        [(index, _)] => Ok(index),
        [] => {
            let not_due = match instance {
                Instance::Two(two) => two.is_not_due(which),
                Instance::One(_) => None,
            };
            match not_due {
                Some(name) => wrong(
                    format!("the 1:1 of {name} is every second week and not due in this one"),
                    "plan the other week: \"week\": \"second\", or \"first\"",
                ),
                None => wrong(
                    format!("there is no pair {which}"),
                    "give the \"id\" of one of \"pairs\", or the name of its report",
                ),
            }
        }
        [(_, one), (_, other), ..] => wrong(
            format!("{which} has several 1:1s"),
            &format!("give the id of one of them: {one}, {other}"),
        ),
    }
}
