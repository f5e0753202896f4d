//! Which pairs stay where they are: those that are frozen, and those within the notice that can be held.

use super::Instance;
use super::expand::{Read, weight, wrong};
use crate::constraints::Known;
use crate::order::names;
use crate::problem::Kind;
use crate::words::clock;
use std::cmp::Reverse;

/// Why a pair stays.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Stays {
    /// Somebody said so.
    Frozen,
    /// It is too soon for a move.
    Notice,
}

impl Stays {
    /// In words.
    pub(super) fn why(self) -> &'static str {
        match self {
            Self::Frozen => "it is frozen there",
            Self::Notice => "it is within the notice, where nothing moves",
        }
    }
}

/// For each pair whether it stays, and why. Frozen ones go first, then who was let down most, then by name.
///
/// Within the notice a 1:1 that cannot be held, because one of the two has something else or another one is there, does not
/// stay: it is as good as displaced, and gets a new place.
pub(super) fn find(instance: &Instance) -> Read<Vec<Option<Stays>>> {
    let pairs = instance.problem.pairs();
    let mut stays: Vec<Option<Stays>> = vec![None; pairs.len()];
    let wants = |index: &usize| {
        let current = pairs[*index].current?;
        let soon = instance
            .window
            .is_some_and(|(from, _)| current.first() < from);
        let why = match instance.said.pairs[*index].frozen {
            true => Stays::Frozen,
            false if soon => Stays::Notice,
            false => return None,
        };
        (instance.problem.kind() != Kind::MakeGood(*index)).then_some((*index, why))
    };
    let mut wanting: Vec<(usize, Stays)> =
        (0..pairs.len()).filter_map(|index| wants(&index)).collect();
    wanting.sort_by_key(|(index, why)| {
        let weight = weight(&instance.said.pairs[*index]);
        let rank = names::key(&instance.problem, *index);
        (*why != Stays::Frozen, Reverse(weight), rank)
    });
    let mut by_person: Vec<Vec<usize>> = vec![Vec::new(); instance.problem.people().len()];
    for (index, why) in wanting {
        match in_the_way(instance, index, &by_person) {
            None => {
                stays[index] = Some(why);
                by_person[pairs[index].manager].push(index);
                by_person[pairs[index].report].push(index);
            }
            Some(what) if why == Stays::Frozen => {
                let place = format!("pair {}: frozen", pairs[index].id);
                return Err(wrong(
                    place,
                    format!("it cannot stay where it is, as {what}"),
                ));
            }
            Some(_) => {}
        }
    }
    Ok(stays)
}

/// What does not let a pair stay.
fn in_the_way(instance: &Instance, index: usize, staying: &[Vec<usize>]) -> Option<String> {
    let problem = &instance.problem;
    let pair = &problem.pairs()[index];
    let place = pair.current?;
    for person in [pair.manager, pair.report] {
        let name = &problem.people()[person].name;
        let known: &Known = &instance.known[person];
        let quarters = i32::from(place.start)..i32::from(place.start + pair.length);
        let weeks = place.weeks.bits();
        if quarters.clone().any(|at| known.busy.has(at, weeks)) {
            let when = clock(place, known.utc_offset);
            return Some(format!("{name} has something else at {when}"));
        }
        for other in &staying[person] {
            let there = &problem.pairs()[*other];
            let (span, theirs) = (problem.span(pair, person), problem.span(there, person));
            if there
                .current
                .is_some_and(|at| place.overlaps(span, at, theirs))
            {
                return Some(format!(
                    "pair {} stays there too, and {name} is in both",
                    there.id
                ));
            }
        }
    }
    None
}
