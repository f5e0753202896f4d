//! Which occurrences one relationship promised, and in which slot each.

use super::{
    moment::in_force_since,
    retime::Retimings,
    split::Split,
    state::State,
    track::{Sighting, Tracks},
    view::View,
};
use crate::{case::UnknownBecause, rules::promise::firm_at};
use std::collections::BTreeSet;
use steadfast_calendar::{Instant, Slot};

/// One promise.
#[derive(Clone, Debug)]
pub(super) struct Promise {
    /// Its original start.
    pub id: Instant,
    /// Where its sightings begin.
    pub place: usize,
    /// The promised slot.
    pub slot: Slot,
    /// Last state in force a week before the start, up to which a changed rule only re-plans; `None`: first seen
    /// later than that.
    pub firm: Option<usize>,
    /// Which series of the relationship promised it.
    pub series: usize,
    /// Why it is not known whether it was promised: nobody looked at the calendar between the change of the rule and the moment
    /// the promise became firm; or it is not known to have been there before it was over, or with whom.
    pub unsure: Option<UnknownBecause>,
    /// How it was moved when its series was split, before anybody looked. Of hardly any, and there may be a million promises.
    pub split: Option<Box<Split>>,
}

impl Promise {
    /// Where the series that has it now puts it: the time that is usual from now on.
    pub(super) fn by_rule(&self) -> Slot {
        self.split.as_ref().map_or(self.slot, |split| split.to)
    }

    /// The same as it was promised before its series was split.
    fn before(self, splits: &[Split]) -> Self {
        let mut of = splits.iter();
        let Some(split) = of.find(|s| (s.series, s.id) == (self.series, self.id)) else {
            return self;
        };
        Self {
            slot: split.promised,
            firm: None,
            split: Some(Box::new(*split)),
            ..self
        }
    }
}

/// All promises in order of their slots.
pub(super) fn promises(
    states: &[State],
    tracks: &Tracks<'_>,
    retimings: &Retimings,
    splits: &[Split],
) -> Vec<Promise> {
    let successors: BTreeSet<Instant> = retimings.successor.values().map(|(id, _)| *id).collect();
    let mut promises = Vec::with_capacity(tracks.len());
    for place in tracks.places() {
        let track = tracks.at(place);
        let Some(first) = track.first() else { continue };
        let id = first.look.id;
        if let Some(promise) = promise(place, first, track, states) {
            let firm_before = promise.firm.is_some();
            let continues = successors.contains(&id) && !firm_before;
            if continues && continued_by_firm(id, retimings, states, tracks) {
                continue;
            }
            promises.push(promise.before(splits));
        }
    }
    promises.sort_by_key(|p| p.slot);
    promises
}

/// Whether the start `id` only continues another promise that was firm when it was re-timed.
fn continued_by_firm(
    id: Instant,
    retimings: &Retimings,
    states: &[State],
    tracks: &Tracks<'_>,
) -> bool {
    retimings
        .successor
        .iter()
        .filter(|(_, (new, _))| *new == id)
        .any(|((old, gone), _)| {
            let last = tracks.get(*old).iter().rev().find(|s| s.state() < *gone);
            last.is_some_and(|s| !dropped_early(s, *gone, states))
        })
}

/// Whether the start last seen in `sighting` was gone (in state `gone`) before its promise was firm.
fn dropped_early(sighting: &Sighting<'_>, gone: usize, states: &[State]) -> bool {
    let since = states.get(gone).and_then(|state| in_force(state, sighting));
    since.is_some_and(|since| since <= firm_at(sighting.look.ruled.start))
}

/// When `state` came into force, as told by the series the sighting belongs to.
fn in_force(state: &State, sighting: &Sighting<'_>) -> Option<Instant> {
    let event = state
        .series
        .get(sighting.series())
        .and_then(|s| s.as_ref()?.leading.series.master.as_deref());
    in_force_since(state, event).map(|since| since.latest)
}

