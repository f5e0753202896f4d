//! One pair at one place: what constraints look at.

use crate::week::{Place, WEEK};

/// Something about every quarter hour of the week, in each of its two weeks: a bit each, the first week's words first.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Default, Debug)]
pub struct Quarters([[u64; WORDS]; 2]);

/// Words that hold a week.
const WORDS: usize = (WEEK as usize).div_ceil(64);

impl Quarters {
    /// Sets the quarter hours from `from` up to `to` in the weeks of these bits. Times past the week's edge come round.
    pub fn set(&mut self, from: i32, to: i32, weeks: u8) {
        for (week, words) in self.0.iter_mut().enumerate() {
            if weeks & (1 << week) == 0 {
                continue;
            }
            for at in from..to {
                let (word, bit) = spot(at);
                words[word] |= bit;
            }
        }
    }

    /// Whether the quarter hour is set in some week of these bits. Times past the week's edge come round.
    pub fn has(&self, at: i32, weeks: u8) -> bool {
        let (word, bit) = spot(at);
        let mut weeks_here = (0..2).filter(|week| weeks & (1 << week) != 0);
        weeks_here.any(|week| self.0[week][word] & bit != 0)
    }

    /// Keeps of what is set the stretches of so many quarter hours or more in one piece; gives the shorter ones back. A
    /// stretch over the week's edge is in one piece.
    pub fn split_short(&mut self, least: i32) -> Self {
        let mut short = Self::default();
        let week = i32::from(WEEK);
        for bits in [1, 2] {
            let Some(gap) = (0..week).find(|at| !self.has(*at, bits)) else {
                continue;
            };
            let mut from = gap;
            for at in gap + 1..=gap + week {
                if self.has(at, bits) {
                    continue;
                }
                if at - from - 1 < least {
                    for quarter in from + 1..at {
                        let (word, bit) = spot(quarter);
                        let which = usize::from(bits == 2);
                        self.0[which][word] &= !bit;
                        short.0[which][word] |= bit;
                    }
                }
                from = at;
            }
        }
        short
    }

    /// Whether nothing is set.
    pub fn is_empty(&self) -> bool {
        self.0.iter().flatten().all(|word| *word == 0)
    }
}

/// Word and bit of a quarter hour.
fn spot(at: i32) -> (usize, u64) {
    let at = usize::try_from(at.rem_euclid(i32::from(WEEK))).unwrap_or(0);
    (at / 64, 1 << (at % 64))
}

/// What is known of one person's time.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Default, Debug)]
pub struct Known {
    /// Quarter hours east of UTC.
    pub utc_offset: i32,
    /// Working hours.
    pub work: Quarters,
    /// Hours agreed on for people who share few working hours.
    pub agreed: Quarters,
    /// Fixed meetings and absences.
    pub busy: Quarters,
    /// Meetings alone, without absences: what one can be next to.
    pub meetings: Quarters,
    /// Blocks kept free for work, of two hours or more.
    pub focus: Quarters,
    /// Shorter ones.
    pub quiet: Quarters,
    /// Lunch.
    pub lunch: Quarters,
    /// Hours liked for 1:1s.
    pub prefers: Quarters,
    /// Hours not liked for them.
    pub avoids: Quarters,
    /// Where this manager's 1:1s tend to give way.
    pub risky: Quarters,
}

/// One pair at one place.
#[derive(Clone, Copy, Debug)]
pub struct Case<'a> {
    /// The manager.
    pub manager: &'a Known,
    /// The report.
    pub report: &'a Known,
    /// Where.
    pub place: Place,
    /// Quarter hours.
    pub length: u16,
    /// Where it is now.
    pub current: Option<Place>,
    /// One, and one more for each recent disruption of this pair.
    pub weight: u32,
    /// Whether it stays where it is, whatever the others: frozen, or within the notice.
    pub stays: bool,
    /// Whether it has lost its place.
    pub is_displaced: bool,
    /// Whether the two share too few working hours, and agreed hours hold instead.
    pub far_apart: bool,
    /// The first quarter hour of the fortnight that is not within the notice.
    pub from: Option<u16>,
    /// Until which quarter hour of the fortnight a change counts as last-minute.
    pub soon: Option<u16>,
}

impl Case<'_> {
    /// The quarter hours it takes.
    pub fn quarters(&self) -> impl Iterator<Item = i32> + use<> {
        let start = i32::from(self.place.start);
        start..start + i32::from(self.length)
    }

    /// How many of its quarter hours are set, in some of its weeks.
    pub fn count(&self, quarters: &Quarters) -> u32 {
        let weeks = self.place.weeks.bits();
        let count = self
            .quarters()
            .filter(|at| quarters.has(*at, weeks))
            .count();
        u32::try_from(count).unwrap_or(0)
    }
}
