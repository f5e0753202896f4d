//! What two people are to each other by the organisation file, where no line runs between them.

use crate::people::{Directory, PersonId};
use std::collections::BTreeSet;

/// Why a 1:1 of `a` and `b` is not one of a manager and a report: a skip-level (one is somewhere above the other), a
/// peer (as many levels below the head), neither, or somebody outside the file.
pub(super) fn no_line(a: PersonId, b: PersonId, directory: &Directory) -> &'static str {
    let declared = |p: PersonId| directory.person(p).declared;
    if !declared(a) || !declared(b) {
        return "not in the organisation file";
    }
    let (over_a, over_b) = (above(a, directory), above(b, directory));
    let heads =
        |levels: &[BTreeSet<PersonId>], who| levels.iter().any(|level| level.contains(&who));
    if heads(&over_a, b) || heads(&over_b, a) {
        "a skip-level"
    } else if !over_a.is_empty() && over_a.len() == over_b.len() {
        "a peer"
    } else {
        "no reporting line between them"
    }
}

/// Everybody above `person`, level by level: managers, their managers, and so on. A circle in the file ends it.
fn above(person: PersonId, directory: &Directory) -> Vec<BTreeSet<PersonId>> {
    let mut met = BTreeSet::from([person]);
    let mut levels = Vec::new();
    let mut level = BTreeSet::from([person]);
    loop {
        let lines = directory.lines.iter();
        let next: BTreeSet<PersonId> = lines
            .filter(|line| level.contains(&line.report))
            .map(|line| line.manager)
            .filter(|manager| !met.contains(manager))
            .collect();
        if next.is_empty() {
            return levels;
        }
        met.extend(&next);
        levels.push(next.clone());
        level = next;
    }
}
