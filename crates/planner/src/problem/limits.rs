//! How much may be asked at once, so that every answer comes in bounded time and memory.

use super::{Flaw, Pair, Person};
use crate::week::WEEK;

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
            span: 32,
            cost: 100_000_000,
        }
    }
}

impl Limits {
    /// Refuses what is too much, before anything is built from it.
    pub(super) fn hold(&self, people: &[Person], pairs: &[Pair]) -> Result<(), Flaw> {
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
        let mut reports = vec![0_usize; people.len()];
        for pair in pairs {
            let Some(count) = reports.get_mut(pair.manager) else {
                continue;
            };
            *count += 1;
            if *count > self.reports {
                return Err(Flaw::TooManyReports {
                    person: pair.manager,
                    most: self.reports,
                });
            }
            self.hold_pair(people, pair)?;
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
