//! One manager's part of the plan: what has to be known of their time, and of nobody else's.
//!
//! A desk can stand where the manager's calendar is. It hears one [`CostVector`] from each report and tells one to its own
//! manager: what each place of their 1:1 would cost everybody below. Calendars, names and other people's places stay
//! where they are. When the answer comes down, as the place of the own 1:1, it settles the places of its reports.

use crate::bounded::Budget;
use crate::line::{Job, JobOption, Room, Settled, Taken};
use crate::problem::{Pair, Problem};
use crate::watch::Watch;
use crate::week::Place;
use crate::{bounded, dense};

/// From so many reports on, one place is found sooner by bounds than by the table that told the costs of all places.
const LARGE: usize = 10;

/// Up to so many reports the table takes no longer than being quick would, and always fits.
const SMALL: usize = 6;

/// From so many on, even the costs of all places are found sooner by bounds: the table doubles with every report.
const WIDE: usize = 13;

/// How a desk finds out.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Method {
    /// By what can be said at once.
    Quick,
    /// By a table of everything.
    Table,
    /// By bounds and a search.
    Bounds,
}

/// What goes up from a report: for each option of the pair, and for leaving it out, the least that the pair and everybody
/// below it cost then. Lower bounds where a desk had to be quick.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct CostVector {
    /// For each option of the pair, in its order.
    pub options: Vec<u64>,
    /// For leaving the pair out.
    pub dropped: u64,
}

impl CostVector {
    /// That of somebody who has no reports: what the pair itself costs.
    pub fn of_pair(pair: &Pair) -> Self {
        Self {
            options: pair
                .options
                .iter()
                .map(|option| u64::from(option.cost))
                .collect(),
            dropped: u64::from(pair.drop),
        }
    }

    /// The least of all.
    pub fn least(&self) -> u64 {
        self.options
            .iter()
            .copied()
            .min()
            .unwrap_or(u64::MAX)
            .min(self.dropped)
    }
}

/// How much work a desk puts in.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Effort {
    /// Until the costs are exact.
    Exact,
    /// What can be said at once: bounds upward, a possible plan downward.
    Quick,
}

/// A manager's part of the problem: their own time and their 1:1s, and nothing of anybody else.
#[derive(Clone, Debug)]
pub struct Desk<'a> {
    /// Quarter hours the manager wants free after each 1:1.
    pub buffer: u16,
    /// What their cap leaves of each day.
    pub room: Option<Room>,
    /// The 1:1 with the own manager.
    pub own: Option<&'a Pair>,
    /// Those with the reports, in the order in which ties go.
    pub reports: Vec<&'a Pair>,
}

impl<'a> Desk<'a> {
    /// The part of `person`, whose 1:1s with reports are the pairs `reports` and whose own is `own`.
    pub fn of(
        problem: &'a Problem,
        person: usize,
        own: Option<usize>,
        reports: &'a [usize],
    ) -> Self {
        let manager = &problem.people()[person];
        let reports: Vec<&Pair> = reports.iter().map(|pair| &problem.pairs()[*pair]).collect();
        let stay = reports.iter().filter(|pair| pair.stays);
        let stay = stay.flat_map(|pair| pair.options.iter().map(|choice| choice.place));
        let held = problem.held().get(&person).into_iter().flatten().copied();
        Self {
            buffer: manager.buffer,
            room: manager.per_day.map(|cap| Room::new(cap, stay.chain(held))),
            own: own.map(|pair| &problem.pairs()[pair]),
            reports,
        }
    }

    /// What goes up, given what came up from each report.
    pub fn price(&self, below: &[&CostVector], effort: Effort, watch: &dyn Watch) -> CostVector {
        self.price_within(below, effort, &Budget::new(watch))
    }

    /// The same within a budget.
    pub(super) fn price_within(
        &self,
        below: &[&CostVector],
        effort: Effort,
        budget: &Budget<'_>,
    ) -> CostVector {
        let floor: u64 = below.iter().map(|vector| vector.least()).sum();
        let (span, places) = self.own_line();
        let jobs = self.jobs(below);
        let method = self.method(&jobs, effort);
        let table = || {
            let least = dense::least(&jobs, span, &places);
            (least.alone, least.with)
        };
        let (alone, with) = match method {
            Method::Quick => (0, vec![0; places.len()]),
            Method::Table if jobs.len() < WIDE => table(),
            _ => {
                let least = bounded::least(&jobs, self.room, span, &places, budget);
                if least.is_exact || method == Method::Bounds {
                    (least.alone, least.with)
                } else {
                    table()
                }
            }
        };
        let own = |option: usize| {
            self.own
                .and_then(|pair| pair.options.get(option))
                .map_or(0, |option| u64::from(option.cost))
        };
        CostVector {
            options: with
                .into_iter()
                .enumerate()
                .map(|(option, cost)| cost + floor + own(option))
                .collect(),
            dropped: alone + floor + self.own.map_or(0, |pair| u64::from(pair.drop)),
        }
    }

