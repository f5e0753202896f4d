//! Everything else on one person's calendar: each meeting that took their time, in each place it ever had.

mod conflicts;
mod displacers;
mod free;

pub use conflicts::{Conflict, conflicts};
pub use displacers::{Displacer, displacers};
pub use free::{FreeSlot, free_slot};

use crate::{
    classes::Classes,
    history::{CalendarCopy, History, SeriesHistory},
    occurrence::Class,
    pairs::{cadence::cadence_days, participants::participants},
    people::{Directory, PersonId},
};
use jiff::tz::TimeZone;
use std::{
    collections::{HashMap, HashSet},
    sync::Arc,
};
use steadfast_calendar::{
    Busy, Event, EventKind, Instant, PartStat, Slot, Standing, Status, Window, expand,
    says_cancelled,
};

/// One place that one instance of one meeting had on the calendar.
#[derive(Clone, Debug)]
pub struct Place {
    /// The meeting.
    pub uid: Arc<str>,
    /// The instance.
    pub id: Instant,
    /// The place.
    pub slot: Slot,
    /// When it came to be there; `None`: not known.
    pub appeared: Option<Instant>,
    /// When it left that place; `None`: it stood there to the end.
    pub left: Option<Left>,
    /// Its class.
    pub class: Class,
    /// Whether the calendar's owner organises it.
    pub own: bool,
    /// Number of humans.
    pub people: usize,
    /// Days between instances; `None` for a single meeting.
    pub cadence_days: Option<i64>,
}

/// How something left its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Left {
    /// When, as far as known.
    pub at: Option<Instant>,
}

/// One person's other meetings, by start.
#[derive(Clone, Debug, Default)]
pub struct Agenda {
    places: Vec<Place>,
    /// Places of more than a day, as indices: a year-long one must not make every search a search through a year.
    long: Vec<usize>,
}

/// A place no longer than this is found by its start.
const SHORT_SECONDS: i64 = 86_400;

/// What an agenda is read from.
pub struct AgendaScope<'a> {
    /// All calendars.
    pub history: &'a History,
    /// How meetings are classed.
    pub classes: Classes<'a>,
    /// UIDs of 1:1s, with their class ([`Class::OneOnOne`] or [`Class::BossOneOnOne`]).
    pub one_on_ones: &'a HashMap<Arc<str>, Class>,
    /// Zone for floating times where the calendar says none.
    pub fallback_zone: &'a TimeZone,
    /// What is looked at.
    pub window: Window,
}

impl Agenda {
    /// Reads `owner`'s agenda off every calendar of theirs.
    pub fn of(owner: PersonId, scope: &AgendaScope<'_>, directory: &mut Directory) -> Self {
        let mut places = Vec::new();
        for copy in &scope.history.copies {
            if copy.owner == Some(owner) {
                for series in &copy.series {
                    gather(&mut places, copy, series, owner, scope, directory);
                }
            }
        }
        // In place: a stable sort would need half as much again.
        places.sort_unstable_by(|a: &Place, b| (a.slot, a.id, &a.uid).cmp(&(b.slot, b.id, &b.uid)));
        places.shrink_to_fit();
        let is_long = |p: &Place| p.slot.seconds() > SHORT_SECONDS;
        let long = (0..places.len())
            .filter(|i| places.get(*i).is_some_and(is_long))
            .collect();
        Self { places, long }
    }

    /// All places, by start.
    pub fn places(&self) -> &[Place] {
        &self.places
    }

    /// Places that share time with `slot`.
    pub fn overlapping(&self, slot: Slot) -> impl Iterator<Item = &Place> {
        let earliest = slot.start.plus_seconds(-SHORT_SECONDS);
        let first = self.places.partition_point(|p| p.slot.start < earliest);
        let short = self
            .places
            .get(first..)
            .unwrap_or_default()
            .iter()
            .take_while(move |p| p.slot.start < slot.end)
            .filter(|p| p.slot.seconds() <= SHORT_SECONDS);
        let long = self.long.iter().filter_map(|i| self.places.get(*i));
        long.chain(short).filter(move |p| p.slot.overlaps(slot))
    }
}

