//! How much may be asked at once, so that every answer comes in bounded time and memory.

use super::{Flaw, Pair, Person};
use crate::week::WEEK;

/// Counts; refuses more than the most. Somebody who is not there is found elsewhere.
fn one_more(counts: &mut [usize], person: usize, most: usize) -> Result<(), Flaw> {
    let Some(count) = counts.get_mut(person) else {
        return Ok(());
    };
    *count += 1;
    if *count > most {
        return Err(Flaw::TooManyReports { person, most });
    }
    Ok(())
}

/// Quarter hours that a clock may be off UTC: fourteen hours, as in Kiritimati.
const MOST_OFFSET: i32 = 56;

/// Bounds of what is taken on.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Limits {
    /// People; the largest employers have a few hundred thousand in one tree.
    pub people: usize,
    /// Pairs; one for each person and as many again for dotted lines would be plenty.
    pub pairs: usize,
    /// Options of all pairs together; 8 bytes each.
    pub options: usize,
    /// Reports of one manager; beyond sixty nobody holds 1:1s with all of them.
    pub reports: usize,
    /// 1:1s of one person, those beside the reporting lines too: more than a fortnight of them has hours.
    pub one_on_ones: usize,
    /// Length of a 1:1 with a buffer, in quarter hours: a working day.
    pub span: u16,
    /// The dearest option or drop: sums over everybody stay far inside 64 bits.
    pub cost: u32,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            people: 300_000,
            pairs: 300_000,
            options: 40_000_000,
            reports: 60,
            one_on_ones: 200,
            span: 32,
            cost: 100_000_000,
        }
    }
}

impl Limits {
    /// Refuses what is too much, before anything is built from it.
    pub(super) fn hold(
        &self,
        people: &[Person],
        pairs: &[Pair],
        cap: Option<i32>,
    ) -> Result<(), Flaw> {
        let too_many = |what, found: usize, most: usize| {
            if found > most {
                return Err(Flaw::TooMany { what, found, most });
            }
            Ok(())
        };
        too_many("people", people.len(), self.people)?;
        too_many("pairs", pairs.len(), self.pairs)?;
        let options = pairs.iter().map(|pair| pair.options.len()).sum();
        too_many("options", options, self.options)?;
        let offsets = people.iter().flat_map(|person| {
            let own = person.per_day.map_or(0, |cap| cap.utc_offset);
            [person.utc_offset, own]
        });
        if let Some(offset) = offsets.chain(cap).find(|offset| offset.abs() > MOST_OFFSET) {
            return Err(Flaw::Offset(offset));
        }
        pairs
            .iter()
            .try_for_each(|pair| self.hold_pair(people, pair))?;
        self.hold_people(people, pairs)
    }

    /// How many 1:1s one person has. Those beside the reporting lines count apart: a rota of skip-levels may be longer than
    /// a team.
    fn hold_people(&self, people: &[Person], pairs: &[Pair]) -> Result<(), Flaw> {
        let (mut reports, mut all) = (vec![0_usize; people.len()], vec![0_usize; people.len()]);
        let line = |pair: &Pair| {
            people.get(pair.report).and_then(|person| person.boss) == Some(pair.manager)
        };
        let mut has_line = vec![false; people.len()];
        for pair in pairs.iter().filter(|pair| line(pair)) {
            has_line
                .get_mut(pair.report)
                .into_iter()
                .for_each(|has| *has = true);
        }
        for pair in pairs {
            // Whoever has no 1:1 on the line may have another in its place.
            let counts = line(pair) || !has_line.get(pair.report).is_none_or(|has| *has);
            if counts {
                one_more(&mut reports, pair.manager, self.reports)?;
            }
            one_more(&mut all, pair.manager, self.one_on_ones)?;
            one_more(&mut all, pair.report, self.one_on_ones)?;
        }
        Ok(())
    }

    fn hold_pair(&self, people: &[Person], pair: &Pair) -> Result<(), Flaw> {
        let buffer = [pair.manager, pair.report]
            .into_iter()
            .filter_map(|index| people.get(index))
            .map(|person| person.buffer)
            .max()
            .unwrap_or(0);
        if pair.length == 0 || pair.length.saturating_add(buffer) > self.span {
            return Err(Flaw::Length {
                pair: pair.id,
                most: self.span,
            });
        }
        if pair.drop > self.cost {
            return Err(Flaw::TooDear {
                pair: pair.id,
                most: self.cost,
            });
        }
        for option in &pair.options {
            if option.place.start >= WEEK {
                return Err(Flaw::OutsideTheWeek {
                    pair: pair.id,
                    start: option.place.start,
                });
            }
            if option.cost > self.cost {
                return Err(Flaw::TooDear {
                    pair: pair.id,
                    most: self.cost,
                });
            }
        }
        Ok(())
    }
}
