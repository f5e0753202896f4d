//! Made-up organisations and weeks, the same from a seed every time: for tests, benches and examples.
//!
//! Seven sites, spans of three to fifteen, weekly and biweekly 1:1s of 30, 45 and 60 minutes, eight to twenty-seven hours of
//! other meetings; most pairs have a slot, and then new meetings arrive. The optima of some of them are known from three
//! independent methods (`tests/optima.rs`).

mod costs;
mod people;
mod rng;

use crate::problem::{DayCap, Flaw, Kind, Limits, Pair, Person, Problem};
use crate::week::{Place, Weeks};
use costs::{Wanted, starts};
use people::{Somebody, fill};
use rng::Rng;

/// A whole organisation of `n` people whose weeks are filled to `load` percent of the usual.
///
/// # Errors
/// A [`Flaw`] where `n` is more than is taken on.
pub fn organisation(n: usize, seed: u64, load: i32) -> Result<Problem, Flaw> {
    let mut rng = Rng::new(seed);
    let tree = people::tree(&mut rng, n);
    let mut people = people::people(&mut rng, &tree);
    people::meetings(&mut rng, &mut people, load);
    people::wishes(&mut rng, &mut people);
    let risks: Vec<Vec<i32>> = people.iter().map(|person| person.risks(&mut rng)).collect();
    let mut wanted: Vec<Wanted> = (1..n)
        .map(|report| {
            let length = rng.weighted(&[(2, 60), (3, 20), (4, 20)]);
            let weekly = rng.percent(70);
            Wanted::new(tree[report].unwrap_or(0), report, length, weekly, &mut rng)
        })
        .collect();
    agreed(&mut rng, &people, &mut wanted);
    for person in &mut people {
        let more = if person.reports > 0 {
            rng.weighted(&[(0, 50), (1, 20), (2, 20), (3, 10)])
        } else {
            rng.weighted(&[(0, 85), (1, 15)])
        };
        for _ in 0..more {
            let (day, offset) = (rng.index(5), rng.below(30));
            person.meet(day, offset, 4, 3);
        }
    }
    let pairs = costs::priced(&people, &wanted, &risks, &[1, 2], |_| 1);
    Problem::new(
        Kind::Organisation,
        known(&people),
        pairs,
        None,
        &Limits::default(),
    )
}

/// First come, first served: most pairs find a place that is free for both, whichever.
fn agreed(rng: &mut Rng, people: &[Somebody], wanted: &mut [Wanted]) {
    let mut taken =
        vec![[vec![false; people::QUARTERS], vec![false; people::QUARTERS]]; people.len()];
    let mut order: Vec<usize> = (0..wanted.len()).collect();
    for last in (1..order.len()).rev() {
        let other = rng.index(last + 1);
        order.swap(last, other);
    }
    for index in order {
        if !rng.percent(88) {
            continue;
        }
        let pair = &wanted[index];
        let two = [pair.manager, pair.report];
        let far = people[two[0]].shared(&people[two[1]]) < 80;
        let free = |week: usize| {
            let mut free = vec![true; people::QUARTERS];
            for person in two {
                let own = people[person].free(1 << week, far);
                for (at, free) in free.iter_mut().enumerate() {
                    *free &= own[at] && !taken[person][week][at];
                }
            }
            starts(&free, pair.length)
        };
        let (first, second) = (free(0), free(1));
        let places: Vec<(u16, u8)> = if pair.weekly {
            let both = first.into_iter().filter(|start| second.contains(start));
            both.map(|start| (start, 3)).collect()
        } else {
            let first = first.into_iter().map(|start| (start, 1));
            first
                .chain(second.into_iter().map(|start| (start, 2)))
                .collect()
        };
        if places.is_empty() {
            continue;
        }
        let (start, bits) = rng.pick(&places);
        for person in two {
            let from = i32::from(start);
            let to = from + i32::from(pair.length + people[person].buffer);
            for week in 0..2 {
                if bits & (1 << week) != 0 {
                    fill(&mut taken[person][week], from, to, |taken| *taken = true);
                }
            }
        }
        wanted[index].current = Weeks::from_bits(bits).map(|weeks| Place { start, weeks });
    }
}

