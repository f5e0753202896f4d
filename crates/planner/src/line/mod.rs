//! One person's own line of time: the 1:1s that want a place on it. What both exact methods work on.
//!
//! Costs here are relative: each job's cheapest way counts 0, so that numbers stay small.

pub(crate) mod board;

use crate::problem::DayCap;
use crate::week::{Place, Weeks};

/// A 1:1 that wants a place on the line.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Job {
    /// Quarter hours it takes of this line, buffer included.
    pub span: u16,
    /// What leaving it out costs.
    pub drop: u32,
    /// Whether it stays, and is no start that a cap counts anew.
    pub stays: bool,
    /// Where it may go, by start and weeks; none dearer than leaving it out.
    pub options: Vec<JobOption>,
}

/// A place a job may take.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct JobOption {
    /// Where.
    pub place: Place,
    /// What it costs there above the least that its pair, and everybody below, can cost.
    pub cost: u32,
    /// Its index among the options of the pair.
    pub index: u32,
}

/// A stretch of the line that is taken by something that does not move: the 1:1 with the own manager.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Taken {
    /// Where it starts, and in which weeks.
    pub place: Place,
    /// Quarter hours, buffer included.
    pub span: u16,
}

/// Days with a part of their week: one that starts the day before, for whoever is far west, and one after.
pub(crate) const DAYS: usize = 9;

/// A cap on the starts of a day, less those that are settled already.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Room {
    cap: DayCap,
    settled: [u16; DAYS],
}

impl Room {
    /// What the cap leaves beside starts that are settled.
    pub fn new(cap: DayCap, starts: impl Iterator<Item = Place>) -> Self {
        let mut settled = [0_u16; DAYS];
        for start in starts {
            if let Some(count) = settled.get_mut(Self::index(start.day(cap.utc_offset))) {
                *count = count.saturating_add(1);
            }
        }
        Self { cap, settled }
    }

    fn index(day: i32) -> usize {
        usize::try_from(day + 1).unwrap_or(0)
    }

    /// The clock whose days are counted: quarter hours east of UTC.
    pub fn utc_offset(&self) -> i32 {
        self.cap.utc_offset
    }

    /// Starts that day has room for.
    pub fn of_day(&self, day: i32) -> usize {
        let settled = self.settled.get(Self::index(day)).copied().unwrap_or(0);
        usize::from(self.cap.starts.saturating_sub(settled))
    }
}

/// What became of one job: the index of its option among the pair's options, or left out.
pub type Settled = Option<u32>;

impl Job {
    /// The same job without the options that touch what is taken.
    pub(crate) fn clear_of(&self, taken: Taken) -> Self {
        let clear =
            |option: &&JobOption| !option.place.overlaps(self.span, taken.place, taken.span);
        Self {
            span: self.span,
            drop: self.drop,
            stays: self.stays,
            options: self.options.iter().filter(clear).copied().collect(),
        }
    }
}

/// Whether all options, and `others`, lie in the same weeks: then the fortnight is one week.
pub(crate) fn is_one_week(jobs: &[Job], others: &[Place]) -> bool {
    let mut weeks = jobs
        .iter()
        .flat_map(|job| job.options.iter().map(|option| option.place))
        .chain(others.iter().copied())
        .map(|place| place.weeks);
    let first = weeks.next();
    weeks.all(|other| Some(other) == first)
}

/// The weeks as the line counts them: on a line of one week everything is in every week.
pub(crate) fn weeks_on(one_week: bool, place: Place) -> Weeks {
    if one_week { Weeks::BOTH } else { place.weeks }
}
