//! Places as an agenda keeps them: of somebody who meets a lot there are a million, and nearly all instances of a series
//! have all but their time in common.

use super::{Left, Place};
use steadfast_calendar::{Instant, Slot};

/// All places of an agenda, in a quarter of the room that as many [`Place`]s would take.
#[derive(Clone, Debug, Default)]
pub(super) struct Places {
    kept: Vec<Kept>,
    stays: Vec<Stay>,
}

/// What a place has of its own, and the number of its stay.
#[derive(Clone, Copy, Debug)]
struct Kept {
    /// The minute in which it starts, since the epoch: four thousand years of them. The second is its stay's.
    minute: i32,
    /// From its start to the one that its rule gave it, in seconds: 0 of all that were not moved. What was moved by more than
    /// sixty-eight years is taken for moved by so much.
    moved: i32,
    stay: u32,
}

/// What many places of one meeting have in common.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
struct Stay {
    appeared: Option<Instant>,
    /// When it was left, [`AT_SOME_TIME`] where that is not known; an optional moment in an option would take twice the room.
    left: Option<Instant>,
    /// The meeting, and the second of the minute in which it starts: see [`Stay::parts`].
    meeting: u32,
    /// Of what lasts longer than four thousand million, a hundred and thirty-six years, so much is looked at.
    seconds: u32,
}

/// Stands for a moment that is not known: no calendar can write this one, its years have four digits.
const AT_SOME_TIME: Instant = Instant::from_seconds(i64::MIN);

/// Seconds of a minute, for which there are [`BITS`].
const MINUTE: i64 = 60;
const BITS: u32 = 6;
/// Meetings are counted up to this one. Nobody has sixty-seven million: the shortest entry takes a hundred bytes.
const LAST: u32 = u32::MAX >> BITS;

impl Stay {
    /// A meeting and a second of the minute, as one number.
    fn packed(meeting: u32, second: i64) -> u32 {
        (meeting.min(LAST) << BITS) | u32::try_from(second).unwrap_or(0)
    }

    /// The meeting, and the second of the minute in which it starts.
    const fn parts(&self) -> (u32, i64) {
        (
            self.meeting >> BITS,
            (self.meeting & ((1 << BITS) - 1)) as i64,
        )
    }
}

impl Kept {
    const fn start(&self, stay: &Stay) -> Instant {
        let (_, second) = stay.parts();
        Instant::from_seconds(self.minute as i64 * MINUTE + second)
    }

    /// The whole place.
    fn of(&self, stay: &Stay) -> Place {
        let (start, (meeting, _)) = (self.start(stay), stay.parts());
        let known = |left: Instant| Some(left).filter(|left| *left != AT_SOME_TIME);
        Place {
            id: start.plus_seconds(i64::from(self.moved)),
            slot: Slot::new(start, start.plus_seconds(i64::from(stay.seconds))),
            appeared: stay.appeared,
            left: stay.left.map(|left| Left { at: known(left) }),
            meeting,
        }
    }
}

