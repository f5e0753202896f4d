//! Everything else on one person's calendar: each meeting that took their time, in each place it ever had.

mod conflicts;
mod displacers;
mod free;
mod own;
mod places;
mod stayed;

pub use conflicts::{Conflict, conflicts};
pub use displacers::{Displacer, displacers};
pub use free::{FreeSlot, first_free, free_slot};
pub use own::Own;
pub use stayed::{Stayed, stayed};

use crate::{
    classes::Classes,
    history::{CalendarCopy, History, Known},
    occurrence::Class,
    pairs::{SeriesRef, cadence::cadence_days, participants::known_participants},
    people::PersonId,
};
use jiff::tz::TimeZone;
use places::Places;
use steadfast_calendar::{
    Busy, Event, EventKind, Instant, Map, PartStat, Set, Slot, Standing, Status, Window, expand,
    says_cancelled,
};

/// A meeting that took somebody's time: what all its places have in common.
#[derive(Clone, Debug)]
pub struct Meeting {
    /// Where it is kept.
    pub at: SeriesRef,
    /// Its class.
    pub class: Class,
    /// Number of humans.
    pub people: u32,
}

/// One place that one instance of one meeting had on the calendar.
#[derive(Clone, Copy, Debug)]
pub struct Place {
    /// The instance.
    pub id: Instant,
    /// The place.
    pub slot: Slot,
    /// When it came to be there; `None`: not known.
    pub appeared: Option<Instant>,
    /// When it left that place; `None`: it stood there to the end.
    pub left: Option<Left>,
    meeting: u32,
}

/// How something left its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Left {
    /// When, as far as known.
    pub at: Option<Instant>,
}

/// A place and the meeting that had it.
#[derive(Clone, Copy, Debug)]
pub struct Taken<'a> {
    /// Where, from when, until when.
    pub place: Place,
    /// By what.
    pub meeting: &'a Meeting,
}

/// One person's other meetings, by start.
#[derive(Clone, Debug, Default)]
pub struct Agenda {
    places: Places,
    meetings: Vec<Meeting>,
    /// Places of more than a day, as indices: a year-long one must not make every search a search through a year.
    long: Vec<usize>,
    /// Seconds of the longest place that is not one of those: whatever began earlier than that before a time is over by then.
    reach: i64,
}

/// Which series are 1:1s of somebody, with their class ([`Class::OneOnOne`], [`Class::BossOneOnOne`], or
/// [`Class::Other`] where it is not known who reports to whom): by calendar and series.
#[derive(Clone, Debug, Default)]
pub struct OneOnOnes(Vec<Vec<Option<Class>>>);

impl OneOnOnes {
    /// Says that the series at that place is one.
    pub fn insert(&mut self, at: SeriesRef, class: Class) {
        if self.0.len() <= at.copy() {
            self.0.resize(at.copy() + 1, Vec::new());
        }
        if let Some(copy) = self.0.get_mut(at.copy()) {
            if copy.len() <= at.series() {
                copy.resize(at.series() + 1, None);
            }
            copy[at.series()] = Some(class);
        }
    }

    fn get(&self, at: SeriesRef) -> Option<Class> {
        *self.0.get(at.copy())?.get(at.series())?
    }
}

/// A place no longer than this is found by its start.
const SHORT_SECONDS: i64 = 86_400;

/// What an agenda is read from.
pub struct AgendaScope<'a> {
    /// All calendars.
    pub history: &'a History,
    /// How meetings are classed.
    pub classes: Classes<'a>,
    /// The owner's 1:1s.
    pub one_on_ones: &'a OneOnOnes,
    /// Zone for floating times where the calendar says none.
    pub fallback_zone: &'a TimeZone,
    /// What is looked at.
    pub window: Window,
}

impl Agenda {
    /// Reads `owner`'s agenda off every calendar of theirs.
    /// Everybody on it was met before.
    pub fn of(owner: PersonId, scope: &AgendaScope<'_>) -> Self {
        let mut agenda = Self::default();
        for (number, copy) in scope.history.copies.iter().enumerate() {
            if copy.owner != Some(owner) {
                continue;
            }
            for (at, series) in copy.all().enumerate() {
                if !series.is_outside(scope.window) {
                    let at = SeriesRef::new(number, at);
                    gather(&mut agenda, copy, (series, at), owner, scope);
                }
            }
        }
        let Agenda {
            places,
            meetings,
            long,
            reach,
        } = &mut agenda;
        places.sort(|meeting| Some(scope.history.uid(meetings.get(meeting as usize)?.at)));
        let is_long = |(_, place): &(usize, Place)| place.slot.seconds() > SHORT_SECONDS;
        long.extend(places.iter().enumerate().filter(is_long).map(|(at, _)| at));
        let seconds = places.iter().map(|place| place.slot.seconds());
        *reach = seconds
            .filter(|one| *one <= SHORT_SECONDS)
            .max()
            .unwrap_or(0);
        agenda.meetings.shrink_to_fit();
        agenda
    }