    /// Both at once, for whoever has no 1:1 of their own: what everything costs at least, and the places.
    pub fn decide(
        &self,
        below: &[&CostVector],
        effort: Effort,
        watch: &dyn Watch,
    ) -> (u64, Vec<Settled>) {
        self.decide_within(below, effort, &Budget::new(watch))
    }

    /// The same within a budget.
    pub(super) fn decide_within(
        &self,
        below: &[&CostVector],
        effort: Effort,
        budget: &Budget<'_>,
    ) -> (u64, Vec<Settled>) {
        let floor: u64 = below.iter().map(|vector| vector.least()).sum();
        let jobs = self.jobs(below);
        let method = self.method(&jobs, effort);
        if method == Method::Quick {
            return (floor, bounded::quick(&jobs, self.room, None));
        }
        if method == Method::Bounds || jobs.len() >= LARGE {
            let found = bounded::settle(&jobs, self.room, None, budget);
            if method == Method::Bounds || found.bound == found.cost {
                return (floor + found.bound, found.settled);
            }
        }
        let (cost, settled) = dense::decide(&jobs);
        (floor + cost, settled)
    }

    /// The place of each report's 1:1, given that of the own 1:1; the index of an option, or left out.
    pub fn settle(
        &self,
        below: &[&CostVector],
        own: Option<Place>,
        effort: Effort,
        watch: &dyn Watch,
    ) -> Vec<Settled> {
        self.settle_within(below, own, effort, &Budget::new(watch))
    }

    /// The same within a budget.
    pub(super) fn settle_within(
        &self,
        below: &[&CostVector],
        own: Option<Place>,
        effort: Effort,
        budget: &Budget<'_>,
    ) -> Vec<Settled> {
        let (span, _) = self.own_line();
        let taken = own.map(|place| Taken { place, span });
        let jobs = self.jobs(below);
        match self.method(&jobs, effort) {
            Method::Quick => bounded::quick(&jobs, self.room, taken),
            Method::Table if jobs.len() < LARGE => dense::settle(&jobs, taken),
            method => {
                let found = bounded::settle(&jobs, self.room, taken, budget);
                if method == Method::Table && found.bound < found.cost {
                    return dense::settle(&jobs, taken);
                }
                found.settled
            }
        }
    }

    /// How the desk works.
    fn method(&self, jobs: &[Job], effort: Effort) -> Method {
        let table = || {
            let (span, places) = self.own_line();
            jobs.len() <= SMALL || dense::fits(jobs, span, &places)
        };
        let table = self.room.is_none() && table();
        match effort {
            _ if table && jobs.len() <= SMALL => Method::Table,
            Effort::Quick => Method::Quick,
            Effort::Exact if table => Method::Table,
            Effort::Exact => Method::Bounds,
        }
    }

    /// Span and places of the own 1:1 on this line.
    fn own_line(&self) -> (u16, Vec<Place>) {
        self.own.map_or((1, Vec::new()), |pair| {
            let places = pair.options.iter().map(|option| option.place);
            (pair.length + self.buffer, places.collect())
        })
    }

    /// The reports' 1:1s as jobs on this line: costs above the least, places no dearer than leaving it out.
    pub(crate) fn jobs(&self, below: &[&CostVector]) -> Vec<Job> {
        self.reports
            .iter()
            .zip(below)
            .map(|(pair, vector)| {
                let least = vector.least();
                let above =
                    |cost: u64| u32::try_from(cost.saturating_sub(least)).unwrap_or(u32::MAX);
                let options = pair.options.iter().zip(&vector.options).zip(0..);
                Job {
                    span: pair.length + self.buffer,
                    drop: above(vector.dropped),
                    stays: pair.stays,
                    options: options
                        .filter(|((_, cost), _)| **cost <= vector.dropped)
                        .map(|((option, cost), index)| JobOption {
                            place: option.place,
                            cost: above(*cost),
                            index,
                        })
                        .collect(),
                }
            })
            .collect()
    }
}
