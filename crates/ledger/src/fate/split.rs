//! What one look at a series that was split proves: that the next one was moved by it, and when.
//!
//! "This one and all following" ends the old series and begins a new one in one stroke. A single state shows both halves, and
//! where it tells when that was, and that was within a week of the next one by the old rule, this one was promised at the old
//! time and moved to the new. What tells the moment:
//!
//! - CREATED of the new half (RFC 5545 §3.8.7.1), where that is later than the old one's, and the old one was last touched in
//!   the same sitting, or the UID of the new one says that it was split off.
//! - LAST-MODIFIED, where both have the very same, and CREATED too, and nothing else in the calendar has it. Google gives the
//!   new half the CREATED of the old one, and both the LAST-MODIFIED of the split; what is done to one of them afterwards parts
//!   them again.
//!
//! Where nothing tells it, the first one of the new half is promised where it stands, as all that a single export shows.

use super::{
    state::{Scope, Standing, State},
    view::Look,
};
use crate::{
    pairs::{CandidateSeries, Relationship},
    rules::promise::is_firm,
};
use std::{collections::HashMap, sync::Arc};
use steadfast_calendar::{Event, Instant, Series, Slot, Standing::AsRuled, Window};

/// Ending the old half and beginning the new one is one sitting; some programs write one after the other.
const ONE_SITTING_SECONDS: i64 = 600;

/// A promise that was moved when its series was split.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Split {
    /// The new half.
    pub series: usize,
    /// Its instance that took the place of the promise.
    pub id: Instant,
    /// Where the old half would have had it.
    pub promised: Slot,
    /// Where the new half has it.
    pub to: Slot,
    /// When that was done.
    pub at: Instant,
}

/// One of the series as the first state shows it.
struct Half<'a> {
    index: usize,
    series: &'a CandidateSeries,
    master: &'a Event,
    looks: &'a [Look],
    cadence_days: i64,
}

/// What the first of `states` proves of series that were split before it.
pub(super) fn splits(
    states: &[State],
    relationship: &Relationship,
    scope: &Scope<'_>,
) -> Vec<Split> {
    let Some(state) = states.first().filter(|state| state.after.is_none()) else {
        return Vec::new();
    };
    let standing = state.series.iter().zip(&relationship.series).enumerate();
    let halves: Vec<Half<'_>> = standing
        .filter_map(|(index, (standing, series))| Half::of(index, series, standing.as_ref()?))
        .collect();
    // Most of two people have one series, or two that know nothing of each other.
    let mut pairs: Vec<(&Half<'_>, &Half<'_>, Instant)> = Vec::new();
    for new in &halves {
        let olds = halves.iter().filter(|old| old.ends_before(new));
        pairs.extend(olds.filter_map(|old| Some((old, new, made_at(old.master, new.master)?))));
    }
    let (mut goes_on, mut comes_of) = (HashMap::new(), HashMap::new());
    for (old, new, _) in &pairs {
        *goes_on.entry(old.index).or_insert(0) += 1;
        *comes_of.entry(new.index).or_insert(0) += 1;
    }
    let mut found = Vec::new();
    for (old, new, at) in pairs {
        // Of several that were split at once it is not said which goes on as which.
        let alone = goes_on[&old.index] == 1 && comes_of[&new.index] == 1;
        if alone && state.seen.is_none_or(|seen| at <= seen) {
            found.extend(moved(old, new, at, scope));
        }
    }
    found
}

impl<'a> Half<'a> {
    fn of(index: usize, series: &'a CandidateSeries, standing: &'a Standing) -> Option<Self> {
        Some(Self {
            index,
            series,
            master: standing.leading.series.master.as_deref()?,
            looks: &standing.leading.looks,
            cadence_days: series.cadence_days()?,
        })
    }

    /// Whether it has an end, and that lies before everything of `new`.
    fn ends_before(&self, new: &Half<'_>) -> bool {
        let ends = || {
            self.master
                .recurrence
                .as_ref()
                .is_some_and(|r| r.rules.iter().any(|rule| has_end(rule)))
        };
        let (last, first) = (self.looks.last(), new.looks.first());
        let stands = |look: &Look| look.given && !look.of_others;
        last.zip(first)
            .is_some_and(|(last, first)| last.id < first.id && stands(last) && stands(first))
            && ends()
    }

