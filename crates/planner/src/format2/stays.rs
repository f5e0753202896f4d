//! Which pairs stay where they are: those that are frozen, and those within the notice that can be held.

use super::Instance;
use super::expand::{Read, weight, wrong};
use super::said::Rhythm;
use crate::constraints::Known;
use crate::order::{Alike, Order, content, names};
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

/// For each pair whether it stays, and why. Frozen ones go first, by name; then who was let down most, the longer one, the
/// earlier one; then by what is known of the two and of those around them, and by name only of those alike in all of that
/// ([`order`](crate::order)).
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
    // Which of two frozen ones is refused is a matter of words; who stays within the notice decides what others cost.
    if wanting.len() > 1 {
        let place = places(instance);
        wanting.sort_by_key(|(index, why)| {
            let frozen = (*why == Stays::Frozen).then(|| names::key(&instance.problem, *index));
            (*why != Stays::Frozen, frozen, place[*index])
        });
    }
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

/// The place of each pair in the order in which they may stay.
fn places(instance: &Instance) -> Vec<usize> {
    let (problem, said) = (&instance.problem, &instance.said.pairs);
    let pairs = problem.pairs();
    let pair = |index: usize| {
        let pair = &pairs[index];
        let first = (Reverse(weight(&said[index])), Reverse(pair.length));
        let is_line = problem.people()[pair.report].boss == Some(pair.manager);
        let is_target = problem.kind() == Kind::MakeGood(index);
        let weekly = said[index].rhythm == Rhythm::Weekly;
        (
            first,
            pair.current,
            (said[index].frozen, is_target),
            (is_line, weekly),
        )
    };
    let person = |person: usize| {
        (
            &instance.known[person],
            content::person(&problem.people()[person]),
        )
    };
    let order = Order::by(Alike {
        people: content::ranks(problem.people().len(), |one, other| {
            person(one).cmp(&person(other))
        }),
        pairs: content::ranks(pairs.len(), |one, other| pair(one).cmp(&pair(other))),
        couples: pairs
            .iter()
            .map(|pair| [pair.manager, pair.report])
            .collect(),
        names: names::ranks(problem),
    });
    let mut places = vec![0; pairs.len()];
    for (place, index) in order.pairs.into_iter().enumerate() {
        places[index] = place;
    }
    places
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
