//! Places as an agenda keeps them: of somebody who meets a lot there are a million, and nearly all instances of a series
//! have all but their time in common.

use super::{Left, Place};
use steadfast_calendar::{Instant, Slot};

/// All places of an agenda, in half the room that as many [`Place`]s would take.
#[derive(Clone, Debug, Default)]
pub(super) struct Places {
    kept: Vec<Kept>,
    stays: Vec<Stay>,
}

/// What a place has of its own, and the number of its stay.
#[derive(Clone, Copy, Debug)]
struct Kept {
    id: Instant,
    start: Instant,
    /// Of what lasts longer than four thousand million, a hundred and thirty-six years, so much is looked at.
    seconds: u32,
    stay: u32,
}

/// What many places of one meeting have in common.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
struct Stay {
    appeared: Option<Instant>,
    /// An optional moment in an option would take twice the room of a moment.
    left_at: Option<Instant>,
    meeting: u32,
    has_left: bool,
}

/// So many stays of a meeting are looked through for an equal one: its rule's, and those of overrides beside it.
const LOOKED_THROUGH: usize = 4;

impl Places {
    pub(super) const fn len(&self) -> usize {
        self.kept.len()
    }

    pub(super) fn get(&self, number: usize) -> Option<Place> {
        self.whole(self.kept.get(number)?)
    }

    /// All of them, in their order.
    pub(super) fn iter(&self) -> impl Iterator<Item = Place> {
        self.kept.iter().filter_map(|kept| self.whole(kept))
    }

    /// Those that begin at `earliest` or later, with their numbers; once they are sorted.
    pub(super) fn since(&self, earliest: Instant) -> impl Iterator<Item = (usize, Place)> {
        let first = self.kept.partition_point(|kept| kept.start < earliest);
        let there = self.kept.iter().enumerate().skip(first);
        there.filter_map(|(number, kept)| Some((number, self.whole(kept)?)))
    }

    /// Adds one after all others, and gives its number.
    pub(super) fn push(&mut self, place: Place) -> usize {
        let stay = Stay {
            meeting: place.meeting,
            appeared: place.appeared,
            left_at: place.left.and_then(|left| left.at),
            has_left: place.left.is_some(),
        };
        let kept = Kept {
            id: place.id,
            start: place.slot.start,
            seconds: u32::try_from(place.slot.seconds()).unwrap_or(u32::MAX),
            stay: self.number_of(stay),
        };
        self.kept.push(kept);
        self.kept.len() - 1
    }

    /// The place of that number was left.
    pub(super) fn leave(&mut self, number: usize, at: Option<Instant>) {
        let stay = self.kept.get(number).and_then(|kept| self.stay(kept));
        let Some(stay) = stay else { return };
        let left = self.number_of(Stay {
            left_at: at,
            has_left: true,
            ..stay
        });
        if let Some(kept) = self.kept.get_mut(number) {
            kept.stay = left;
        }
    }

    /// Puts them in the order of their time. `uid`: decides between meetings, where nothing else does.
    pub(super) fn sort<U: Ord>(&mut self, uid: impl Fn(u32) -> U) {
        let Self { kept, stays } = self;
        let meeting = |kept: &Kept| stays.get(kept.stay as usize).map(|stay| stay.meeting);
        // In place: a stable sort would need half as much again. UIDs are made anew, and asked for only where they decide.
        kept.sort_unstable_by_key(|one| (one.start, one.seconds, one.id, meeting(one)));
        let instance = |one: &Kept| (one.start, one.seconds, one.id);
        for same in kept.chunk_by_mut(|a, b| instance(a) == instance(b)) {
            if same.len() > 1 {
                same.sort_by_cached_key(|one| meeting(one).map(&uid));
            }
        }
        kept.shrink_to_fit();
        stays.shrink_to_fit();
    }

    fn whole(&self, kept: &Kept) -> Option<Place> {
        let stay = self.stay(kept)?;
        Some(Place {
            id: kept.id,
            slot: Slot::new(kept.start, kept.start.plus_seconds(i64::from(kept.seconds))),
            appeared: stay.appeared,
            left: stay.has_left.then_some(Left { at: stay.left_at }),
            meeting: stay.meeting,
        })
    }

    fn stay(&self, kept: &Kept) -> Option<Stay> {
        self.stays.get(kept.stay as usize).copied()
    }

    fn number_of(&mut self, stay: Stay) -> u32 {
        let last = self.stays.iter().rev().take(LOOKED_THROUGH);
        let known = last.take_while(|one| one.meeting == stay.meeting);
        let back = known.enumerate().find(|(_, one)| **one == stay);
        let number = match back {
            Some((back, _)) => self.stays.len() - 1 - back,
            None => {
                self.stays.push(stay);
                self.stays.len() - 1
            }
        };
        u32::try_from(number).unwrap_or(u32::MAX)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place(hour: i64, meeting: u32, appeared: i64) -> Place {
        let start = Instant::from_seconds(hour * 3_600);
        Place {
            id: start,
            slot: Slot::new(start, start.plus_seconds(1_800)),
            appeared: Some(Instant::from_seconds(appeared)),
            left: None,
            meeting,
        }
    }

    #[test]
    fn what_was_put_in_comes_out_by_time() {
        let mut places = Places::default();
        for (hour, meeting, appeared) in [(3, 0, 7), (1, 0, 7), (2, 0, 9), (1, 1, 7), (4, 1, 7)] {
            places.push(place(hour, meeting, appeared));
        }
        places.leave(1, None);
        assert_eq!(places.stays.len(), 4, "one for each that differs");
        places.sort(std::cmp::Reverse);
        let told: Vec<_> = places
            .iter()
            .map(|p| {
                let hour = p.slot.start.seconds() / 3_600;
                (
                    hour,
                    p.meeting,
                    p.appeared.unwrap().seconds(),
                    p.left.is_some(),
                )
            })
            .collect();
        let expected = [
            (1, 1, 7, false),
            (1, 0, 7, true),
            (2, 0, 9, false),
            (3, 0, 7, false),
            (4, 1, 7, false),
        ];
        assert_eq!(told, expected);
        let since = places.since(Instant::from_seconds(2 * 3_600 + 1));
        assert_eq!(since.map(|(number, _)| number).collect::<Vec<_>>(), [3, 4]);
    }

    #[test]
    fn what_lasts_for_ages_is_cut_and_not_turned_round() {
        let mut places = Places::default();
        let start = Instant::from_seconds(0);
        let slot = Slot::new(start, start.plus_seconds(1 << 40));
        places.push(Place {
            slot,
            ..place(0, 0, 0)
        });
        let kept = places.get(0).unwrap();
        assert_eq!(kept.slot.seconds(), i64::from(u32::MAX));
    }
}