    /// The slots that its rule would give from its last one up to `until`, had it no end; none where only some are called off.
    fn would_go_on(&self, until: Instant, scope: &Scope<'_>) -> Vec<Slot> {
        let Some(last) = self.looks.last() else {
            return Vec::new();
        };
        let mut master = self.master.clone();
        for rule in master.recurrence.iter_mut().flat_map(|r| &mut r.rules) {
            *rule = without_end(rule);
        }
        let series = Series {
            uid: master.uid.clone(),
            master: Some(Arc::new(master)),
            overrides: Vec::new(),
        };
        let window = Window {
            from: last.id.plus_seconds(1),
            to: until,
        };
        let mut slots = Vec::new();
        scope.expand(self.series, &series, window, |instance| {
            let ruled = instance
                .ruled
                .filter(|_| instance.standing == AsRuled && !instance.all_day);
            slots.extend(ruled);
        });
        slots
    }
}

/// When `old` was ended and `new` begun, where the two prove that it was one stroke.
fn made_at(old: &Event, new: &Event) -> Option<Instant> {
    let (was, is) = (old.created?, new.created?);
    let together = |a: Instant, b: Instant| a.seconds_since(b).abs() <= ONE_SITTING_SECONDS;
    if is == was {
        let touched = new
            .last_modified
            .filter(|at| old.last_modified == Some(*at))?;
        return (touched > is).then_some(touched);
    }
    let touched_then = || old.last_modified.is_some_and(|at| together(at, is));
    let later = is > was && !together(is, was);
    (later && (is_split_off(&old.uid, &new.uid) || touched_then())).then_some(is)
}

/// Whether `new` is named as Google names what it split off `old`: `<id>_R<start>@google.com`.
fn is_split_off(old: &str, new: &str) -> bool {
    let id = |uid: &str| uid.split('@').next().unwrap_or_default().to_owned();
    let stem = |uid: &str| id(uid).split("_R").next().unwrap_or_default().to_owned();
    id(new).contains("_R") && !stem(new).is_empty() && stem(new) == stem(old)
}

/// The promises within a week of `at` that `new` has at another time than `old` would have had them.
fn moved(old: &Half<'_>, new: &Half<'_>, at: Instant, scope: &Scope<'_>) -> Vec<Split> {
    let promised = old.would_go_on(at.plus_days(8), scope);
    let first_to_come = promised.first().is_some_and(|slot| slot.start > at);
    let all_to_come = new.looks.first().is_some_and(|look| look.ruled.start > at);
    if !first_to_come
        || !all_to_come
        || old.master.created == new.master.created && !is_alone([old, new], at, scope)
    {
        return Vec::new();
    }
    let mut found: Vec<Split> = Vec::new();
    for promised in promised.into_iter().filter(|slot| is_firm(slot.start, at)) {
        let distance = |look: &Look| look.ruled.start.seconds_since(promised.start).abs();
        let free = |look: &&Look| found.iter().all(|known| known.id != look.id);
        let near = new.looks.iter().filter(free).take(14);
        let nearest = near.min_by_key(|look| (distance(look), look.id));
        let Some(look) = nearest.filter(|look| distance(look) < old.cadence_days * 86_400) else {
            continue;
        };
        found.push(Split {
            series: new.index,
            id: look.id,
            promised,
            to: look.ruled,
            at,
        });
    }
    found.retain(|split| split.promised != split.to);
    found
}

/// Whether nothing in the calendar of these two but they was last touched `at` that moment.
fn is_alone(halves: [&Half<'_>; 2], at: Instant, scope: &Scope<'_>) -> bool {
    let mut copies = halves.iter().flat_map(|half| half.series.copies());
    let is_of_them = |copy: usize, place: usize| {
        let mut known = halves.iter().flat_map(|half| half.series.copies());
        known.any(|known| (known.copy(), known.series()) == (copy, place))
    };
    copies.all(|known| {
        let copy = scope.history.copies.get(known.copy());
        let mut all = copy.into_iter().flat_map(|copy| copy.all().enumerate());
        all.all(|(place, series)| {
            is_of_them(known.copy(), place)
                || series.leading(|event| event.moments[2]).flatten() != Some(at)
        })
    })
}

/// Whether an RRULE ends by a date.
fn has_end(rule: &str) -> bool {
    rule.split(';').any(is_end)
}

fn without_end(rule: &str) -> Box<str> {
    let parts: Vec<&str> = rule.split(';').filter(|part| !is_end(part)).collect();
    parts.join(";").into_boxed_str()
}

fn is_end(part: &str) -> bool {
    let name = part.split('=').next().unwrap_or_default();
    name.trim().eq_ignore_ascii_case("UNTIL")
}