fn promise(
    place: usize,
    first: &Sighting<'_>,
    track: &[Sighting<'_>],
    states: &[State],
) -> Option<Promise> {
    let id = first.look.id;
    let firm_moment = firm_at(first.look.ruled.start);
    let appeared_afterwards = first.state() > 0
        && states
            .get(first.state())
            .and_then(|s| s.after)
            .is_some_and(|after| after >= first.look.ruled.end);
    if appeared_afterwards {
        return None;
    }
    let firm = (0..states.len())
        .take_while(|&index| {
            index == 0
                && states
                    .first()
                    .is_some_and(|s| s.seen.is_some_and(|at| at <= firm_moment))
                || index > 0
                    && states
                        .get(index)
                        // A calendar that was looked at for the first time then changed nothing of the others.
                        .and_then(|s| in_force(s, first).or(s.seen))
                        .is_some_and(|since| since <= firm_moment)
        })
        .last();
    let by_sight = |sighting: &Sighting<'_>, unsure| Promise {
        id,
        place,
        slot: sighting.look.ruled,
        firm: None,
        series: sighting.series(),
        unsure,
        split: None,
    };
    // A rule that was changed afterwards puts instances where none were: that they were promised is not seen.
    let seen_when_over = |sighting: &Sighting<'_>| {
        let state = states.get(sighting.state());
        let since = state.and_then(|state| in_force(state, sighting));
        since
            .is_some_and(|since| since >= sighting.look.ruled.end)
            .then_some(UnknownBecause::Gap)
    };
    let of_whom = of_whom_is_unsaid(first, states).then_some(UnknownBecause::HandedOn);
    let Some(firm) = firm else {
        return Some(by_sight(first, of_whom.or(seen_when_over(first))));
    };
    let unsure = unsure(firm + 1, firm_moment, first, track, states).then_some(UnknownBecause::Gap);
    let unsure = of_whom.or(unsure);
    match track.iter().find(|s| s.state() == firm) {
        Some(sighting) => Some(Promise {
            id,
            place,
            slot: sighting.look.ruled,
            firm: Some(firm),
            series: sighting.series(),
            unsure,
            split: None,
        }),
        // Not there a week before: re-planned away, or first seen later.
        None => track
            .iter()
            .find(|s| s.state() > firm)
            .map(|s| by_sight(s, of_whom.or(seen_when_over(s)))),
    }
}

/// Whether it is not said of whom it was: it was over when the series was first seen, and a later instance was with somebody
/// else. The series names whom it is with now.
fn of_whom_is_unsaid(first: &Sighting<'_>, states: &[State]) -> bool {
    let seen = states.first().and_then(|state| state.seen);
    first.state() == 0
        && seen.is_none_or(|seen| first.look.ruled.end <= seen)
        && !View::has_own_event(first.look)
        && first.view.others_until > Some(first.look.id)
}

/// Whether the rule changed this start in a state of which only a span is known, with the firm moment inside it.
fn unsure(
    next: usize,
    firm_moment: Instant,
    first: &Sighting<'_>,
    track: &[Sighting<'_>],
    states: &[State],
) -> bool {
    let Some(state) = states.get(next) else {
        return false;
    };
    let event = state
        .series
        .get(first.series())
        .and_then(|s| s.as_ref()?.leading.series.master.as_deref());
    let straddles = in_force_since(state, event)
        .is_some_and(|t| t.earliest < firm_moment && firm_moment < t.latest);
    let ruled = |index: usize| {
        track
            .iter()
            .find(|s| s.state() == index)
            .map(|s| s.look.ruled)
    };
    let rolled_out = || {
        let view = state.series.get(first.series()).and_then(Option::as_ref);
        let over = state.seen.is_some_and(|seen| first.look.ruled.end <= seen);
        over && view.is_some_and(|s| s.leading.window_passed(first.look.id))
    };
    straddles && ruled(next) != ruled(next.saturating_sub(1)) && !rolled_out()
}
