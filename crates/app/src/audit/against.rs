//! The 1:1s of one manager that wanted the same time as another meeting, by class: which gave way, and beside which both stayed.

use super::{finish::Desk, gave_way};
use crate::report::model::{HeadToHead, Met, Pair};
use crate::report::tally::Tally;
use std::collections::{BTreeMap, HashMap};
use steadfast_calendar::{Instant, Slot};
use steadfast_ledger::people::PersonId;
use steadfast_ledger::{
    busy::{Conflict, stayed},
    occurrence::{Class, Occurrence},
    verdict::Outcome,
};
use steadfast_signal::head_to_head;

/// So many are told one by one: a page tells a dozen days, and some fall on one.
const TOLD: usize = 24;

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

    /// The one that stood in `slot`, printed and over.
    fn that_stood(
        &self,
        desk: &Desk<'_>,
        (id, slot): (Instant, Slot),
    ) -> Option<(&'a Pair, &'a Occurrence)> {
        let stood = |one: &Occurrence| {
            // One that gave way and met another meeting where it went is told once.
            one.promised == slot
                && one.verdict.outcome != Outcome::Unknown
                && one.verdict.was_held() == Some(slot)
        };
        self.named(id)
            .find(|(_, one)| stood(one) && desk.prints(one))
    }

    /// Beside how many of `manager`'s 1:1s a meeting of each class lay while both stayed, and the first of these.
    pub(super) fn beside(
        &self,
        desk: &Desk<'_>,
        manager: PersonId,
    ) -> BTreeMap<Class, (usize, Vec<Met>)> {
        let mut beside: BTreeMap<Class, (usize, Vec<Met>)> = BTreeMap::new();
        let Some(agenda) = desk.agendas.get(&manager) else {
            return beside;
        };
        let stood = |id, slot| self.that_stood(desk, (id, slot));
        stayed(agenda, desk.history, desk.printed, stood, |one, both| {
            let (count, on) = beside.entry(both.class).or_default();
            *count += 1;
            if *count <= TOLD {
                on.push(met(one, both.at));
            }
        });
        for (count, on) in beside.values_mut() {
            on.sort_by_key(|met| (met.at, met.promised));
            on.truncate(if *count > TOLD { 0 } else { TOLD });
        }
        beside
    }
}

fn met((pair, one): (&Pair, &Occurrence), at: Instant) -> Met {
    Met {
        pair: pair.id.clone(),
        promised: one.promised.start,
        at,
        held: one.verdict.was_held().map(|slot| slot.start),
        is_cut: one.verdict.cut.is_some(),
    }
}

/// What is counted against each class with which there was a conflict. `beside`: where neither gave way.
pub(super) fn by_class(
    promised: &Promised<'_>,
    conflicts: &[Conflict],
    mut beside: BTreeMap<Class, (usize, Vec<Met>)>,
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
            let mut gave_way: Vec<Instant> = left
                .iter()
                .map(|(_, (_, one))| one.promised.start)
                .collect();
            gave_way.sort_unstable();
            let few = left.iter().filter(|_| left.len() <= TOLD);
            let mut gave_way_on: Vec<Met> = few.map(|(c, one)| met(*one, c.at)).collect();
            gave_way_on.sort_by_key(|met| (met.at, met.promised));
            let (both_stayed, both_stayed_on) = beside.remove(&class).unwrap_or_default();
            HeadToHead {
                class,
                conflicts: conflicts.len(),
                one_on_one_gave_way: left.len(),
                gave_way,
                gave_way_on,
                both_stayed,
                both_stayed_on,
                nudged: became(&[Outcome::Nudged]),
                went_back: became(&[Outcome::Kept]),
                moved_early: became(&[Outcome::Moved, Outcome::Slipped]),
                probability: read.probability,
                usually: read.usually,
            }
        })
        .collect()
}
