//! One pair beside the tree after the other at each of its places, each time with the best tree around it, until none makes
//! the plan cheaper.

use super::around::{Base, Terms};
use super::{Asked, Best, Way, fill};
use crate::plan::Occupied;

/// Betters the plan; `bound` is what none is cheaper than.
pub(super) fn search(asked: &Asked<'_>, base: &Base, best: &mut Best, bound: u64) {
    let guests = asked.forest.beside.iter().copied();
    let guests: Vec<usize> = guests.filter(|index| !base.is_unhosted(*index)).collect();
    let mut improved = true;
    while improved && best.cost > bound {
        improved = false;
        for index in &guests {
            for way in asked.ways(*index) {
                if !asked.spend(1 + asked.problem.pairs().len() / 50) {
                    return;
                }
                improved |= tried(asked, base, best, (*index, way));
            }
        }
    }
}

/// Whether the plan is cheaper with that pair there; then it is taken.
fn tried(asked: &Asked<'_>, base: &Base, best: &mut Best, (index, way): (usize, Way)) -> bool {
    if best.places[index] == way.place {
        return false;
    }
    let mut terms = Terms::default();
    let mut beside = Occupied::new(asked.problem, &vec![None; best.places.len()]);
    for other in asked.forest.beside.iter().copied() {
        let moved = other == index;
        let here = if moved { way.place } else { best.places[other] };
        beside.put(other, here);
        if !base.is_unhosted(other) {
            terms.settle(asked.problem, other, here);
        }
    }
    if !way.place.is_none_or(|place| beside.is_free(index, place)) {
        return false;
    }
    let around = base.around(asked, &terms);
    around.bound < best.cost && asked.better(best, &fill(asked, &around.places))
}
