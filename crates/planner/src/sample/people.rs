//! Made-up people: where they work, when, and what else is in their week.

use super::rng::Rng;
use crate::week::WEEK;

pub(super) const QUARTERS: usize = WEEK as usize;

/// Sites: quarter hours east of UTC, and how many work there.
const SITES: [(i32, i32); 7] = [
    (-32, 20),
    (-20, 20),
    (0, 15),
    (4, 15),
    (22, 18),
    (32, 7),
    (40, 5),
];

const SPANS: [(i32, i32); 13] = [
    (3, 6),
    (4, 10),
    (5, 14),
    (6, 16),
    (7, 16),
    (8, 14),
    (9, 9),
    (10, 6),
    (11, 3),
    (12, 3),
    (13, 1),
    (14, 1),
    (15, 1),
];

/// A stretch of the week, and what it counts.
#[derive(Clone, Copy)]
pub(super) struct Stretch {
    pub(super) from: i32,
    pub(super) to: i32,
    /// Weeks as bits, or a cost.
    pub(super) value: i32,
}

pub(super) struct Somebody {
    pub(super) boss: Option<usize>,
    pub(super) level: i32,
    pub(super) reports: usize,
    site: usize,
    pub(super) offset: i32,
    pub(super) buffer: u16,
    /// Working hours of the five days.
    pub(super) work: Vec<(i32, i32)>,
    /// Hours somebody far away may ask for.
    pub(super) extended: Vec<(i32, i32)>,
    pub(super) busy: Vec<Stretch>,
    pub(super) soft: Vec<Stretch>,
}

/// The boss of each of `n` people.
pub(super) fn tree(rng: &mut Rng, n: usize) -> Vec<Option<usize>> {
    let mut boss = vec![None];
    let mut frontier = std::collections::VecDeque::from([0]);
    while boss.len() < n {
        let next = if rng.percent(75) {
            0
        } else {
            rng.index(frontier.len())
        };
        let manager = frontier.remove(next);
        for _ in 0..rng.weighted(&SPANS) {
            if boss.len() < n {
                boss.push(manager);
                frontier.push_back(boss.len() - 1);
            }
        }
    }
    boss
}

pub(super) fn people(rng: &mut Rng, bosses: &[Option<usize>]) -> Vec<Somebody> {
    let mut reports = vec![0; bosses.len()];
    for boss in bosses.iter().flatten() {
        reports[*boss] += 1;
    }
    let mut people: Vec<Somebody> = Vec::with_capacity(bosses.len());
    for (at, boss) in bosses.iter().enumerate() {
        let (level, site) = match boss {
            None => (0, 1),
            Some(boss) => {
                let near = people[*boss].site;
                let all = [0, 1, 2, 3, 4, 5, 6].map(|site| (site, SITES[site].1));
                let site = if rng.percent(80) {
                    near
                } else {
                    rng.weighted(&all)
                };
                (people[*boss].level + 1, site)
            }
        };
        let offset = SITES[site].0;
        let midnight = |day: i32| day * 96 - offset;
        let start = 34 + rng.below(7);
        let length = 34 + rng.below(5);
        people.push(Somebody {
            boss: *boss,
            level,
            reports: reports[at],
            site,
            offset,
            work: (1..6)
                .map(|day| (midnight(day) + start, midnight(day) + start + length))
                .collect(),
            extended: (1..6)
                .map(|day| (midnight(day) + 28, midnight(day) + 82))
                .collect(),
            buffer: u16::from(reports[at] > 0 && rng.percent(30)),
            busy: Vec::new(),
            soft: Vec::new(),
        });
    }
    people
}

impl Somebody {
    /// A meeting `offset` quarter hours into a working day.
    pub(super) fn meet(&mut self, day: usize, offset: i32, length: i32, weeks: i32) {
        let from = self.work[day].0 + offset;
        self.meet_at(from, length, weeks);
    }

    fn meet_at(&mut self, from: i32, length: i32, weeks: i32) {
        self.busy.push(Stretch {
            from,
            to: from + length,
            value: weeks,
        });
    }

    /// Whether each quarter hour of a week is free.
    pub(super) fn free(&self, week: i32, extended: bool) -> Vec<bool> {
        let mut free = vec![false; QUARTERS];
        for (from, to) in if extended { &self.extended } else { &self.work } {
            fill(&mut free, *from, *to, |quarter| *quarter = true);
        }
        for busy in self.busy.iter().filter(|busy| busy.value & week != 0) {
            fill(&mut free, busy.from, busy.to, |quarter| *quarter = false);
        }
        free
    }

