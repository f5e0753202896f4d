//! What tells people and pairs apart by themselves, whatever they are called.

use crate::problem::{DayCap, Pair, Person, Problem};
use std::cmp::{Ordering, Reverse};

/// The rank of each pair: those on the reporting lines first; then those with fewer places, dearer to go without, longer,
/// that stay; then by where they are now, and by their places and what those cost.
pub(crate) fn pairs(problem: &Problem) -> Vec<usize> {
    let key = |pair: &Pair| {
        let line = problem.people()[pair.report].boss == Some(pair.manager);
        (
            (!line, pair.options.len()),
            (Reverse(pair.drop), Reverse(pair.length)),
            (!pair.stays, pair.current),
        )
    };
    let keys: Vec<_> = problem.pairs().iter().map(key).collect();
    let options = |pair: usize| &problem.pairs()[pair].options;
    ranks(keys.len(), |one, other| {
        let by_key = keys[one].cmp(&keys[other]);
        by_key.then_with(|| options(one).cmp(options(other)))
    })
}

/// The rank of each person.
pub(crate) fn people(problem: &Problem) -> Vec<usize> {
    let keys: Vec<_> = problem.people().iter().map(person).collect();
    ranks(keys.len(), |one, other| keys[one].cmp(&keys[other]))
}

/// What a person is told by: their buffer, their cap, their clock.
pub(crate) fn person(person: &Person) -> (u16, Option<(u16, i32)>, i32) {
    let cap = |cap: DayCap| (cap.starts, cap.utc_offset);
    (person.buffer, person.per_day.map(cap), person.utc_offset)
}

/// Ranks of so many things by what they are compared by; the same for those alike.
pub(crate) fn ranks(things: usize, compare: impl Fn(usize, usize) -> Ordering) -> Vec<usize> {
    let mut order: Vec<usize> = (0..things).collect();
    order.sort_by(|one, other| compare(*one, *other));
    let mut ranks = vec![0; things];
    let alike = order.chunk_by(|one, other| compare(*one, *other) == Ordering::Equal);
    for (rank, alike) in alike.enumerate() {
        for thing in alike {
            ranks[*thing] = rank;
        }
    }
    ranks
}
