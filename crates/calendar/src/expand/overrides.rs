//! RECURRENCE-ID: components that speak for one instance, or for one and all that follow (RFC 5545 §3.8.4.4).

use super::{Instance, Standing, ground::Ground, length::Length};
use crate::{
    event::{Event, Status},
    instant::{Instant, Slot},
    series::Series,
    wall::Wall,
    when::{When, resolve},
};
use jiff::tz::TimeZone;
use std::cmp::Reverse;

/// One override, resolved.
#[derive(Clone, Debug)]
pub(super) struct Override {
    /// The identity of the instance it names; a DATE beside timed instances names the one at DTSTART's time of day.
    pub(super) id: Instant,
    /// Index into [`Series::overrides`].
    pub(super) index: usize,
    pub(super) slot: Slot,
    pub(super) all_day: bool,
    pub(super) cancelled: bool,
    /// RANGE=THISANDFUTURE.
    and_future: bool,
}

impl Override {
    /// The instance it makes of its identity; `ruled` is what the series gives that identity.
    pub(super) fn instance(&self, ruled: Option<Slot>) -> Instance {
        Instance {
            id: self.id,
            ruled,
            slot: (!self.cancelled).then_some(self.slot),
            standing: if self.cancelled {
                Standing::Cancelled(Some(self.index))
            } else {
                Standing::Overridden(self.index)
            },
            all_day: self.all_day,
        }
    }
}

/// A RANGE=THISANDFUTURE override, as what it means for all instances from `from` on.
#[derive(Clone, Debug)]
pub(super) struct Shift {
    pub(super) from: Instant,
    pub(super) index: usize,
    pub(super) cancelled: bool,
    /// Seconds on the wall clock from an instance's identity to its new start.
    pub(super) by: i64,
    ground: Ground,
}

impl Shift {
    /// The slot of the instance whose identity reads `wall` on the master's clock.
    pub(super) fn slot(&self, wall: Wall) -> (Slot, bool) {
        let wall = wall.plus(self.by);
        let on_its_clock = |wall: Wall| resolve(wall.civil(), &self.ground.zone);
        let slot = self
            .ground
            .length
            .slot(on_its_clock(wall), wall, on_its_clock);
        (slot, self.ground.all_day)
    }
}

/// Resolves the overrides of `series`: each by its identity in order, and the shifts by `from` in order. Of several for
/// one moment (spelt differently) the highest (SEQUENCE, DTSTAMP), then the last, is kept.
pub(super) fn resolve_all(
    series: &Series,
    master: Option<&Ground>,
    floating: &TimeZone,
    overrides: &mut Vec<Override>,
    shifts: &mut Vec<Shift>,
) {
    overrides.clear();
    shifts.clear();
    for (index, event) in series.overrides.iter().enumerate() {
        let Some(recurrence_id) = &event.recurrence_id else {
            continue;
        };
        // Beside a zoned master a floating value is on the master's clock.
        let home = master.map_or(floating, |m| &m.zone);
        let (id, id_wall) = match master {
            Some(master) => master.placed(&recurrence_id.at),
            None => {
                let id = recurrence_id.at.instant(floating);
                (id, Wall::from(id.civil(home)))
            }
        };
        let ground = ground_of(event, master, home);
        let cancelled = event.status == Status::Cancelled;
        if recurrence_id.this_and_future {
            shifts.push(Shift {
                from: id,
                index,
                cancelled,
                by: ground.wall.0.saturating_sub(id_wall.0),
                ground: ground.clone(),
            });
        }
        overrides.push(Override {
            id,
            index,
            slot: ground.length.slot(ground.start, ground.wall, |wall| {
                resolve(wall.civil(), &ground.zone)
            }),
            all_day: ground.all_day,
            cancelled,
            and_future: recurrence_id.this_and_future,
        });
    }
    let rank = |index: usize| series.overrides.get(index).map(|e| (e.sequence, e.stamp));
    // What is said of one instance alone comes before what is said of it and all that follow.
    overrides.sort_by_key(|o| (o.id, o.and_future, Reverse((rank(o.index), o.index))));
    overrides.dedup_by_key(|o| o.id);
    shifts.sort_by_key(|s| (s.from, rank(s.index), s.index));
}

/// The clock and length of an override. One that gives no end lasts as long as its master: nobody means a meeting of no
/// length.
fn ground_of(event: &Event, master: Option<&Ground>, home: &TimeZone) -> Ground {
    let same_kind = master.filter(|m| m.all_day == event.start.is_date());
    let zone = match &event.start {
        When::Zoned(_, zone) => zone.clone(),
        When::Utc(_) => TimeZone::UTC,
        When::Date(_) | When::Floating(_) => home.clone(),
    };
    let start = event.start.instant(home);
    let unsaid = same_kind.map(|m| m.length);
    Ground {
        start,
        wall: Wall::from(event.start.civil()),
        all_day: event.start.is_date(),
        length: Length::of((&event.start, start), &event.end, &zone, unsaid),
        zone,
    }
}
