//! Events of one UID, put together: a master, and the overrides of its instances.

use crate::{
    event::{Event, RecurrenceId},
    expand::{Instance, Standing},
    instant::Instant,
    map::Map,
    when::When,
};
use jiff::tz::TimeZone;
use std::{cmp::Ordering, collections::hash_map::Entry, sync::Arc};

/// All components with one UID in one calendar state (RFC 5545 §3.8.4.7).
#[derive(Clone, PartialEq, Debug)]
pub struct Series {
    /// The UID they share; for an event without one, a stand-in made from its content.
    pub uid: Arc<str>,
    /// The component without RECURRENCE-ID; the one with the highest (SEQUENCE, DTSTAMP) if there are several.
    /// `None` when the file holds only overrides.
    pub master: Option<Arc<Event>>,
    /// Components with RECURRENCE-ID; of several for one instance only the highest (SEQUENCE, DTSTAMP).
    pub overrides: Vec<Arc<Event>>,
}

impl Series {
    /// Whether it repeats: a master with RRULE or RDATE, or more than one override.
    pub fn repeats(&self) -> bool {
        self.overrides.len() > 1
            || self
                .master
                .as_ref()
                .and_then(|m| m.recurrence.as_ref())
                .is_some_and(|r| !r.rules.is_empty() || !r.dates.is_empty())
    }

    /// The component that speaks for `instance` of this series (its title, its attendees and their answers): its
    /// override; else the last RANGE=THISANDFUTURE override at or before it; else the master. `None` only for an
    /// instance of another series.
    ///
    /// `floating` as in [`crate::expand()`].
    pub fn component(&self, instance: &Instance, floating: &TimeZone) -> Option<&Arc<Event>> {
        match instance.standing {
            Standing::Overridden(index) | Standing::Cancelled(Some(index)) => {
                self.overrides.get(index)
            }
            Standing::AsRuled | Standing::Excluded | Standing::Cancelled(None) => {
                let home = self
                    .master
                    .as_ref()
                    .map_or(floating, |m| m.start.zone(floating));
                self.overrides
                    .iter()
                    .filter_map(|event| {
                        let said = event.recurrence_id.as_ref()?;
                        let from = said.at.instant(home);
                        (said.this_and_future && from <= instance.id).then_some((from, event))
                    })
                    .max_by_key(|(from, _)| *from)
                    .map(|(_, event)| event)
                    .or(self.master.as_ref())
            }
        }
    }
}

/// Puts events of one calendar together by UID, in order of first appearance: [`Grouper`], all at once.
pub fn group(events: Vec<Event>) -> Vec<Series> {
    let mut grouper = Grouper::default();
    for event in events {
        grouper.add(event);
    }
    grouper.finish()
}

/// Puts events of one calendar together by UID, while they are being read.
///
/// Of several copies of one component the highest (SEQUENCE, DTSTAMP) counts, of equal ones the later in the file: an
/// older copy further down changes nothing.
#[derive(Debug, Default)]
pub struct Grouper {
    all: Vec<Series>,
    by_uid: Map<Arc<str>, usize>,
    by_instance: Map<(usize, InstanceKey), usize>,
}

impl Grouper {
    /// Adds the next event.
    pub fn add(&mut self, mut event: Event) {
        if event.uid.is_empty() {
            event.uid = stand_in(&event);
        }
        let place = match self.by_uid.entry(event.uid.clone()) {
            Entry::Occupied(known) => *known.get(),
            Entry::Vacant(new) => {
                self.all.push(Series {
                    uid: event.uid.clone(),
                    master: None,
                    overrides: Vec::new(),
                });
                *new.insert(self.all.len() - 1)
            }
        };
        let Some(series) = self.all.get_mut(place) else {
            return;
        };
        match &event.recurrence_id {
            None => {
                if series
                    .master
                    .as_deref()
                    .is_none_or(|m| rank(m) <= rank(&event))
                {
                    series.master = Some(Arc::new(event));
                }
            }
            Some(recurrence_id) => match self.by_instance.entry((place, key(recurrence_id))) {
                Entry::Vacant(new) => {
                    new.insert(series.overrides.len());
                    series.overrides.push(Arc::new(event));
                }
                Entry::Occupied(known) => {
                    if let Some(other) = series.overrides.get_mut(*known.get())
                        && rank(other) <= rank(&event)
                    {
                        *other = Arc::new(event);
                    }
                }
            },
        }
    }

    /// What was put together, in order of first appearance.
    pub fn finish(self) -> Vec<Series> {
        let mut all = self.all;
        for series in &mut all {
            series.overrides.shrink_to_fit();
        }
        all.shrink_to_fit();
        all
    }
}

/// Which of two copies is the newer (RFC 5546 §2.1.5).
pub(crate) fn rank(event: &Event) -> (u32, Option<Instant>) {
    (event.sequence, event.stamp)
}

/// The instance an override names, as far as its own text tells: the same moment in two zones is the same instance.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub(crate) enum InstanceKey {
    Moment(Instant, bool),
    Wall(jiff::civil::DateTime, bool),
}

/// What `recurrence_id` names.
pub(crate) fn key(recurrence_id: &RecurrenceId) -> InstanceKey {
    // "From here on" and "only here" are two statements about one instance; both hold.
    let range = recurrence_id.this_and_future;
    match &recurrence_id.at {
        When::Utc(_) | When::Zoned(..) => {
            InstanceKey::Moment(recurrence_id.at.instant(&TimeZone::UTC), range)
        }
        When::Date(_) | When::Floating(_) => InstanceKey::Wall(recurrence_id.at.civil(), range),
    }
}

/// A UID for an event without one, from what it says: the same in every export of the same event.
pub(crate) fn stand_in(event: &Event) -> Arc<str> {
    // FNV-1a, 64 bits: the standard library's hasher may differ between releases, and this ends up in reports.
    let mut hash: u64 = 0xcbf2_9ce4_8422_2325;
    let mut add = |text: &str| {
        for byte in text.bytes().chain([0]) {
            hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        }
    };
    add(&event.summary);
    add(&format!("{:?}", event.start));
    add(&format!("{:?}", event.end));
    add(&format!("{:?}", event.recurrence_id));
    if let Some(organizer) = &event.organizer {
        add(&organizer.address);
    }
    for rule in event.recurrence.iter().flat_map(|r| &r.rules) {
        add(rule);
    }
    Arc::from(format!("without-uid-{hash:016x}"))
}
/// Whether `own`, the event of one instance, was put on after its cancelled `master`: that takes the whole series off (RFC 5546
/// §3.2.5), and many programs leave the events of instances as they were. Told by the times at which both were last changed and by the numbers of
/// their versions, of which each event may have its own (RFC 5546 §2.1.4); `None` where these contradict each other or say
/// nothing.
pub fn put_on_after(own: &Event, master: &Event) -> Option<bool> {
    let later = |order: Ordering| match order {
        Ordering::Less => Some(false),
        Ordering::Equal => None,
        Ordering::Greater => Some(true),
    };
    let modified = own.last_modified.zip(master.last_modified);
    let by_time = modified.and_then(|(own, master)| later(own.cmp(&master)));
    let by_number = later(own.sequence.cmp(&master.sequence));
    match (by_time, by_number) {
        (Some(time), Some(number)) => (time == number).then_some(time),
        (time, number) => time.or(number),
    }
}