fn gather(
    places: &mut Vec<Place>,
    copy: &CalendarCopy,
    series: &SeriesHistory,
    owner: PersonId,
    scope: &AgendaScope<'_>,
    directory: &mut Directory,
) {
    let zone = copy.zone.as_ref().unwrap_or(scope.fallback_zone);
    let address = directory.person(owner).address.clone();
    let Some(speaker) = series
        .last_known()
        .and_then(|s| s.master.clone().or_else(|| s.overrides.first().cloned()))
    else {
        return;
    };
    let who = participants(&speaker, Some(owner), directory);
    let cadence = speaker
        .recurrence
        .as_ref()
        .and_then(|_| cadence_days(&speaker));
    let class = scope
        .one_on_ones
        .get(&series.uid)
        .copied()
        .unwrap_or_else(|| {
            scope
                .classes
                .of(&speaker, &who, owner, cadence.is_some_and(|d| d <= 2))
        });
    let template = Place {
        uid: series.uid.clone(),
        id: Instant::from_seconds(0),
        slot: Slot::new(Instant::from_seconds(0), Instant::from_seconds(0)),
        appeared: None,
        left: None,
        class,
        own: who.organizer == Some(owner) || who.organizer.is_none(),
        people: who.humans.len().max(1),
        cadence_days: cadence,
    };
    let mut open: HashMap<Instant, usize> = HashMap::new();
    for version in &series.versions {
        let state = version.series.as_deref();
        let mut here: HashSet<Instant> = HashSet::new();
        for instance in state
            .map(|s| expand(s, zone, scope.window))
            .unwrap_or_default()
        {
            let Some(state) = state else { break };
            let event = match instance.standing {
                Standing::Overridden(i) | Standing::Cancelled(Some(i)) => state.overrides.get(i),
                _ => state.master.as_ref(),
            };
            let Some(event) = event else { continue };
            let slot = instance
                .slot
                .filter(|_| takes_time(event, &address) && !instance.all_day);
            let known = open.get(&instance.id).copied();
            let unchanged = known
                .and_then(|i| places.get(i))
                .is_some_and(|p| Some(p.slot) == slot);
            here.insert(instance.id);
            if unchanged {
                continue;
            }
            if let Some(place) = known.and_then(|i| places.get_mut(i)) {
                place.left = Some(Left {
                    at: moved_at(version.seen, event),
                });
            }
            open.remove(&instance.id);
            // A first look at a moved or cancelled instance shows where it was.
            if known.is_none()
                && version.after.is_none()
                && let Some(ruled) = instance.ruled.filter(|ruled| Some(*ruled) != slot)
            {
                places.push(Place {
                    id: instance.id,
                    slot: ruled,
                    appeared: state.master.as_ref().and_then(|m| m.created),
                    left: Some(Left {
                        at: event
                            .last_modified
                            .filter(|_| !matches!(instance.standing, Standing::Excluded)),
                    }),
                    ..template.clone()
                });
            }
            if let Some(slot) = slot {
                open.insert(instance.id, places.len());
                places.push(Place {
                    id: instance.id,
                    slot,
                    appeared: appeared(version.after.and(version.seen), event, instance.standing),
                    ..template.clone()
                });
            }
        }
        let gone: Vec<Instant> = open
            .keys()
            .copied()
            .filter(|id| !here.contains(id))
            .collect();
        for id in gone {
            let place = open.remove(&id).and_then(|i| places.get_mut(i));
            if let (Some(place), Some(seen)) = (place, version.seen)
                && place.slot.end > seen
            {
                place.left = Some(Left { at: Some(seen) });
            }
        }
    }
}

/// When something came to its place: CREATED of a meeting as ruled, LAST-MODIFIED of an override; at the latest when
/// it was first seen there.
fn appeared(seen: Option<Instant>, event: &Event, standing: Standing) -> Option<Instant> {
    let said = match standing {
        Standing::Overridden(_) => event.last_modified,
        _ => event.created,
    };
    match (said, seen) {
        (Some(said), Some(seen)) => Some(said.min(seen)),
        (said, seen) => said.or(seen),
    }
}

fn moved_at(seen: Option<Instant>, event: &Event) -> Option<Instant> {
    match (seen, event.last_modified) {
        (Some(seen), Some(modified)) => Some(modified.min(seen)),
        (seen, modified) => seen.or(modified),
    }
}

/// Whether the event takes its owner's time: not declined by them, and it [`takes_place`].
fn takes_time(event: &Event, owner: &str) -> bool {
    let declined = event
        .attendees
        .iter()
        .any(|a| *a.address == *owner && a.answer == PartStat::Declined);
    !declined && takes_place(event)
}

/// Whether the event takes the time of whoever comes: not cancelled, not free, no marker of a place.
pub fn takes_place(event: &Event) -> bool {
    event.status != Status::Cancelled
        && !matches!(event.busy, Busy::Free | Busy::WorkingElsewhere)
        && !matches!(event.kind, EventKind::WorkingLocation | EventKind::Birthday)
        && !says_cancelled(&event.summary)
}