/// One manager with so many reports, in a week that shocks have hit.
///
/// # Errors
/// A [`Flaw`] where there are more reports than one can have.
pub fn week(reports: usize, seed: u64) -> Result<Problem, Flaw> {
    let mut rng = Rng::new(seed ^ 0xA5A5_A5A5);
    let tree: Vec<Option<usize>> = std::iter::once(None)
        .chain((0..reports).map(|_| Some(0)))
        .collect();
    let mut people = people::people(&mut rng, &tree);
    people[0].level = 2;
    people::meetings(&mut rng, &mut people, 100);
    people::wishes(&mut rng, &mut people);
    let mut risks = vec![vec![0; people::QUARTERS]; people.len()];
    risks[0] = people[0].risks(&mut rng);
    let mut taken = vec![false; people::QUARTERS];
    let mut wanted = Vec::new();
    for report in 1..=reports {
        let length = rng.weighted(&[(2, 60), (3, 20), (4, 20)]);
        let mut pair = Wanted::new(0, report, length, true, &mut rng);
        let far = people[0].shared(&people[report]) < 80;
        let (mine, theirs) = (people[0].free(1, far), people[report].free(1, far));
        let free: Vec<bool> = (0..people::QUARTERS)
            .map(|at| mine[at] && theirs[at] && !taken[at])
            .collect();
        let places = starts(&free, length);
        if !places.is_empty() {
            let start = rng.pick(&places);
            let from = i32::from(start);
            let to = from + i32::from(length + people[0].buffer);
            fill(&mut taken, from, to, |taken| *taken = true);
            pair.current = Some(Place {
                start,
                weeks: Weeks::BOTH,
            });
        }
        wanted.push(pair);
    }
    shocks(&mut rng, &mut people);
    // What was to be on Sunday or Monday moves at the last minute.
    let lead = |current: u16| if current / 96 <= 1 { 2 } else { 1 };
    let pairs = costs::priced(&people, &wanted, &risks, &[1], lead);
    let cap = DayCap {
        starts: u16::try_from((reports.div_ceil(5) + 1).max(2)).unwrap_or(u16::MAX),
        utc_offset: people[0].offset,
    };
    Problem::new(
        Kind::Week,
        known(&people),
        pairs,
        Some(cap),
        &Limits::default(),
    )
}

/// Half a day away, meetings from above, a sick day; and something for one report in five.
fn shocks(rng: &mut Rng, people: &mut [Somebody]) {
    for _ in 0..=rng.below(3) {
        let day = rng.index(5);
        match rng.weighted(&[(0, 2), (1, 5), (2, 1)]) {
            0 => {
                let offset = rng.pick(&[0, 18]);
                people[0].meet(day, offset, 18, 3);
            }
            1 => {
                let offset = rng.below(28);
                people[0].meet(day, offset, 6, 3);
            }
            _ => {
                let (from, to) = people[0].work[day];
                people[0].meet(day, 0, to - from, 3);
            }
        }
    }
    for person in people.iter_mut().skip(1) {
        if rng.percent(20) {
            let (day, offset) = (rng.index(5), rng.below(28));
            person.meet(day, offset, 6, 3);
        }
    }
}

/// One displaced 1:1 in a week of eight.
///
/// # Errors
/// None with eight reports; those of [`week`].
pub fn make_good(seed: u64) -> Result<Problem, Flaw> {
    let week = week(8, seed ^ 0x0123_4567)?;
    let displaced = |pair: &Pair| {
        pair.current.is_some_and(|current| {
            pair.options
                .iter()
                .all(|option| option.place.start != current.start)
        })
    };
    let target = week.pairs().iter().position(displaced).unwrap_or(0);
    week.asking(Kind::MakeGood(target))
}

fn known(people: &[Somebody]) -> Vec<Person> {
    people
        .iter()
        .enumerate()
        .map(|(at, person)| Person {
            name: format!("person {at}"),
            boss: person.boss,
            utc_offset: person.offset,
            buffer: person.buffer,
            per_day: None,
        })
        .collect()
}
