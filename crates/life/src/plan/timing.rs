//! When people act, and where else a 1:1 can go.

use super::{
    Plan,
    promise::{Cadence, Pair},
};
use crate::{rng::Rng, truth::Behaviour};
use jiff::{Span, civil::DateTime};
use steadfast_calendar::{Instant, Slot, when::resolve};

impl Plan {
    /// When something is done to a slot that would otherwise begin at `start`.
    pub(super) fn moment(
        &self,
        pair: &Pair,
        k: usize,
        start: Instant,
        rng: &mut Rng,
    ) -> Option<Instant> {
        let notice = rng.weighted(&[(0, 25), (1, 35), (2, 30), (3, 10)]);
        let (from, to) = [(20, 110), (130, 2_870), (2_890, 10_000), (10_140, 12_500)][notice];
        let at = start.plus_seconds(-60 * rng.between(from, to) + rng.between(0, 59));
        let floor = self.floor(pair, k);
        if at > floor {
            return Some(at);
        }
        let room = start.plus_minutes(-15).seconds_since(floor);
        (room > 600).then(|| floor.plus_seconds(rng.between(1, room)))
    }

    pub(super) fn floor(&self, pair: &Pair, k: usize) -> Instant {
        let promise = &pair.promises[k];
        let last = promise
            .changes
            .last()
            .map(|(made, _)| made.at.plus_minutes(70));
        promise
            .known_from
            .max(self.first_look.plus_minutes(65))
            .max(last.unwrap_or(promise.known_from))
    }

    /// A start on another day at which the manager's routine leaves room.
    pub(super) fn free_start(
        &self,
        pair: &Pair,
        local: DateTime,
        days: i64,
        rng: &mut Rng,
    ) -> DateTime {
        let date = local.date().saturating_add(Span::new().days(days));
        let mut start = date.to_datetime(local.time());
        for _ in 0..12 {
            start = date.at(rng.between(8, 17) as i8, *rng.pick(&[0i8, 30]), 0, 0);
            let begin = resolve(start, &pair.zone.tz);
            let slot = Slot::new(begin, begin.plus_minutes(pair.minutes));
            if !self.routine_takes(pair.manager, slot, &pair.zone) {
                break;
            }
        }
        start
    }
}

/// Days from the promise, by the organiser's wall clock, to which it can go without reaching its neighbours.
pub(super) fn candidate_days(pair: &Pair, k: usize, local: DateTime, way: Behaviour) -> Vec<i64> {
    let weekday = i64::from(local.date().weekday().to_monday_zero_offset());
    let day = |index: Option<usize>| {
        index.and_then(|index| pair.promises.get(index)).map(|p| {
            i64::from((p.promised.start.civil(&pair.zone.tz).date() - local.date()).get_days())
        })
    };
    let next = day(Some(k + 1)).unwrap_or(pair.cadence.days());
    let previous = day(k.checked_sub(1)).unwrap_or(-pair.cadence.days());
    let fits = |days: &i64| {
        let weekend = (weekday + days).rem_euclid(7) >= 5;
        !weekend && *days < next && *days > previous && *days != 0
    };
    match way {
        Behaviour::SameWeek if weekday < 4 && pair.cadence != Cadence::TuesdayAndThursday => {
            (1..=4 - weekday).filter(fits).collect()
        }
        Behaviour::SameWeek if pair.cadence == Cadence::TuesdayAndThursday => vec![1],
        Behaviour::NextWeek => (7 - weekday..=(11 - weekday).min(8)).filter(fits).collect(),
        _ => (-weekday..0).filter(fits).collect(),
    }
}
