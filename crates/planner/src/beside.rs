//! Pairs beside the tree: skip-levels and dotted lines.

use crate::organisation::Forest;
use crate::plan::reason::Occupied;
use crate::problem::Problem;
use crate::week::Place;

/// Gives each pair beside the tree the cheapest place that is left, and returns what they cost at least.
pub(crate) fn insert(problem: &Problem, forest: &Forest, places: &mut [Option<Place>]) -> u64 {
    let mut bound = 0;
    for index in &forest.beside {
        let pair = &problem.pairs()[*index];
        let occupied = Occupied::new(problem, places);
        let free = pair.options.iter().filter(|option| {
            option.cost <= pair.drop
                && occupied.at(*index, option.place).is_empty()
                && !occupied.is_full(*index, option.place)
        });
        let chosen = free.min_by_key(|option| (option.cost, option.place));
        let least = pair.options.iter().map(|option| option.cost).min();
        bound += u64::from(least.unwrap_or(pair.drop).min(pair.drop));
        places[*index] = chosen.map(|option| option.place);
    }
    bound
}
