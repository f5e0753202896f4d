//! A VEVENT while it is read.

use super::{property::Property, waiting::Place};
use crate::{
    event::{
        Attendee, Busy, End, Event, EventKind, Organizer, Recurrence, RecurrenceId, Status,
        Visibility,
    },
    instant::Instant,
    when::When,
};
use std::sync::Arc;

/// ATTENDEEs of one event that are read. Calendar servers stop at a few thousand.
pub(super) const MOST_ATTENDEES: usize = 10_000;

/// EXDATEs, and RDATEs, of one event that are read.
pub(super) const MOST_DATES: usize = 100_000;

/// Properties of one event that are read: all its dates and attendees, each on a line of its own, and some.
const MOST_PROPERTIES: u32 = 250_000;

/// Bytes of one event's properties that are read.
const MOST_BYTES: usize = 16 << 20;

/// What was read so far.
#[derive(Debug, Default)]
pub(super) struct Draft {
    /// Line of BEGIN:VEVENT.
    pub(super) line: u32,
    pub(super) uid: Option<Arc<str>>,
    pub(super) recurrence_id: Option<RecurrenceId>,
    pub(super) start: Option<When>,
    /// DTSTART was there and could not be read.
    pub(super) start_is_bad: bool,
    pub(super) end: Option<End>,
    pub(super) recurrence: Option<Box<Recurrence>>,
    pub(super) summary: Option<Arc<str>>,
    pub(super) status: Status,
    pub(super) sequence: u32,
    pub(super) stamp: Option<Instant>,
    pub(super) created: Option<Instant>,
    pub(super) last_modified: Option<Instant>,
    pub(super) organizer: Option<Organizer>,
    pub(super) attendees: Vec<Attendee>,
    pub(super) transparency: Busy,
    pub(super) busy_status: Option<Busy>,
    pub(super) intended_status: Option<Busy>,
    pub(super) kind: Option<EventKind>,
    pub(super) visibility: Visibility,
    pub(super) is_first_priority: bool,
    /// Values whose TZID is not explained yet.
    pub(super) waiting: Vec<(Arc<str>, Place)>,
    /// Where its warnings begin in the log.
    pub(super) first_warning: usize,
    /// A line without a colon was warned of.
    pub(super) broken: bool,
    /// Kinds of warning that are given once per event, as a set of bits.
    pub(super) warned: u8,
    /// Single properties read so far, as a set of bits.
    seen: u64,
    properties: u32,
    bytes: usize,
}

impl Draft {
    /// Empties it for the event that begins at `line`.
    pub(super) fn begin(&mut self, line: u32, first_warning: usize) {
        // The list of attendees keeps its room: most events have some.
        let mut attendees = std::mem::take(&mut self.attendees);
        attendees.clear();
        *self = Self {
            line,
            first_warning,
            attendees,
            ..Self::default()
        };
    }

    /// Whether this property was read before; DTEND and DURATION count as one.
    pub(super) fn has_seen(&self, property: Property) -> bool {
        self.seen & bit(property) != 0
    }

    /// Notes that this property was read.
    pub(super) fn see(&mut self, property: Property) {
        self.seen |= bit(property);
    }

    /// Counts one more property; tells whether there are too many now.
    pub(super) fn overflows(&mut self, bytes: usize) -> bool {
        self.properties = self.properties.saturating_add(1);
        self.bytes = self.bytes.saturating_add(bytes);
        self.is_full()
    }

    /// Whether no more properties are read.
    pub(super) fn is_full(&self) -> bool {
        self.properties > MOST_PROPERTIES || self.bytes > MOST_BYTES
    }

    /// Its recurrence, made when first needed.
    pub(super) fn recurrence(&mut self) -> &mut Recurrence {
        self.recurrence.get_or_insert_default()
    }

    /// The event; `None` without a start.
    pub(super) fn event(&mut self, no_text: &Arc<str>) -> Option<Event> {
        let busy = self
            .busy_status
            .or(match self.transparency {
                Busy::Free => Some(Busy::Free),
                _ => self.intended_status,
            })
            .unwrap_or_default();
        let kind = self.kind.unwrap_or(
            // An Outlook block without guests; a meeting may well be marked so for being held elsewhere.
            if busy == Busy::OutOfOffice && self.attendees.is_empty() {
                EventKind::OutOfOffice
            } else {
                EventKind::Ordinary
            },
        );
        Some(Event {
            start: self.start.take()?,
            uid: self.uid.take().unwrap_or_else(|| Arc::clone(no_text)),
            recurrence_id: self.recurrence_id.take(),
            end: self.end.take().unwrap_or(End::Unsaid),
            recurrence: self.recurrence.take(),
            summary: self.summary.take().unwrap_or_else(|| Arc::clone(no_text)),
            status: self.status,
            sequence: self.sequence,
            stamp: self.stamp,
            created: self.created,
            last_modified: self.last_modified,
            organizer: self.organizer.take(),
            attendees: self.attendees.drain(..).collect(),
            busy,
            kind,
            visibility: self.visibility,
            is_first_priority: self.is_first_priority,
            line: self.line,
        })
    }

    /// Whether it ends before it starts, as far as that can be told without knowing who looks.
    pub(super) fn ends_before_start(&self) -> bool {
        let (Some(start), Some(end)) = (&self.start, &self.end) else {
            return false;
        };
        let end = match end {
            End::Unsaid => return false,
            End::Lasts { days, seconds } => return *days < 0 || *seconds < 0,
            End::At(end) => end,
        };
        if self
            .waiting
            .iter()
            .any(|(_, place)| matches!(place, Place::Start | Place::End))
        {
            // Placeholders: only two of the same zone can be compared.
            let zone_of = |wanted| {
                self.waiting
                    .iter()
                    .find(|(_, place)| *place == wanted)
                    .map(|(name, _)| name)
            };
            return zone_of(Place::Start) == zone_of(Place::End) && end.civil() < start.civil();
        }
        match (start, end) {
            (When::Utc(start), When::Utc(end)) => end < start,
            (When::Zoned(_, a), When::Zoned(_, b)) if a == b => end.civil() < start.civil(),
            (When::Utc(_) | When::Zoned(..), When::Utc(_) | When::Zoned(..)) => {
                // Neither is floating, so the zone given here is not looked at.
                let zone = jiff::tz::TimeZone::UTC;
                end.instant(&zone) < start.instant(&zone)
            }
            (When::Floating(_) | When::Date(_), When::Floating(_) | When::Date(_)) => {
                end.civil() < start.civil()
            }
            _ => false,
        }
    }
}

fn bit(property: Property) -> u64 {
    let property = match property {
        Property::Duration => Property::EndAt,
        other => other,
    };
    1 << (property as u64)
}
