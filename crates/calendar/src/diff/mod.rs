//! Two states of a calendar → what changed between them. Compared are resolved instances, not text: a rule written
//! another way, another name for the same time zone, a feed that shows less of the past, UIDs made up anew in every
//! export change nothing.

mod compare;
mod kin;
mod pairing;
mod said;
mod side;
mod stale;

#[cfg(test)]
mod laws;
#[cfg(test)]
mod tests;

pub use stale::carry;

use crate::{
    change::{Change, Placed, What},
    expand::Expander,
    instant::{Instant, Window},
    series::Series,
};
use compare::compare;
use jiff::tz::TimeZone;
use kin::Newcomers;
use said::same_but_stamp;
use side::{Look, Side};
use std::{borrow::Cow, collections::HashMap, sync::Arc};

/// What to compare, and when both states were seen.
#[derive(Clone, Debug)]
pub struct Scope {
    /// Resolves dates and floating times.
    pub floating: TimeZone,
    /// Instances whose identity or slot starts in here are compared. The end should lie some months ahead.
    pub window: Window,
    /// When the earlier state was seen: what was over by then cannot be changed by saying less about it.
    pub seen_before: Instant,
    /// When the later state was seen.
    pub seen_after: Instant,
}

/// What changed from `before` to `after`, in the order of `before`, then of what is new.
///
/// `diff(x, x)` is empty. An older copy of a series within `after` is [`What::Stale`] and otherwise set aside; go on
/// from [`carry`]`(before, after)`, not from `after`.
///
/// Applying all slots told of to the slots of `before` gives those of `after`, except for instances that were over
/// when `before` was seen, of which only explicit statements count.
pub fn diff(before: &[Series], after: &[Series], scope: &Scope) -> Vec<Change> {
    let mut expander = Expander::new(scope.floating.clone());
    let mut changes = Vec::new();
    let index: HashMap<&str, &Series> = after.iter().map(|s| (s.uid.as_ref(), s)).collect();
    let known: HashMap<&str, ()> = before.iter().map(|s| (s.uid.as_ref(), ())).collect();
    let horizon = horizon(after, &scope.floating);

    let new: Vec<Side<'_>> = after
        .iter()
        .filter(|series| !known.contains_key(series.uid.as_ref()))
        .map(|series| Side::of(series, scope, &mut expander))
        .collect();
    let mut newcomers = Newcomers::of(&new, scope);

    for was in before {
        let Some(is) = index.get(was.uid.as_ref()) else {
            let side = Side::of(was, scope, &mut expander);
            vanished(&side, &mut newcomers, horizon, scope, &mut changes);
            continue;
        };
        if says_the_same(was, is) {
            continue;
        }
        let is = match stale::newest(was, is) {
            Some(newest) => {
                changes.push(Change {
                    uid: is.uid.clone(),
                    id: None,
                    what: What::Stale,
                    said_by: side::head(is).cloned(),
                });
                Cow::Owned(newest)
            }
            None => Cow::Borrowed(*is),
        };
        let (before, after) = (
            Side::of(was, scope, &mut expander),
            Side::of(&is, scope, &mut expander),
        );
        let mut outcome = compare(&before, &after, horizon, scope);
        if !outcome.ended.is_empty() {
            outcome
                .changes
                .retain(|change| change.what != What::Touched);
        }
        changes.extend(outcome.changes);
        let ended: Vec<Look> = outcome
            .ended
            .iter()
            .filter_map(|i| before.looks.get(*i).copied())
            .collect();
        if ended.is_empty() {
            continue;
        }
        let rest = before.with(ended);
        carried_on(&rest, &after, &mut newcomers, horizon, scope, &mut changes);
    }
    for side in newcomers.unclaimed() {
        let slots: Box<[Placed]> = placed_in_window(side, scope);
        if !slots.is_empty() {
            changes.push(Change {
                uid: side.series.uid.clone(),
                id: None,
                what: What::SeriesAppeared(slots),
                said_by: side.head().cloned(),
            });
        }
    }
    changes
}

