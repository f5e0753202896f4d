//! Re-timings "from here on": a changed rule, a `_R…` split, a series deleted and re-created. Which old promise
//! became which new one.

use super::{state::State, track::Tracks};
use std::collections::{BTreeMap, BTreeSet};
use steadfast_calendar::Instant;

/// A series re-created within this time of its end continues it.
const RECREATED_WITHIN_SECONDS: i64 = 7 * 86_400;

/// What became of the original starts that a later state no longer gives.
#[derive(Clone, Debug, Default)]
pub(super) struct Retimings {
    /// (old start, state in which it is gone) → (new start, state in which that appeared).
    pub successor: BTreeMap<(Instant, usize), (Instant, usize)>,
    /// States in which future starts were re-timed.
    pub at: BTreeSet<usize>,
}

/// Matches the starts that vanish with those that appear, nearest first, within one cadence.
pub(super) fn retimings(states: &[State], tracks: &Tracks<'_>, cadence_days: i64) -> Retimings {
    let mut gone: BTreeMap<usize, Vec<Instant>> = BTreeMap::new();
    let mut come: BTreeMap<usize, Vec<Instant>> = BTreeMap::new();
    let mut result = Retimings::default();
    if states.len() < 2 {
        return result;
    }
    for (id, track) in tracks.iter() {
        let mut previous: Option<usize> = None;
        for sighting in track {
            let state = sighting.state();
            let fresh = match previous {
                None => state > 0,
                Some(last) => last + 1 < state,
            };
            if fresh && ends_after(sighting.look.ruled.end, states.get(state)) {
                come.entry(state).or_default().push(id);
            }
            if let Some(last) = previous.filter(|last| last + 1 < state) {
                gone.entry(last + 1).or_default().push(id);
            }
            previous = Some(state);
        }
        let ended = track.last().map(|s| (s.state() + 1, s.look.ruled.end));
        if let Some((state, end)) = ended
            && ends_after(end, states.get(state))
        {
            gone.entry(state).or_default().push(id);
        }
        note_shift(&mut result, states, track);
    }
    for (&state, olds) in &gone {
        match_up(
            &mut result,
            states,
            tracks,
            &mut come,
            (state, olds),
            cadence_days,
        );
    }
    result
}

/// Whether something that ends at `end` was still to come when `state` came about.
fn ends_after(end: Instant, state: Option<&State>) -> bool {
    state.is_some_and(|s| s.after.is_some_and(|after| end > after))
}

/// The same start with another ruled slot (RANGE=THISANDFUTURE) is a re-timing too.
fn note_shift(result: &mut Retimings, states: &[State], track: &[super::track::Sighting<'_>]) {
    for pair in track.windows(2) {
        if let [before, now] = pair
            && before.look.ruled.start != now.look.ruled.start
            && ends_after(now.look.ruled.end, states.get(now.state()))
        {
            result.at.insert(now.state());
        }
    }
}

fn match_up(
    result: &mut Retimings,
    states: &[State],
    tracks: &Tracks<'_>,
    come: &mut BTreeMap<usize, Vec<Instant>>,
    (state, olds): (usize, &[Instant]),
    cadence_days: i64,
) {
    let seen = |index: usize| states.get(index).and_then(|s| s.seen);
    let since = seen(state).map(|at| at.plus_seconds(-RECREATED_WITHIN_SECONDS));
    let until = seen(state).map(|at| at.plus_seconds(RECREATED_WITHIN_SECONDS));
    for &old in olds {
        let nearest = come
            .range(state..)
            .take_while(|(index, _)| seen(**index) <= until)
            .flat_map(|(&index, news)| news.iter().map(move |&new| (new, index)))
            .filter(|(new, _)| distance(*new, old) < cadence_days.max(1) * 86_400)
            .min_by_key(|(new, index)| (*index, distance(*new, old), *new));
        // Whoever lets nobody be without one makes the new series first and then ends the old: seen between the two, both
        // stood for a while.
        let stands = |new: Instant| tracks.get(new).iter().any(|s| s.state() == state);
        let beside = || {
            come.range(..state)
                .filter(|(index, _)| seen(**index) >= since)
                .flat_map(|(&index, news)| news.iter().map(move |&new| (new, index)))
                .filter(|(new, _)| distance(*new, old) < cadence_days.max(1) * 86_400)
                .filter(|(new, _)| stands(*new))
                .min_by_key(|(new, index)| (distance(*new, old), *index, *new))
        };
        if let Some((new, index)) = nearest.or_else(beside) {
            let at = index.max(state);
            result.successor.insert((old, state), (new, at));
            if new != old {
                result.at.insert(at);
            }
            if let Some(news) = come.get_mut(&index) {
                news.retain(|n| *n != new);
            }
        }
    }
}

fn distance(a: Instant, b: Instant) -> i64 {
    a.seconds_since(b).abs()
}
