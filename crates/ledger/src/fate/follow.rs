//! Follows one promise through everything that was seen of it, up to its own end.

use super::{
    actor::{Evidence, Parties, actor},
    counters::{Asked, Counters, WITHIN_SECONDS},
    moment::change_time,
    promises::Promise,
    recorded::{Log, Recorded},
    retime::Retimings,
    state::State,
    track::{Sighting, Tracks},
    view::View,
};
use crate::{
    case::{Actor, ActorEvidence, Change, ChangeTime, UnknownBecause},
    people::PersonId,
};
use steadfast_calendar::{Event, Instant, Slot};

/// Where one promise went.
#[derive(Clone, Debug)]
pub(super) struct Journey {
    /// Where it stood last before its own end.
    pub held: Option<Slot>,
    /// Every change up to then, oldest first.
    pub changes: Vec<Change>,
    /// Where it stood after each of them.
    pub went: Vec<Option<Slot>>,
    /// Why the evidence cannot say.
    pub unknown: Option<UnknownBecause>,
    /// Something happened to it after it should have ended.
    pub changed_afterwards: bool,
    /// Original starts it went through when it was re-timed.
    pub through: Vec<Instant>,
}

/// What following needs to know.
pub(super) struct Road<'a> {
    pub states: &'a [State],
    pub tracks: &'a Tracks<'a>,
    pub retimings: &'a Retimings,
    pub parties: &'a Parties<'a>,
    pub counters: &'a Counters,
    pub log: &'a Log<'a>,
}

impl Road<'_> {
    /// Follows `promise` from its first sighting on. Changes of the rule itself in states up to the one in which it was firm
    /// re-plan it silently; from then on they move it.
    pub(super) fn follow(&self, promise: &Promise) -> Journey {
        let mut walker = Walker {
            road: self,
            journey: Journey {
                held: None,
                changes: Vec::new(),
                went: Vec::new(),
                unknown: None,
                changed_afterwards: false,
                through: Vec::new(),
            },
            last: None,
            firm: promise.firm,
            doubt: None,
        };
        if let Some(split) = &promise.split {
            walker.journey.changes.push(Change {
                at: Some(ChangeTime::exactly(split.at)),
                slot_start_before: split.promised.start,
                actor: Actor::UNKNOWN,
            });
            walker.journey.went.push(Some(split.to));
        }
        walker.walk(promise.id, self.tracks.at(promise.place), 0);
        if let Some(why) = walker.doubt {
            walker.journey.unknown.get_or_insert(why);
        }
        let disagree = walker.last.is_some_and(|s| s.disagree);
        if disagree {
            walker
                .journey
                .unknown
                .get_or_insert(UnknownBecause::SidesDisagree);
        }
        walker.journey
    }
}

/// The one that ends later.
fn later(one: Option<Slot>, other: Option<Slot>) -> Option<Slot> {
    one.into_iter().chain(other).max_by_key(|slot| slot.end)
}

struct Walker<'a> {
    road: &'a Road<'a>,
    journey: Journey,
    last: Option<&'a Sighting<'a>>,
    firm: Option<usize>,
    /// Why the other copy, which lost it, does not say who took it off.
    doubt: Option<UnknownBecause>,
}

/// Whether to go on after a change.
#[derive(PartialEq, Eq)]
enum Step {
    On,
    Stop,
}