/// The nearest number of four bytes.
fn small(number: i64) -> i32 {
    let most = if number < 0 { i32::MIN } else { i32::MAX };
    i32::try_from(number).unwrap_or(most)
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
        let starts = |kept: &Kept| self.stay(kept).map(|stay| kept.start(&stay));
        let first = self
            .kept
            .partition_point(|kept| starts(kept).is_some_and(|start| start < earliest));
        let there = self.kept.iter().enumerate().skip(first);
        there.filter_map(|(number, kept)| Some((number, self.whole(kept)?)))
    }

    /// Adds one after all others, and gives its number.
    pub(super) fn push(&mut self, place: Place) -> usize {
        let start = place.slot.start.seconds();
        let stay = Stay {
            appeared: place.appeared,
            left: place.left.map(|left| left.at.unwrap_or(AT_SOME_TIME)),
            meeting: Stay::packed(place.meeting, start.rem_euclid(MINUTE)),
            seconds: u32::try_from(place.slot.seconds()).unwrap_or(u32::MAX),
        };
        let kept = Kept {
            minute: small(start.div_euclid(MINUTE)),
            moved: small(place.id.seconds_since(place.slot.start)),
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
            left: Some(at.unwrap_or(AT_SOME_TIME)),
            ..stay
        });
        if let Some(kept) = self.kept.get_mut(number) {
            kept.stay = left;
        }
    }

    /// Puts them in the order of their time. `uid`: decides between meetings, where nothing else does.
    pub(super) fn sort<U: Ord>(&mut self, uid: impl Fn(u32) -> U) {
        let Self { kept, stays } = self;
        let whole = |one: &Kept| stays.get(one.stay as usize).map(|stay| one.of(stay));
        let instance = |one: &Kept| whole(one).map(|place| (place.slot, place.id));
        let meeting = |one: &Kept| whole(one).map(|place| place.meeting);
        // In place: a stable sort would need half as much again. UIDs are made anew, and asked for only where they decide.
        kept.sort_unstable_by(|a, b| {
            let later = || (instance(a), meeting(a)).cmp(&(instance(b), meeting(b)));
            a.minute.cmp(&b.minute).then_with(later)
        });
        let alike = |a: &Kept, b: &Kept| a.minute == b.minute && instance(a) == instance(b);
        for same in kept.chunk_by_mut(alike) {
            if same.len() > 1 {
                same.sort_by_cached_key(|one| meeting(one).map(&uid));
            }
        }
        kept.shrink_to_fit();
        stays.shrink_to_fit();
    }

    fn whole(&self, kept: &Kept) -> Option<Place> {
        self.stay(kept).map(|stay| kept.of(&stay))
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

    #[test]
    fn where_it_was_before_it_was_moved_is_kept() {
        let mut places = Places::default();
        let original = |days: i64| Instant::from_seconds(days * 86_400);
        for days in [0, -3, 24_000, -24_000, 40_000, -40_000] {
            let mut moved = place(0, 0, 0);
            moved.id = original(days);
            places.push(moved);
        }
        let told: Vec<i64> = places.iter().map(|p| p.id.seconds()).collect();
        let days = |days: i64| days * 86_400;
        let (most, least) = (i64::from(i32::MAX), i64::from(i32::MIN));
        assert_eq!(
            told,
            [0, days(-3), days(24_000), days(-24_000), most, least]
        );
    }

    #[test]
    fn seconds_are_kept_before_the_epoch_and_after() {
        let mut places = Places::default();
        let starts = [-61, -60, -1, 0, 59, 61, 4_102_444_799, -30_000_000_001];
        for start in starts.map(Instant::from_seconds) {
            places.push(Place {
                slot: Slot::new(start, start.plus_seconds(1_799)),
                ..place(0, 0, 0)
            });
        }
        places.sort(|_| 0);
        let told: Vec<_> = places.iter().map(|p| p.slot.start.seconds()).collect();
        let mut sorted = starts.to_vec();
        sorted.sort_unstable();
        assert_eq!(told, sorted);
        assert!(places.iter().all(|p| p.slot.seconds() == 1_799));
        let later = places.since(Instant::from_seconds(60)).count();
        assert_eq!(later, 2);
    }

    #[test]
    fn when_it_was_left_is_kept_and_that_nobody_knows() {
        let mut places = Places::default();
        for left in [None, Some(None), Some(Some(Instant::from_seconds(9)))] {
            let mut place = place(1, 0, 7);
            place.left = left.map(|at| Left { at });
            places.push(place);
        }
        let told: Vec<_> = places.iter().map(|p| p.left.map(|left| left.at)).collect();
        assert_eq!(
            told,
            [None, Some(None), Some(Some(Instant::from_seconds(9)))]
        );
    }

    #[test]
    fn a_place_takes_twelve_bytes_and_a_stay_twenty_four() {
        assert_eq!((size_of::<Kept>(), size_of::<Stay>()), (12, 24));
    }
}
