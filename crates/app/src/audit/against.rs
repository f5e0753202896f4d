//! The 1:1s of one manager that wanted the same time as another meeting, by class: which gave way, and beside which both stayed.

use super::{finish::Desk, gave_way};
use crate::report::model::{HeadToHead, Met, Pair};
use crate::report::tally::Tally;
use std::collections::{BTreeMap, HashMap};
use steadfast_calendar::Instant;
use steadfast_ledger::{
    busy::{Conflict, Stayed},
    occurrence::{Class, Occurrence},
    verdict::Outcome,
};
use steadfast_signal::head_to_head;

/// The manager's own 1:1s, by what a conflict names them: two may go by the same.
pub(super) struct Promised<'a>(HashMap<Instant, Vec<(&'a Pair, &'a Occurrence)>>);

impl<'a> Promised<'a> {
    /// Those of `own` pairs.
    pub(super) fn of(own: &[&'a Pair]) -> Self {
        let mut promised: HashMap<Instant, Vec<(&Pair, &Occurrence)>> = HashMap::new();
        for pair in own {
            for one in &pair.occurrences {
                promised
                    .entry(gave_way::id(one))
                    .or_default()
                    .push((pair, one));
            }
        }
        Self(promised)
    }

    fn named(&self, id: Instant) -> impl Iterator<Item = (&'a Pair, &'a Occurrence)> {
        self.0.get(&id).into_iter().flatten().copied()
    }

    /// The one that gave way there. What was no promise any more when it left, as its series was re-timed or ended, gave way to
    /// nothing; and what is not known to have left did not either.
    fn that_left(&self, conflict: &Conflict) -> Option<(&'a Pair, &'a Occurrence)> {
        self.named(conflict.one_on_one)
            .find(|(_, one)| gave_way::gave_way(one, conflict))
    }

    /// Whether the conflict counts: the other one gave way, or a promised 1:1 did.
    pub(super) fn counts(&self, conflict: &Conflict) -> bool {
        !conflict.one_on_one_gave_way || self.that_left(conflict).is_some()
    }

    /// The one that stood there, printed and over.
    fn that_stood(&self, desk: &Desk<'_>, both: &Stayed) -> Option<(&'a Pair, &'a Occurrence)> {
        let stood = |one: &Occurrence| {
            one.verdict.outcome != Outcome::Unknown && one.verdict.was_held() == Some(both.slot)
        };
        self.named(both.one_on_one)
            .find(|(_, one)| stood(one) && desk.prints(one))
    }
}

fn met((pair, one): (&Pair, &Occurrence), at: Instant) -> Met {
    Met {
        pair: pair.id.clone(),
        promised: one.promised.start,
        at,
        held: one.verdict.was_held().map(|slot| slot.start),
    }
}

/// What is counted against each class with which there was a conflict. `stayed`: where neither gave way.
pub(super) fn by_class(
    desk: &Desk<'_>,
    promised: &Promised<'_>,
    conflicts: &[Conflict],
    stayed: &[Stayed],
) -> Vec<HeadToHead> {
    let mut by_class: BTreeMap<Class, Vec<&Conflict>> = BTreeMap::new();
    for conflict in conflicts {
        by_class.entry(conflict.class).or_default().push(conflict);
    }
    by_class
        .into_iter()
        .map(|(class, conflicts)| {
            let left: Vec<(&Conflict, (&Pair, &Occurrence))> = conflicts
                .iter()
                .filter_map(|conflict| Some((*conflict, promised.that_left(conflict)?)))
                .collect();
            // Those that left their place and count as stood all the same.
            let became = |which: &[Outcome]| {
                let is_small = |one: &Occurrence| {
                    Tally::of([one]).stood == 1 && which.contains(&one.verdict.outcome)
                };
                left.iter().filter(|(_, (_, one))| is_small(one)).count()
            };
            let count = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
            let read = head_to_head::HeadToHead::new(count(left.len()), count(conflicts.len()));
            let mut gave_way: Vec<Met> = left.iter().map(|(c, one)| met(*one, c.at)).collect();
            gave_way.sort_by_key(|met| (met.at, met.promised));
            let of_class = stayed.iter().filter(|both| both.class == class);
            let both_stayed =
                of_class.filter_map(|both| Some(met(promised.that_stood(desk, both)?, both.at)));
            HeadToHead {
                class,
                conflicts: conflicts.len(),
                one_on_one_gave_way: left.len(),
                gave_way,
                both_stayed: both_stayed.collect(),
                nudged: became(&[Outcome::Nudged]),
                moved_early: became(&[Outcome::Moved, Outcome::Slipped]),
                probability: read.probability,
                usually: read.usually,
            }
        })
        .collect()
}
