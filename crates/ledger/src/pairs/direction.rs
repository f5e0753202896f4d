//! Who is the manager of the two.

use super::{Candidate, Declared, Direction, Relationship};
use crate::people::{Directory, PersonId};
use std::collections::HashMap;

/// Partners that make somebody a manager by the shape of the calendar.
const ENOUGH_REPORTS: usize = 3;

/// Declared direction of two people: by a reporting line, `--reports` or `--manager`.
pub(super) fn declared(
    people: [PersonId; 2],
    declared: &Declared,
    directory: &Directory,
) -> Option<PersonId> {
    let [a, b] = people;
    if let Some(line) = directory.lines_between(a, b).last() {
        return Some(line.manager);
    }
    let me = declared.me?;
    let other = if a == me {
        b
    } else if b == me {
        a
    } else {
        return None;
    };
    if declared.reports.contains(&other) {
        Some(me)
    } else if declared.managers.contains(&other) {
        Some(other)
    } else {
        None
    }
}

/// Who organises 1:1s with whom.
#[derive(Default)]
pub(super) struct Shape {
    // A sorted list and no map of sets: there may be a hundred thousand pairs, nearly all of people who have one.
    organises: Vec<[PersonId; 2]>,
}

impl Shape {
    /// Adds a pair that is counted.
    pub(super) fn add(&mut self, candidate: &Candidate) {
        let [a, b] = candidate.people;
        if let Some(by) = sole_organizer(candidate) {
            self.organises.push([by, if by == a { b } else { a }]);
        }
    }

    /// Managers by shape: people who hold and organise 1:1s with three people or more of whom none has three.
    /// Returns, for each pair whose direction this gives, the manager. `counted`: all that were added.
    pub(super) fn managers(self, counted: &[Relationship]) -> HashMap<[PersonId; 2], PersonId> {
        let both = |one: &Relationship| {
            let [a, b] = one.people;
            [[a, b], [b, a]]
        };
        inferred(counted.iter().flat_map(both).collect(), self.organises)
    }
}

fn inferred(
    mut partners: Vec<[PersonId; 2]>,
    mut organises: Vec<[PersonId; 2]>,
) -> HashMap<[PersonId; 2], PersonId> {
    for list in [&mut partners, &mut organises] {
        list.sort_unstable();
        list.dedup();
    }
    let leads = |person: PersonId| {
        let from = partners.partition_point(|[one, _]| *one < person);
        let rest = partners.get(from..).unwrap_or_default();
        rest.iter()
            .take(ENOUGH_REPORTS)
            .filter(|[one, _]| *one == person)
            .count()
            >= ENOUGH_REPORTS
    };
    let mut managers = HashMap::new();
    for led in organises.chunk_by(|[one, _], [other, _]| one == other) {
        if led.len() < ENOUGH_REPORTS || led.iter().any(|[_, other]| leads(*other)) {
            continue;
        }
        for [person, other] in led {
            let mut pair = [*person, *other];
            pair.sort_unstable();
            managers.insert(pair, *person);
        }
    }
    managers
}

/// The one of the two who organises every recurring series of theirs.
fn sole_organizer(candidate: &Candidate) -> Option<PersonId> {
    let mut organizers = candidate
        .series
        .iter()
        .filter(|s| s.cadence_days().is_some())
        .map(|s| s.organizer);
    let first = organizers.next()??;
    (candidate.people.contains(&first) && organizers.all(|o| o == Some(first))).then_some(first)
}

/// How the direction is known, and the manager.
pub(super) fn of(
    people: [PersonId; 2],
    declared_manager: Option<PersonId>,
    by_shape: &HashMap<[PersonId; 2], PersonId>,
) -> (Option<PersonId>, Direction) {
    match (declared_manager, by_shape.get(&people)) {
        (Some(manager), _) => (Some(manager), Direction::Declared),
        (None, Some(manager)) => (Some(*manager), Direction::Inferred),
        (None, None) => (None, Direction::Unknown),
    }
}
