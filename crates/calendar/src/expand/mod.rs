//! Instances of a series within a window, resolved to moments.

mod clock;
mod exclusions;
mod ground;
mod ids;
mod length;
mod overrides;

#[cfg(test)]
mod tests;

use crate::{
    event::Status,
    instant::{Instant, Slot, Window},
    series::{Series, put_on_after},
    wall::{DAY, Wall},
};
use clock::Clocks;
use exclusions::Exclusions;
use ground::Ground;
use ids::{Id, Spent};
use jiff::tz::TimeZone;
use overrides::{Override, Shift};

/// One element of a series (or the only one of a single event).
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Instance {
    /// Its identity: the original start by the rule (RECURRENCE-ID in UTC); for a single event, its start.
    pub id: Instant,
    /// The slot that the series' own rule (RRULE, RDATE, and THISANDFUTURE re-timings) gives it, also when it is
    /// excluded or overridden. `None` for an orphan override (no master, or the rule does not give that id).
    pub ruled: Option<Slot>,
    /// The slot in which it stands in this state; `None` when excluded or cancelled.
    pub slot: Option<Slot>,
    /// What decides `slot`.
    pub standing: Standing,
    /// Whether it is a whole-day instance (DATE values).
    pub all_day: bool,
}

/// What decides where an instance stands.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Standing {
    /// The rule alone.
    AsRuled,
    /// `series.overrides[index]`, not cancelled.
    Overridden(usize),
    /// EXDATE or EXRULE. Where an override for the same instance exists too, the exclusion wins.
    Excluded,
    /// `series.overrides[index]` with STATUS:CANCELLED; `None`: the whole series has STATUS:CANCELLED.
    Cancelled(Option<usize>),
}

/// Instances of `series` whose id or slot starts in `window`, in order of id.
///
/// `floating` resolves dates and floating times. Equal instants are merged; a rule is stepped at most a bounded
/// number of times, so that an endless rule costs bounded time. For many series an [`Expander`] is faster.
pub fn expand(series: &Series, floating: &TimeZone, window: Window) -> Vec<Instance> {
    let mut instances = Vec::new();
    Expander::new(floating.clone()).for_each(series, window, |i| instances.push(i));
    instances
}

/// [`expand()`] for many series: remembers what it learnt of their zones, and allocates nothing per series.
#[derive(Debug)]
pub struct Expander {
    floating: TimeZone,
    clocks: Clocks,
    ids: Vec<Id>,
    exclusions: Exclusions,
    overrides: Vec<Override>,
    shifts: Vec<Shift>,
    spent: Spent,
}

impl Expander {
    /// `floating` resolves dates and floating times.
    pub fn new(floating: TimeZone) -> Self {
        Self {
            floating,
            clocks: Clocks::default(),
            ids: Vec::new(),
            exclusions: Exclusions::default(),
            overrides: Vec::new(),
            shifts: Vec::new(),
            spent: Spent::default(),
        }
    }

    /// Resolves dates and floating times in `floating` from here on. What may be spent on costly rules begins anew; what was
    /// learnt of zones is kept.
    pub fn read_in(&mut self, floating: &TimeZone) {
        if self.floating != *floating {
            self.floating = floating.clone();
        }
        self.spent = Spent::default();
    }

    /// Whether some rule so far was cut short because it gave or cost too much: instances are missing.
    pub fn truncated(&self) -> bool {
        self.spent.truncated
    }

    /// Visits the instances of `series` whose id or slot starts in `window`, in order of id.
    pub fn for_each(&mut self, series: &Series, window: Window, mut visit: impl FnMut(Instance)) {
        let mut visit = |instance: Instance| {
            let starts_within = |at: Instant| window.from <= at && at < window.to;
            let slot_does = |slot: Option<Slot>| slot.is_some_and(|s| starts_within(s.start));
            if starts_within(instance.id) || slot_does(instance.slot) || slot_does(instance.ruled) {
                visit(instance);
            }
        };
        let ground = series
            .master
            .as_deref()
            .map(|master| Ground::of(master, &self.floating));
        overrides::resolve_all(
            series,
            ground.as_ref(),
            &self.floating,
            &mut self.overrides,
            &mut self.shifts,
        );
        let Some((master, ground)) = series.master.as_deref().zip(ground) else {
            for orphan in &self.overrides {
                visit(orphan.instance(None));
            }
            return;
        };
        let reach = self.reach(window);
        let clock = self.clocks.of(&ground.zone);
        self.exclusions.clear();
        self.exclusions.add_dates(master, &ground);
        ids::collect(
            master,
            &ground,
            reach,
            clock,
            &mut self.exclusions,
            &mut self.spent,
            &mut self.ids,
        );
        self.exclusions.sort();

        let whole_series_cancelled = master.status == Status::Cancelled;
        let put_on = |standing: Standing| match standing {
            Standing::Overridden(index) => {
                let own = series.overrides.get(index);
                own.is_some_and(|own| put_on_after(own, master) == Some(true))
            }
            _ => false,
        };
        let exclusions = &mut self.exclusions;
        let mut finish = |mut instance: Instance, day: i64| {
            if exclusions.has(instance.id, day) {
                instance.standing = Standing::Excluded;
                instance.slot = None;
            } else if whole_series_cancelled && !put_on(instance.standing) {
                instance.standing = Standing::Cancelled(None);
                instance.slot = None;
            }
            visit(instance);
        };
        let day_of = |at: Instant| Wall::from(at.civil(&ground.zone)).day();
        let mut overrides = self.overrides.iter().peekable();
        let mut shifts = self.shifts.iter().peekable();
        let mut shift: Option<&Shift> = None;
        for id in &self.ids {
            while let Some(orphan) = overrides.next_if(|o| o.id < id.at) {
                finish(orphan.instance(None), day_of(orphan.id));
            }
            while let Some(next) = shifts.next_if(|s| s.from <= id.at) {
                shift = Some(next);
            }
            let (ruled, all_day) = match shift {
                Some(shift) => shift.slot(id.wall),
                None => {
                    let length = id.own.unwrap_or(ground.length);
                    let slot = length.slot(id.at, id.wall, |wall| clock.instant(wall));
                    (slot, ground.all_day)
                }
            };
            let instance = match (overrides.next_if(|o| o.id == id.at), shift) {
                (Some(over), _) => over.instance(Some(ruled)),
                (
                    None,
                    Some(Shift {
                        cancelled: true,
                        index,
                        ..
                    }),
                ) => Instance {
                    id: id.at,
                    ruled: Some(ruled),
                    slot: None,
                    standing: Standing::Cancelled(Some(*index)),
                    all_day,
                },
                _ => Instance {
                    id: id.at,
                    ruled: Some(ruled),
                    slot: Some(ruled),
                    standing: Standing::AsRuled,
                    all_day,
                },
            };
            finish(instance, id.wall.day());
        }
        for orphan in overrides {
            finish(orphan.instance(None), day_of(orphan.id));
        }
    }

    /// The identities to look at, so that none is missed whose slot starts in `window`.
    fn reach(&self, window: Window) -> Window {
        let mut reach = window;
        for over in &self.overrides {
            if window.from <= over.slot.start && over.slot.start < window.to {
                reach.from = reach.from.min(over.id);
                reach.to = reach.to.max(over.id.plus_seconds(1));
            }
        }
        for shift in &self.shifts {
            // A day more than the shift of the wall clock, for the zones.
            reach.from = reach
                .from
                .min(window.from.plus_seconds(-shift.by.max(0) - DAY));
            reach.to = reach.to.max(window.to.plus_seconds(-shift.by.min(0) + DAY));
        }
        reach
    }
}
