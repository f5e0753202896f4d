//! Times whose TZID is not explained yet: its VTIMEZONE may come after the events that use it (RFC 5545 §3.6.5 sets
//! no order). They stand as floating, and are mended when the zone is known.

use crate::map::Map;
use crate::{
    event::{End, Event},
    when::When,
};
use jiff::tz::TimeZone;
use std::sync::Arc;

/// Events that are held back for the first that waits. Beyond it a VTIMEZONE is no longer waited for.
const MOST_HELD: u64 = 50_000;

/// Values that wait.
const MOST_WAITING: usize = 200_000;

/// TZIDs that are waited for at once; settling one costs a look at the others.
const MOST_NAMES: usize = 1_000;

/// Which value of an event.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Place {
    Start,
    End,
    RecurrenceId,
    /// Start of the n-th RDATE.
    DateStart(usize),
    /// End of the n-th RDATE, a PERIOD.
    DateEnd(usize),
    /// The n-th EXDATE.
    ExceptDate(usize),
}

/// One waiting value: event (by its number in the stream, from 0) and place.
#[derive(Clone, Copy, Debug)]
struct Waiter {
    event: u64,
    place: Place,
}

/// All waiting values, by TZID.
#[derive(Debug, Default)]
pub(super) struct Waiting {
    by_name: Map<Arc<str>, Bucket>,
    count: usize,
    /// The first event that waits.
    first: Option<u64>,
}

/// Those that wait for one TZID.
#[derive(Debug, Default)]
struct Bucket {
    waiters: Vec<Waiter>,
    /// Where it was met first, for the warning.
    line: u32,
    uid: Arc<str>,
}

/// A TZID that was given up, or explained.
pub(super) struct Settled {
    pub(super) name: Arc<str>,
    pub(super) line: u32,
    pub(super) uid: Arc<str>,
}

impl Waiting {
    /// Number of the first event that waits: it and all after it are held back, so that events come in order.
    pub(super) fn first(&self) -> Option<u64> {
        self.first
    }

    /// Adds a value of event number `event`, the newest so far.
    pub(super) fn add(
        &mut self,
        name: Arc<str>,
        event: u64,
        place: Place,
        line: u32,
        uid: &Arc<str>,
    ) {
        let bucket = self.by_name.entry(name).or_insert_with(|| Bucket {
            waiters: Vec::new(),
            line,
            uid: Arc::clone(uid),
        });
        bucket.waiters.push(Waiter { event, place });
        self.count += 1;
        self.first = self.first.or(Some(event));
    }

    /// Whether so much is held back, the newest event being number `newest`, that waiting must end.
    pub(super) fn is_too_much(&self, newest: u64) -> bool {
        self.count > MOST_WAITING
            || self.by_name.len() > MOST_NAMES
            || self
                .first
                .is_some_and(|first| newest.saturating_sub(first) > MOST_HELD)
    }

    /// The TZIDs waited for, with where each was met first, in that order.
    pub(super) fn names(&self) -> Vec<Settled> {
        let mut names: Vec<Settled> = self
            .by_name
            .iter()
            .map(|(name, bucket)| Settled {
                name: Arc::clone(name),
                line: bucket.line,
                uid: Arc::clone(&bucket.uid),
            })
            .collect();
        names.sort_by(|a, b| (a.line, &a.name).cmp(&(b.line, &b.name)));
        names
    }

    /// Ends the wait for a TZID: puts `zone` where it is used in `events`, whose first is number `offset`; without a
    /// zone the times stay floating.
    pub(super) fn settle(
        &mut self,
        name: &str,
        zone: Option<&TimeZone>,
        events: &mut [Event],
        offset: u64,
    ) {
        let Some(bucket) = self.by_name.remove(name) else {
            return;
        };
        self.count -= bucket.waiters.len();
        self.first = self
            .by_name
            .values()
            .filter_map(|bucket| bucket.waiters.first())
            .map(|waiter| waiter.event)
            .min();
        let Some(zone) = zone else { return };
        for waiter in bucket.waiters {
            let event = usize::try_from(waiter.event.saturating_sub(offset))
                .ok()
                .and_then(|index| events.get_mut(index));
            if let Some(event) = event {
                mend(event, waiter.place, zone);
            }
        }
    }
}

fn mend(event: &mut Event, place: Place, zone: &TimeZone) {
    let recurrence = event.recurrence.as_deref_mut();
    let when = match place {
        Place::Start => Some(&mut event.start),
        Place::End => at(&mut event.end),
        Place::RecurrenceId => event.recurrence_id.as_mut().map(|id| &mut id.at),
        Place::DateStart(index) => recurrence
            .and_then(|r| r.dates.get_mut(index))
            .map(|date| &mut date.start),
        Place::DateEnd(index) => recurrence
            .and_then(|r| r.dates.get_mut(index))
            .and_then(|date| at(&mut date.end)),
        Place::ExceptDate(index) => recurrence.and_then(|r| r.except_dates.get_mut(index)),
    };
    if let Some(when) = when
        && let When::Floating(civil) = *when
    {
        *when = When::Zoned(civil, zone.clone());
    }
}

fn at(end: &mut End) -> Option<&mut When> {
    match end {
        End::At(when) => Some(when),
        End::Lasts { .. } | End::Unsaid => None,
    }
}