impl<'a> Walker<'a> {
    fn walk(&mut self, id: Instant, track: &'a [Sighting<'a>], from: usize) {
        let mut sightings = track.iter().filter(|s| s.state() >= from).peekable();
        let start = sightings.peek().map_or(from, |s| s.state());
        for state in start..self.road.states.len() {
            let here = sightings.next_if(|s| s.state() == state);
            let step = match here {
                Some(sighting) => self.seen(sighting),
                None => match self.road.retimings.successor.get(&(id, state)) {
                    Some(&(next, at)) if self.still_to_come(state) => {
                        self.journey.through.push(next);
                        return self.walk(next, self.road.tracks.get(next), at);
                    }
                    _ => self.absent(id, state),
                },
            };
            if step == Step::Stop {
                return;
            }
        }
    }

    fn seen(&mut self, sighting: &'a Sighting<'a>) -> Step {
        let (ruled, slot) = (sighting.look.ruled, sighting.slot());
        let last = self.last.replace(sighting);
        if last.is_none() {
            self.journey.held = Some(ruled);
        }
        self.doubt = sighting
            .doubt
            .filter(|_| self.still_to_come(sighting.state()));
        let Some(last) = last else {
            if slot == Some(ruled) {
                return Step::On;
            }
            return self.change(sighting.state(), slot, Some(sighting), None);
        };
        if slot == self.journey.held {
            return Step::On;
        }
        let by_rule = |s: &Sighting<'_>| s.slot() == Some(s.look.ruled);
        let replanned = self.firm.is_some_and(|firm| sighting.state() <= firm);
        if replanned && by_rule(last) && by_rule(sighting) {
            self.journey.held = slot;
            return Step::On;
        }
        let reverted = by_rule(sighting) && View::has_own_event(last.look);
        if reverted && !self.still_to_come(sighting.state()) {
            // An old override that a feed no longer shows.
            return Step::Stop;
        }
        self.change(sighting.state(), slot, Some(sighting), Some(last))
    }

    fn absent(&mut self, id: Instant, state: usize) -> Step {
        self.doubt = None;
        if self.journey.held.is_none() {
            return Step::On;
        }
        let series = self.last.map(Sighting::series);
        let rolled_out = series.is_some_and(|series| {
            let standing = self
                .road
                .states
                .get(state)
                .and_then(|s| s.series.get(series)?.as_ref());
            standing.is_some_and(|s| s.leading.window_passed(id))
        });
        // What is taken off afterwards with its series, or by another rule for all of it, was not itself changed.
        let by_series = self.last.is_some_and(|s| s.view.series.master.is_some());
        if (rolled_out || by_series && self.is_over(state)) && !self.still_to_come(state) {
            return Step::Stop;
        }
        self.change(state, None, None, self.last)
    }

    /// Whether what is held now ended only after `state` was seen.
    fn still_to_come(&self, state: usize) -> bool {
        let seen = self.road.states.get(state).and_then(|s| s.seen);
        match (self.journey.held, seen) {
            (Some(held), Some(seen)) => held.end > seen,
            _ => true,
        }
    }

    /// Whether what is held now was seen standing when it was over, before `state` came about.
    fn is_over(&self, state: usize) -> bool {
        let after = self.road.states.get(state).and_then(|s| s.after);
        self.journey
            .held
            .zip(after)
            .is_some_and(|(held, after)| held.end <= after)
    }

    fn change(
        &mut self,
        index: usize,
        to: Option<Slot>,
        now: Option<&Sighting<'_>>,
        before: Option<&Sighting<'_>>,
    ) -> Step {
        let Some(state) = self.road.states.get(index) else {
            return Step::Stop;
        };
        let own = now.is_some_and(|s| View::has_own_event(s.look));
        let event = now.and_then(|s| s.view.event(s.look));
        let gone = now.is_none() && self.series_event(index, before).is_some();
        let event = event.or_else(|| self.series_event(index, before).filter(|_| gone));
        let mut at = change_time(state, event, own);
        let ruled = before.map(|s| s.look.ruled);
        let reference = self.journey.held.or_else(|| later(ruled, self.stood()));
        let first = before.is_none();
        if let (Some(slot), Some(time)) = (reference, at) {
            let is_dated = time.earliest == time.latest;
            if state.after.is_none() && !is_dated && time.latest > slot.end {
                // So it was at the first look, and since when is not known: as an export tells it.
                at = None;
            } else if first && time.earliest >= slot.end {
                // A first look that says when this was last touched, and that was after the fact.
                if to.is_none() {
                    self.journey.unknown = Some(UnknownBecause::RemovedAfterwards);
                    return Step::Stop;
                }
                at = None;
            } else if state.after.is_some_and(|after| after >= slot.end) {
                self.journey.changed_afterwards = true;
                return Step::Stop;
            } else if time.latest > slot.end {
                // Last seen before its end, touched last after it: LAST-MODIFIED is when it was touched last, and
                // does not say whether that was the change.
                at = state.after.map(|after| ChangeTime {
                    earliest: after,
                    latest: time.latest,
                });
                let moved_ahead = to.is_some_and(|to| to.start >= time.latest);
                if !moved_ahead {
                    self.journey.unknown = Some(if to.is_none() {
                        UnknownBecause::RemovedAfterwards
                    } else {
                        UnknownBecause::Gap
                    });
                    return Step::Stop;
                }
            }
        }
        let logged = now.or(before).and_then(|s| {
            let span = (state.after, state.seen);
            self.road.log.of_change(s.series(), s.look.id, to, span)
        });
        let who = match logged {
            Some(logged) => logged.actor(self.road.parties),
            None => self.actor(state, now, before, event, at),
        };
        // A log knows the moment too, except where what was seen set it aside above.
        let at = at.map(|seen| logged.map_or(seen, Recorded::moment));
        let slot_start_before = reference.map_or_else(
            || to.map_or(Instant::from_seconds(0), |t| t.start),
            |slot| slot.start,
        );
        self.journey.changes.push(Change {
            at,
            slot_start_before,
            actor: who,
        });
        self.journey.went.push(to);
        self.journey.held = to;
        Step::On
    }

    /// Where it stood last before it was taken off or declined: somebody may still move it from there.
    fn stood(&self) -> Option<Slot> {
        self.journey.went.iter().rev().find_map(|to| *to)
    }

    /// The master as it is in `index` of the series that `before` belonged to.
    fn series_event(&self, index: usize, before: Option<&Sighting<'_>>) -> Option<&'a Event> {
        let series = before?.series();
        let standing = self.road.states.get(index)?.series.get(series)?.as_ref()?;
        standing.leading.series.master.as_deref()
    }

    fn actor(
        &self,
        state: &State,
        now: Option<&Sighting<'_>>,
        before: Option<&Sighting<'_>>,
        event: Option<&Event>,
        at: Option<ChangeTime>,
    ) -> Actor {
        if let Some(person) = now.and_then(|s| s.declined_by()) {
            return self
                .road
                .parties
                .named(person, ActorEvidence::SchedulingMessage, 0.9);
        }
        let earlier = before.and_then(|s| s.view.event(s.look));
        let master = now.or(before).and_then(|s| s.view.series.master.as_deref());
        let declined = before.and_then(|s| s.declined_by());
        let previous_change = self.journey.changes.last().and_then(|c| c.at);
        let span = state
            .seen
            .zip(state.after)
            .map(|(seen, after)| seen.seconds_since(after));
        let evidence = Evidence {
            now: event,
            before: earlier
                .or_else(|| master.filter(|m| event.is_some_and(|e| !std::ptr::eq(*m, e)))),
            asked: now
                .or(before)
                .and_then(|s| self.road.counters.before(s.series(), s.look.id, at)),
            refused: declined.and_then(|person| refused(person, previous_change, at)),
            seen_within_a_day: span.is_some_and(|seconds| seconds <= 86_400),
            unseen: before
                .and(at.zip(state.after))
                .map(|(at, after)| at.latest.seconds_since(after)),
        };
        actor(self.road.parties, &evidence)
    }
}

/// Whether an update followed the answer of `person` within 24 hours.
fn refused(
    person: PersonId,
    answer: Option<ChangeTime>,
    update: Option<ChangeTime>,
) -> Option<Asked> {
    let (answer, update) = answer.zip(update)?;
    let least = update.earliest.seconds_since(answer.latest);
    let most = update.latest.seconds_since(answer.earliest);
    match (least <= WITHIN_SECONDS, most <= WITHIN_SECONDS) {
        (_, true) => Some(Asked::By(person)),
        (true, false) => Some(Asked::Perhaps),
        (false, false) => None,
    }
}
