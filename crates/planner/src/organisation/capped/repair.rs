//! A plan whose days are too full, made into one that keeps the cap, at once.

use super::tree::{Plan, Tree};
use crate::plan::{Occupied, places};
use std::cmp::Reverse;

/// Of each day that is too full those go that lose least by another; then everybody without a place, those first who are
/// dearest to go without, comes to the cheapest that is left.
pub(super) fn repair(tree: &Tree<'_>, plan: &Plan) -> Plan {
    let pairs = tree.problem.pairs();
    let mut options = plan.options.clone();
    let mut starts = plan.starts;
    for (day, room) in tree.days.rooms.iter().enumerate() {
        if starts[day] <= *room {
            continue;
        }
        let here = |index: &usize| tree.day(*index, options[*index]) == Some(day);
        let mut here: Vec<usize> = tree.pairs.iter().copied().filter(here).collect();
        here.sort_by_key(|index| {
            let others = pairs[*index].options.iter();
            let others = others.filter(|choice| tree.days.index(choice.place) != day);
            let least = others.map(|choice| choice.cost).min();
            let elsewhere = u64::from(least.unwrap_or(pairs[*index].drop));
            elsewhere.saturating_sub(tree.cost(*index, options[*index]))
        });
        for index in here {
            if starts[day] > *room {
                options[index] = None;
                starts[day] -= 1;
            }
        }
    }
    let mut occupied = Occupied::new(tree.problem, &places(tree.problem, &options));
    let nowhere = |index: &usize| options[*index].is_none();
    let mut left: Vec<usize> = tree.pairs.iter().copied().filter(nowhere).collect();
    left.sort_by_key(|index| Reverse(pairs[*index].drop));
    for index in left {
        let pair = &pairs[index];
        let mut choices: Vec<usize> = (0..pair.options.len()).collect();
        choices.sort_by_key(|option| pair.options[*option].cost);
        let suits = |option: &usize| {
            let choice = pair.options[*option];
            let day = tree.days.index(choice.place);
            choice.cost <= pair.drop
                && starts[day] < tree.days.rooms[day]
                && occupied.is_free(index, choice.place)
        };
        if let Some(option) = choices.into_iter().find(suits) {
            let place = pair.options[option].place;
            occupied.put(index, Some(place));
            starts[tree.days.index(place)] += 1;
            options[index] = Some(option);
        }
    }
    tree.plan(options)
}