/// The last instances of a series that still stands under its UID: carried on by another, or ended.
fn carried_on<'a>(
    rest: &Side<'a>,
    shortened: &Side<'_>,
    newcomers: &mut Newcomers<'_, 'a>,
    horizon: Option<Instant>,
    scope: &Scope,
    changes: &mut Vec<Change>,
) {
    let Some(first) = rest.looks.first() else {
        return;
    };
    if let Some(new) = newcomers.claim(rest, &rest.looks, scope) {
        changes.push(Change {
            uid: rest.series.uid.clone(),
            id: None,
            what: What::Split {
                into: new.series.uid.clone(),
                at: first.id,
                slots: rest.looks.iter().filter_map(Look::placed).collect(),
            },
            said_by: new.head().cloned(),
        });
        go_on(rest, new, horizon, scope, changes);
        return;
    }
    let slots: Box<[Placed]> = rest.looks.iter().filter_map(Look::placed).collect();
    changes.push(Change {
        uid: rest.series.uid.clone(),
        id: Some(first.id),
        what: What::Ended(slots),
        said_by: shortened.head().cloned(),
    });
}

/// A UID that is gone: created again under another, out of sight, or vanished.
fn vanished<'a>(
    side: &Side<'a>,
    newcomers: &mut Newcomers<'_, 'a>,
    horizon: Option<Instant>,
    scope: &Scope,
    changes: &mut Vec<Change>,
) {
    if let Some(new) = newcomers.claim(side, &side.looks, scope) {
        changes.push(Change {
            uid: side.series.uid.clone(),
            id: None,
            what: What::Recreated {
                into: new.series.uid.clone(),
            },
            said_by: new.head().cloned(),
        });
        go_on(side, new, horizon, scope, changes);
        return;
    }
    let slots = placed_in_window(side, scope);
    let Some(last) = slots.iter().map(|p| p.slot.end).max() else {
        return;
    };
    let out_of_sight = last <= scope.seen_after
        && horizon.is_none_or(|horizon| slots.iter().all(|p| p.slot.start < horizon));
    if out_of_sight {
        for placed in slots.iter().filter(|p| p.slot.end > scope.seen_before) {
            changes.push(Change {
                uid: side.series.uid.clone(),
                id: Some(placed.id),
                what: What::LeftView(*placed),
                said_by: None,
            });
        }
        return;
    }
    changes.push(Change {
        uid: side.series.uid.clone(),
        id: None,
        what: What::SeriesVanished(slots),
        said_by: None,
    });
}

/// Compares a series with the one that carries it on.
fn go_on(
    old: &Side<'_>,
    new: &Side<'_>,
    horizon: Option<Instant>,
    scope: &Scope,
    changes: &mut Vec<Change>,
) {
    let outcome = compare(old, new, horizon, scope);
    changes.extend(outcome.changes);
    let slots: Box<[Placed]> = outcome
        .ended
        .iter()
        .filter_map(|i| old.looks.get(*i).and_then(Look::placed))
        .collect();
    if let Some(first) = slots.first() {
        changes.push(Change {
            uid: new.series.uid.clone(),
            id: Some(first.id),
            what: What::Ended(slots),
            said_by: new.head().cloned(),
        });
    }
}

fn placed_in_window(side: &Side<'_>, scope: &Scope) -> Box<[Placed]> {
    let within = |at: Instant| scope.window.from <= at && at < scope.window.to;
    side.looks
        .iter()
        .filter_map(Look::placed)
        .filter(|p| within(p.id) || within(p.slot.start))
        .collect()
}

/// Earliest start of what a calendar states outright: single events and overrides, not what rules give.
fn horizon(series: &[Series], floating: &TimeZone) -> Option<Instant> {
    series
        .iter()
        .flat_map(|s| {
            let single = s.master.iter().filter(|_| !s.repeats());
            single.chain(&s.overrides)
        })
        .map(|event: &Arc<_>| event.start.instant(floating))
        .min()
}

fn says_the_same(a: &Series, b: &Series) -> bool {
    let masters = match (&a.master, &b.master) {
        (Some(a), Some(b)) => same_but_stamp(a, b),
        (None, None) => true,
        _ => false,
    };
    masters
        && a.overrides.len() == b.overrides.len()
        && a.overrides
            .iter()
            .zip(&b.overrides)
            .all(|(a, b)| same_but_stamp(a, b))
}