    /// What each quarter hour costs this person.
    pub(super) fn costs(&self) -> Vec<i32> {
        let mut costs = vec![0; QUARTERS];
        for soft in &self.soft {
            fill(&mut costs, soft.from, soft.to, |cost| *cost += soft.value);
        }
        let mut at_work = vec![false; QUARTERS];
        for (from, to) in &self.work {
            fill(&mut at_work, *from, *to, |quarter| *quarter = true);
        }
        for (cost, at_work) in costs.iter_mut().zip(at_work) {
            *cost += if at_work { 0 } else { 6 };
        }
        costs
    }

    /// Quarter hours a week that both work.
    pub(super) fn shared(&self, other: &Self) -> i32 {
        let days = self.work.iter().flat_map(|mine| {
            let shared = other
                .work
                .iter()
                .map(|theirs| mine.1.min(theirs.1) - mine.0.max(theirs.0));
            shared.map(|shared| shared.max(0))
        });
        days.sum()
    }
}

/// Does something to the quarter hours of a stretch that lie in the week.
pub(super) fn fill<T>(week: &mut [T], from: i32, to: i32, change: impl Fn(&mut T)) {
    for at in from.max(0)..to {
        if let Some(quarter) = usize::try_from(at).ok().and_then(|at| week.get_mut(at)) {
            change(quarter);
        }
    }
}

/// Team meetings, briefings, and everything else that recurs; `load` in percent of the usual.
pub(super) fn meetings(rng: &mut Rng, people: &mut [Somebody], load: i32) {
    for manager in teams(people) {
        let team: Vec<usize> = (0..people.len())
            .filter(|person| people[*person].boss == Some(manager))
            .collect();
        let together = || std::iter::once(manager).chain(team.iter().copied());
        let daily = rng.below(6);
        for day in 0..5 {
            let from = people[manager].work[day].0 + daily;
            together().for_each(|person| people[person].meet_at(from, 1, 3));
        }
        let (day, offset) = (rng.index(5), 4 + rng.below(20));
        let from = people[manager].work[day].0 + offset;
        together().for_each(|person| people[person].meet_at(from, 4, 3));
        if people[manager].level <= 2 {
            let (day, offset) = (rng.index(5), 6 + rng.below(20));
            people[manager].meet(day, offset, 4, 3);
        }
    }
    for person in people {
        let hours = match (person.reports, person.level) {
            (0, _) => 8 + rng.below(5),
            (_, 2..) => 14 + rng.below(7),
            _ => 20 + rng.below(7),
        };
        let mut left = (hours * 4 * load).div_euclid(100);
        while left > 0 {
            let length = rng.pick(&[2, 2, 4, 4, 6]);
            let (day, offset) = (rng.index(5), rng.below(34));
            let weeks = if rng.percent(80) {
                3
            } else {
                rng.pick(&[1, 2])
            };
            person.meet(day, offset, length, weeks);
            left -= length;
        }
    }
}

/// Managers in the order in which their first report comes.
fn teams(people: &[Somebody]) -> Vec<usize> {
    let mut seen = vec![false; people.len()];
    let bosses = people.iter().filter_map(|person| person.boss);
    bosses
        .filter(|boss| !std::mem::replace(&mut seen[*boss], true))
        .collect()
}

/// Lunch, focus blocks, days without 1:1s.
pub(super) fn wishes(rng: &mut Rng, people: &mut [Somebody]) {
    for person in people {
        for day in 1..6 {
            let from = day * 96 - person.offset + 48;
            person.wish(from, from + 4, 4);
        }
        if person.reports == 0 {
            for _ in 0..2 {
                let (day, offset) = (rng.index(5), rng.pick(&[2, 18]));
                let from = person.work[day].0 + offset;
                person.wish(from, from + 8, 3);
            }
        } else {
            for day in 0..5 {
                if rng.percent(35) {
                    let (from, to) = person.work[day];
                    person.wish(from, to, 1);
                }
            }
        }
    }
}

impl Somebody {
    fn wish(&mut self, from: i32, to: i32, cost: i32) {
        self.soft.push(Stretch {
            from,
            to,
            value: cost,
        });
    }

    /// Where this manager's slots tend to be taken: the risk of each quarter hour. Nothing for who has no reports.
    pub(super) fn risks(&self, rng: &mut Rng) -> Vec<i32> {
        let mut risks = vec![0; QUARTERS];
        if self.reports == 0 {
            return risks;
        }
        for _ in 0..3 {
            let (day, offset) = (rng.index(5), rng.below(26));
            let risk = 1 + rng.below(if self.level <= 2 { 5 } else { 3 });
            let from = self.work[day].0 + offset;
            fill(&mut risks, from, from + 8, |here| *here = (*here).max(risk));
        }
        risks
    }
}
