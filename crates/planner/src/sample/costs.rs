//! Every place both could have, and what it costs.

use super::people::{QUARTERS, Somebody};
use super::rng::Rng;
use crate::problem::{Choice, Pair};
use crate::week::{Place, Weeks};

/// A 1:1 that wants a place.
pub(super) struct Wanted {
    pub(super) manager: usize,
    pub(super) report: usize,
    pub(super) length: u16,
    pub(super) weekly: bool,
    /// One, and one more for each recent disruption.
    weight: i32,
    pub(super) current: Option<Place>,
}

impl Wanted {
    pub(super) fn new(
        manager: usize,
        report: usize,
        length: u16,
        weekly: bool,
        rng: &mut Rng,
    ) -> Self {
        Self {
            manager,
            report,
            length,
            weekly,
            weight: rng.weighted(&[(1, 75), (2, 18), (3, 7)]),
            current: None,
        }
    }
}

/// Starts from which so many quarter hours are free.
pub(super) fn starts(free: &[bool], length: u16) -> Vec<u16> {
    let mut run = 0;
    let mut starts = Vec::new();
    for (at, free) in (1_u16..).zip(free) {
        run = if *free { run + 1 } else { 0 };
        if run >= length {
            starts.push(at - length);
        }
    }
    starts
}

/// What moving from the present place costs.
fn moving(place: (u16, u8), current: Option<Place>, offset: i32, weeks_matter: bool) -> i32 {
    let Some(current) = current else { return 0 };
    let (start, from) = (i32::from(place.0), i32::from(current.start));
    let day = |at: i32| (at + offset).div_euclid(96);
    let same_day = day(start) == day(from);
    let far = match (start == from, same_day) {
        (true, _) => 0,
        (_, true) if (start - from).abs() <= 8 => 6,
        (_, true) => 12,
        _ => 18,
    };
    far + if weeks_matter && place.1 != current.weeks.bits() {
        6
    } else {
        0
    }
}

/// Pairs with all their places. `weeks` are those that are planned; `lead` weighs a change by how soon it is.
pub(super) fn priced(
    people: &[Somebody],
    wanted: &[Wanted],
    risks: &[Vec<i32>],
    weeks: &[u8],
    lead: impl Fn(u16) -> i32,
) -> Vec<Pair> {
    let costs: Vec<Vec<i32>> = people.iter().map(Somebody::costs).collect();
    let mut pairs = Vec::with_capacity(wanted.len());
    for (id, pair) in (0..).zip(wanted) {
        let (manager, report) = (&people[pair.manager], &people[pair.report]);
        let far = manager.shared(report) < 80;
        let free = |week: u8| {
            let (mine, theirs) = (
                manager.free(i32::from(week), far),
                report.free(i32::from(week), far),
            );
            let both: Vec<bool> = (0..QUARTERS).map(|at| mine[at] && theirs[at]).collect();
            starts(&both, pair.length)
        };
        let mut options = Vec::new();
        let mut add = |start: u16, bits: u8, as_planned: u8| {
            let here = usize::from(start)..usize::from(start + pair.length);
            let sum = |who: usize| costs[who][here.clone()].iter().sum::<i32>();
            let risk = risks[pair.manager][here.clone()].iter().max().copied();
            let moved = moving((start, as_planned), pair.current, report.offset, true);
            let lead = match pair.current {
                Some(current) if current.start != start => lead(current.start),
                _ => 1,
            };
            let cost = sum(pair.manager)
                + sum(pair.report)
                + pair.weight * (risk.unwrap_or(0) + moved * lead);
            if let Some(weeks) = Weeks::from_bits(bits) {
                options.push(Choice {
                    place: Place { start, weeks },
                    cost: u32::try_from(cost).unwrap_or(0),
                });
            }
        };
        if pair.weekly {
            let mut shared = free(weeks[0]);
            for week in &weeks[1..] {
                let others = free(*week);
                shared.retain(|start| others.binary_search(start).is_ok());
            }
            // Where one week is planned, it is the first.
            let bits = if weeks.len() == 1 { 1 } else { 3 };
            shared.into_iter().for_each(|start| add(start, bits, 3));
        } else {
            for week in weeks {
                free(*week)
                    .into_iter()
                    .for_each(|start| add(start, *week, *week));
            }
        }
        pairs.push(Pair {
            id,
            manager: pair.manager,
            report: pair.report,
            length: pair.length,
            current: pair.current,
            drop: u32::try_from(500 * pair.weight).unwrap_or(0),
            stays: false,
            options,
        });
    }
    pairs
}
