//! One state of one series, resolved for comparison.

use super::Scope;
use crate::{
    change::{Placed, SaidBy},
    event::{Event, Status},
    expand::{Expander, Instance, Standing},
    instant::{Instant, Slot, Window},
    series::Series,
    title::says_cancelled,
};
use std::sync::Arc;

/// Why an instance stands nowhere.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Gone {
    Excluded,
    Cancelled(SaidBy),
    SeriesCancelled(SaidBy),
}

/// One instance of one state.
#[derive(Clone, Copy, Debug)]
pub(super) struct Look {
    pub(super) id: Instant,
    pub(super) ruled: Option<Slot>,
    /// Where it stands, once cancelled titles are taken into account; or why it does not.
    pub(super) stands: Result<Slot, Gone>,
    pub(super) instance: Instance,
}

impl Look {
    pub(super) fn placed(&self) -> Option<Placed> {
        self.stands.ok().map(|slot| self.placed_at(slot))
    }

    pub(super) fn placed_at(&self, slot: Slot) -> Placed {
        Placed {
            id: self.id,
            ruled: self.ruled,
            slot,
        }
    }

    /// The slot it has, or had by its rule.
    pub(super) fn slot(&self) -> Slot {
        let ruled = self.ruled.unwrap_or(Slot::new(self.id, self.id));
        self.stands.unwrap_or(ruled)
    }

    /// Whether a component of its own speaks for it.
    pub(super) fn is_own(&self) -> bool {
        matches!(
            self.instance.standing,
            Standing::Overridden(_) | Standing::Cancelled(Some(_))
        )
    }

    /// Whether anything but the rule decides where it stands.
    pub(super) fn is_explicit(&self) -> bool {
        self.is_own() || self.stands.is_err()
    }
}

/// One state of one series.
#[derive(Clone, Debug)]
pub(super) struct Side<'a> {
    pub(super) series: &'a Series,
    /// In order of id.
    pub(super) looks: Vec<Look>,
    /// First identity that the rule gives at all; `None` without a master.
    pub(super) first: Option<Instant>,
    pub(super) repeats: bool,
    /// From when on a RANGE=THISANDFUTURE override speaks for all, and which; in order.
    ranges: Vec<(Instant, &'a Arc<Event>)>,
}

/// Days around the window in which counterparts of its instances are looked for.
const MARGIN_DAYS: i64 = 40;

impl<'a> Side<'a> {
    pub(super) fn of(series: &'a Series, scope: &Scope, expander: &mut Expander) -> Self {
        let repeats = series.repeats();
        let window = if repeats {
            Window {
                from: scope.window.from.plus_days(-MARGIN_DAYS),
                to: scope.window.to.plus_days(MARGIN_DAYS),
            }
        } else {
            // A single event may have been moved far away; it is still the same event.
            Window {
                from: Instant::from_seconds(i64::MIN),
                to: Instant::from_seconds(i64::MAX),
            }
        };
        let mut side = Self {
            series,
            looks: Vec::new(),
            first: series
                .master
                .as_ref()
                .map(|m| m.start.instant(&scope.floating)),
            repeats,
            ranges: ranges(series, scope),
        };
        let mut looks = Vec::new();
        expander.for_each(series, window, |instance| {
            let title_says = side
                .component_of(&instance)
                .is_some_and(|c| says_cancelled(&c.summary));
            looks.push(Look {
                id: instance.id,
                ruled: instance.ruled,
                stands: stands(repeats, &instance, title_says),
                instance,
            });
        });
        side.looks = looks;
        side
    }

    /// The same with only these instances.
    pub(super) fn with(self, looks: Vec<Look>) -> Self {
        Self { looks, ..self }
    }

    /// The component that speaks for `look`.
    pub(super) fn component(&self, look: &Look) -> Option<&'a Arc<Event>> {
        self.component_of(&look.instance)
    }

    /// [`Series::component`], for thousands of instances.
    fn component_of(&self, instance: &Instance) -> Option<&'a Arc<Event>> {
        match instance.standing {
            Standing::Overridden(index) | Standing::Cancelled(Some(index)) => {
                self.series.overrides.get(index)
            }
            _ => {
                let before = self
                    .ranges
                    .partition_point(|(from, _)| *from <= instance.id);
                let range = before.checked_sub(1).and_then(|i| self.ranges.get(i));
                range.map_or(self.series.master.as_ref(), |(_, event)| Some(event))
            }
        }
    }

    /// The master, or the first override of a series without one.
    pub(super) fn head(&self) -> Option<&'a Arc<Event>> {
        head(self.series)
    }

    /// Typical time between two of its instances, in seconds: the median.
    pub(super) fn spacing(&self) -> Option<i64> {
        let starts: Vec<i64> = self
            .looks
            .iter()
            .filter_map(|l| l.ruled.map(|r| r.start.seconds()))
            .collect();
        let mut gaps: Vec<i64> = starts
            .windows(2)
            .filter_map(|w| Some(w.get(1)? - w.first()?))
            .collect();
        gaps.sort_unstable();
        gaps.get(gaps.len() / 2).copied()
    }

    /// Mean days between two of its instances, rounded; with fewer than four of them there is no telling.
    pub(super) fn mean_days(&self) -> Option<i64> {
        let ruled: Vec<i64> = self
            .looks
            .iter()
            .filter_map(|l| l.ruled.map(|r| r.start.seconds()))
            .collect();
        let gaps = i64::try_from(ruled.len()).ok()? - 1;
        let mean = (ruled.last()? - ruled.first()?).checked_div(gaps)?;
        (gaps >= 3).then_some((mean + 43_200).div_euclid(86_400))
    }
}

fn ranges<'a>(series: &'a Series, scope: &Scope) -> Vec<(Instant, &'a Arc<Event>)> {
    let home = series
        .master
        .as_ref()
        .map_or(&scope.floating, |m| m.start.zone(&scope.floating));
    let mut ranges: Vec<_> = series
        .overrides
        .iter()
        .filter_map(|event| {
            let said = event.recurrence_id.as_ref().filter(|r| r.this_and_future)?;
            Some((said.at.instant(home), event))
        })
        .collect();
    ranges.sort_by_key(|(from, _)| *from);
    ranges
}

/// The master of a series, or its first override.
pub(super) fn head(series: &Series) -> Option<&Arc<Event>> {
    series.master.as_ref().or(series.overrides.first())
}

fn stands(repeats: bool, instance: &Instance, title_says: bool) -> Result<Slot, Gone> {
    let whole = |by| {
        if repeats {
            Gone::SeriesCancelled(by)
        } else {
            Gone::Cancelled(by)
        }
    };
    match (instance.standing, instance.slot) {
        (Standing::Excluded, _) => Err(Gone::Excluded),
        (Standing::Cancelled(Some(_)), _) => Err(Gone::Cancelled(SaidBy::Status)),
        (Standing::Cancelled(None), _) => Err(whole(SaidBy::Status)),
        (Standing::Overridden(_), _) if title_says => Err(Gone::Cancelled(SaidBy::Title)),
        (Standing::AsRuled, _) if title_says => Err(whole(SaidBy::Title)),
        (_, Some(slot)) => Ok(slot),
        // Cannot be: what is neither excluded nor cancelled has a slot.
        (_, None) => Err(Gone::Excluded),
    }
}

/// Whether the master itself, by status or title, says that all is off.
pub(super) fn is_cancelled(event: &Event) -> bool {
    event.status == Status::Cancelled || says_cancelled(&event.summary)
}
