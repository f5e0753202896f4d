//! The days that a cap counts, and the room on each.

use crate::line::DAYS;
use crate::organisation::Forest;
use crate::problem::{DayCap, Problem};
use crate::week::Place;

/// Something of each day with a part of the week.
pub(super) type ByDay<T> = [T; DAYS];

/// What the cap leaves of each day beside what stays or is settled.
pub(super) struct Days {
    utc_offset: i32,
    pub(super) rooms: ByDay<u32>,
}

impl Days {
    pub(super) fn of(problem: &Problem, forest: &Forest, cap: DayCap) -> Self {
        let mut days = Self {
            utc_offset: cap.utc_offset,
            rooms: [u32::from(cap.starts); DAYS],
        };
        let pairs = forest.down.iter().flatten();
        let stay = pairs.map(|index| &problem.pairs()[*index]);
        let stay = stay.filter(|pair| pair.stays);
        let stay = stay.flat_map(|pair| pair.options.iter().map(|choice| choice.place));
        let held = problem.held().values().flatten().copied();
        for place in stay.chain(held) {
            let room = &mut days.rooms[days.index(place)];
            *room = room.saturating_sub(1);
        }
        days
    }

    /// The day of a place, counted from the first that has a part of the week.
    pub(super) fn index(&self, place: Place) -> usize {
        let day = usize::try_from(place.day(self.utc_offset) + 1).unwrap_or(0);
        day.min(DAYS - 1)
    }

    /// Whether no day has more starts than it has room for.
    pub(super) fn hold(&self, starts: &ByDay<u32>) -> bool {
        starts
            .iter()
            .zip(&self.rooms)
            .all(|(starts, room)| starts <= room)
    }

    /// By how much each day is too full; less than nothing where there is room.
    pub(super) fn over(&self, starts: &ByDay<u32>) -> ByDay<f64> {
        std::array::from_fn(|day| f64::from(starts[day]) - f64::from(self.rooms[day]))
    }
}