    /// All places, by start.
    pub fn places(&self) -> impl Iterator<Item = Taken<'_>> {
        self.places.iter().filter_map(|place| self.taken(place))
    }

    fn taken(&self, place: Place) -> Option<Taken<'_>> {
        let meeting = self.meetings.get(place.meeting as usize)?;
        Some(Taken { place, meeting })
    }

    /// Places that begin in that moment.
    fn beginning_at(&self, start: Instant) -> impl Iterator<Item = Place> {
        let there = self.places.since(start).map(|(_, place)| place);
        there.take_while(move |place| place.slot.start == start)
    }

    /// Places that share time with `slot`.
    pub fn overlapping(&self, slot: Slot) -> impl Iterator<Item = Taken<'_>> {
        let there = self.overlapping_at(slot);
        there.filter_map(|(_, place)| self.taken(place))
    }

    /// The same, with their numbers.
    fn overlapping_at(&self, slot: Slot) -> impl Iterator<Item = (usize, Place)> {
        let short = self
            .places
            .since(slot.start.plus_seconds(-self.reach))
            .take_while(move |(_, p)| p.slot.start < slot.end)
            .filter(|(_, p)| p.slot.seconds() <= SHORT_SECONDS);
        let long = self.long.iter();
        let long = long.filter_map(|at| Some((*at, self.places.get(*at)?)));
        long.chain(short)
            .filter(move |(_, p)| p.slot.overlaps(slot))
    }
}

fn gather(
    agenda: &mut Agenda,
    copy: &CalendarCopy,
    (series, at): (Known<'_>, SeriesRef),
    owner: PersonId,
    scope: &AgendaScope<'_>,
) {
    let zone = copy.zone.as_ref().unwrap_or(scope.fallback_zone);
    let directory = scope.classes.directory;
    let address = directory.person(owner).address;
    let versions = series.versions();
    let last_known = versions.iter().rev().find_map(|v| v.series.as_deref());
    let Some(speaker) = last_known.and_then(|s| s.master.as_ref().or(s.overrides.first())) else {
        return;
    };
    let who = known_participants(speaker, Some(owner), directory);
    let class = scope.one_on_ones.get(at).unwrap_or_else(|| {
        let cadence = speaker
            .recurrence
            .as_ref()
            .and_then(|_| cadence_days(speaker));
        let often = cadence.is_some_and(|days| days <= 2);
        scope.classes.of(speaker, &who, owner, often)
    });
    let known_before = agenda.places.len();
    let places = &mut agenda.places;
    let template = Place {
        id: Instant::from_seconds(0),
        slot: Slot::new(Instant::from_seconds(0), Instant::from_seconds(0)),
        appeared: None,
        left: None,
        meeting: u32::try_from(agenda.meetings.len()).unwrap_or(u32::MAX),
    };
    let mut open: Map<Instant, usize> = Map::default();
    for version in versions.iter() {
        let state = version.series.as_deref();
        let mut here: Set<Instant> = Set::default();
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
                .filter(|_| takes_time(event, address) && !instance.all_day);
            let known = open.get(&instance.id).copied();
            let unchanged = known
                .and_then(|i| places.get(i))
                .is_some_and(|p| Some(p.slot) == slot);
            here.insert(instance.id);
            if unchanged {
                continue;
            }
            if let Some(known) = known {
                places.leave(known, moved_at(version.seen, event));
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
                    ..template
                });
            }
            if let Some(slot) = slot {
                let place = places.push(Place {
                    id: instance.id,
                    slot,
                    appeared: appeared(version.after.and(version.seen), event, instance.standing),
                    ..template
                });
                open.insert(instance.id, place);
            }
        }
        let gone: Vec<Instant> = open
            .keys()
            .copied()
            .filter(|id| !here.contains(id))
            .collect();
        for id in gone {
            if let (Some(at), Some(seen)) = (open.remove(&id), version.seen)
                && places.get(at).is_some_and(|place| place.slot.end > seen)
            {
                places.leave(at, Some(seen));
            }
        }
    }
    if places.len() > known_before {
        agenda.meetings.push(Meeting {
            at,
            class,
            people: u32::try_from(who.humans.len().max(1)).unwrap_or(u32::MAX),
        });
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
