//! The places of a plan, by person and by day.

use crate::problem::{DayCap, Pair, Problem};
use crate::week::Place;
use std::collections::BTreeMap;

/// Who is where, and how full the days are.
pub(crate) struct Occupied<'a> {
    problem: &'a Problem,
    places: Vec<Option<Place>>,
    by_person: Vec<Vec<usize>>,
    days: BTreeMap<(Option<usize>, i32), usize>,
}

impl<'a> Occupied<'a> {
    pub(crate) fn new(problem: &'a Problem, places: &[Option<Place>]) -> Self {
        let mut occupied = Self {
            problem,
            places: vec![None; places.len()],
            by_person: vec![Vec::new(); problem.people().len()],
            days: BTreeMap::new(),
        };
        for (index, place) in places.iter().enumerate() {
            occupied.put(index, *place);
        }
        occupied
    }

    /// The same with none but those that can be in the way of the pair at `index`: what else there is touches neither its two
    /// people nor a cap of its days.
    pub(crate) fn near(problem: &'a Problem, places: &[Option<Place>], index: usize) -> Self {
        let two = {
            let pair = &problem.pairs()[index];
            [pair.manager, pair.report]
        };
        let near = problem.pairs().iter().zip(places).map(|(pair, place)| {
            let meets = two.contains(&pair.manager) || two.contains(&pair.report);
            place.filter(|_| meets || problem.cap().is_some())
        });
        Self::new(problem, &near.collect::<Vec<_>>())
    }

    /// Where everybody is.
    pub(crate) fn places(&self) -> &[Option<Place>] {
        &self.places
    }

    /// Puts the pair at `index` elsewhere, or nowhere.
    pub(crate) fn put(&mut self, index: usize, place: Option<Place>) {
        let pair = &self.problem.pairs()[index];
        let before = std::mem::replace(&mut self.places[index], place);
        for (at, adds) in [(before, false), (place, true)] {
            let Some(at) = at else { continue };
            for person in [pair.manager, pair.report] {
                if adds {
                    self.by_person[person].push(index);
                } else {
                    self.by_person[person].retain(|other| *other != index);
                }
            }
            for (whose, cap) in caps(self.problem, pair) {
                let count = self
                    .days
                    .entry((whose, at.day(cap.utc_offset)))
                    .or_default();
                *count = if adds {
                    *count + 1
                } else {
                    count.saturating_sub(1)
                };
            }
        }
    }

    /// Other pairs that touch `place` of `pair`, by index.
    pub(crate) fn at(&self, index: usize, place: Place) -> Vec<usize> {
        let pair = &self.problem.pairs()[index];
        self.touching(index, place, pair.length)
    }

    /// The same if the pair at `index` were so long.
    pub(crate) fn touching(&self, index: usize, place: Place, length: u16) -> Vec<usize> {
        let pair = &self.problem.pairs()[index];
        let mut found = Vec::new();
        for person in [pair.manager, pair.report] {
            for other in self.of(person, index, place, length) {
                if !found.contains(&other) {
                    found.push(other);
                }
            }
        }
        found
    }

    /// Whether another pair of its report touches `place` of the pair at `index`.
    pub(crate) fn touches_report(&self, index: usize, place: Place) -> bool {
        let pair = &self.problem.pairs()[index];
        let mut others = self.of(pair.report, index, place, pair.length);
        others.next().is_some()
    }

    /// The other pairs of `person`, one of its two, that touch `place` of the pair at `index` if that were so long.
    fn of(
        &self,
        person: usize,
        index: usize,
        place: Place,
        length: u16,
    ) -> impl Iterator<Item = usize> + '_ {
        let span = length + self.problem.people()[person].buffer;
        let others = self.by_person[person].iter().copied();
        others.filter(move |other| {
            let there = &self.problem.pairs()[*other];
            *other != index
                && self.places[*other]
                    .is_some_and(|at| place.overlaps(span, at, self.problem.span(there, person)))
        })
    }

    /// Whether the day of `place` has no room for `pair`, wherever that is now.
    pub(crate) fn is_full(&self, index: usize, place: Place) -> bool {
        let pair = &self.problem.pairs()[index];
        !pair.stays
            && caps(self.problem, pair).any(|(whose, cap)| {
                let day = place.day(cap.utc_offset);
                let own = self.places[index].is_some_and(|own| own.day(cap.utc_offset) == day);
                let count = self.days.get(&(whose, day)).copied().unwrap_or(0);
                count - usize::from(own) >= usize::from(cap.starts)
            })
    }

    /// The other pairs on the day of `place` that count against a cap of the pair at `index`.
    pub(crate) fn same_day(&self, index: usize, place: Place) -> Vec<usize> {
        let pair = &self.problem.pairs()[index];
        let caps: Vec<_> = caps(self.problem, pair).collect();
        let here = |other: &usize| {
            let there = self.problem.pairs()[*other].manager;
            let counts = |(whose, cap): &(Option<usize>, DayCap)| {
                let day = |place: Place| place.day(cap.utc_offset);
                whose.is_none_or(|whose| whose == there)
                    && self.places[*other].is_some_and(|at| day(at) == day(place))
            };
            *other != index && caps.iter().any(counts)
        };
        (0..self.places.len()).filter(here).collect()
    }

    /// Whether the pair could be there beside the others.
    pub(crate) fn is_free(&self, index: usize, place: Place) -> bool {
        !self.is_full(index, place) && self.at(index, place).is_empty()
    }

    /// Puts the pair at the cheapest place that is free, where that costs no more than going without.
    pub(crate) fn put_cheapest(&mut self, index: usize) {
        let pair = &self.problem.pairs()[index];
        let worth = pair
            .options
            .iter()
            .filter(|option| option.cost <= pair.drop);
        let free = worth.filter(|option| self.is_free(index, option.place));
        let chosen = free.min_by_key(|option| (option.cost, option.place));
        let place = chosen.map(|option| option.place);
        self.put(index, place);
    }
}

/// The caps that a start of `pair` counts against, and whose they are; None for that of all pairs.
fn caps<'a>(
    problem: &'a Problem,
    pair: &Pair,
) -> impl Iterator<Item = (Option<usize>, DayCap)> + use<'a> {
    let manager = pair.manager;
    let all = problem.cap().map(|cap| (None, cap));
    let own = problem.people()[manager]
        .per_day
        .map(|cap| (Some(manager), cap));
    all.into_iter().chain(own)
}
