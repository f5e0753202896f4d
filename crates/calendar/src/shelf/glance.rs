//! The little of an event that all of a calendar is gone through for, without making the event anew.

use super::{bytes::Cursor, form, read, read::Tables, words::Words};
use crate::{
    event::{CuType, Event, EventKind, Role, Status},
    instant::Instant,
    wall::Wall,
    when::When,
};
use jiff::tz::TimeZone;

/// What is asked of every event of a calendar.
#[derive(Clone, Copy, Debug)]
pub struct Glance<'a> {
    /// It is no override.
    pub is_master: bool,
    /// The zone its start is written in, where it names one.
    pub zone: Option<&'a TimeZone>,
    /// Its start, were every clock that of UTC: off by a day or two at most.
    pub about: Instant,
    /// Its start is a date: it takes whole days.
    pub is_date: bool,
    /// SUMMARY.
    pub title: &'a str,
    /// Whether a rule or dates repeat it.
    pub repeats: bool,
    /// STATUS.
    pub status: Status,
    /// What sort of entry it is.
    pub kind: EventKind,
    /// DTSTAMP, CREATED and LAST-MODIFIED.
    pub moments: [Option<Instant>; 3],
    /// Number of attendees.
    pub attendees: usize,
    people: People<'a>,
}

/// Somebody whom an event names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Named<'a> {
    /// Their address.
    pub address: &'a str,
    /// CN; empty where it says none.
    pub name: &'a str,
    /// CUTYPE of an attendee; `None`: the organiser.
    pub cutype: Option<CuType>,
    /// ROLE of an attendee.
    pub role: Role,
}

#[derive(Clone, Copy, Debug)]
enum People<'a> {
    Told(&'a Event),
    Kept {
        words: &'a Words,
        attendees: Cursor<'a>,
        organizer: Option<Named<'a>>,
    },
}

impl<'a> Glance<'a> {
    /// At an event that is at hand.
    pub fn of(event: &'a Event) -> Self {
        Self {
            is_master: event.recurrence_id.is_none(),
            zone: match &event.start {
                When::Zoned(_, zone) => Some(zone),
                _ => None,
            },
            about: about(&event.start),
            is_date: event.start.is_date(),
            title: &event.summary,
            repeats: event.recurrence.is_some(),
            status: event.status,
            kind: event.kind,
            moments: [event.stamp, event.created, event.last_modified],
            attendees: event.attendees.len(),
            people: People::Told(event),
        }
    }

    pub(super) fn kept(tables: Tables<'a>, mut cursor: Cursor<'a>) -> Self {
        let cursor = &mut cursor;
        let head = read::Head::of(cursor);
        if !head.is_master() {
            tables.skim(cursor);
        }
        let read::Skimmed {
            zone,
            about,
            is_date,
        } = tables.skim(cursor);
        let words = tables.words;
        let title = words.get(cursor.number());
        let organizer = head.has_organizer().then(|| {
            let address = words.get(cursor.number());
            let name = words.get(cursor.number());
            // Who sent it in their place.
            cursor.number();
            Named {
                address,
                name,
                cutype: None,
                role: Role::Required,
            }
        });
        let moments = head.moments(cursor, tables.usual);
        Self {
            is_master: head.is_master(),
            zone,
            about,
            is_date,
            title,
            repeats: head.repeats(),
            status: head.status(),
            kind: head.kind(),
            moments,
            attendees: cursor.size(),
            people: People::Kept {
                words,
                attendees: *cursor,
                organizer,
            },
        }
    }

    /// Everybody it names: attendees first, then the organiser.
    pub fn people(&self) -> impl Iterator<Item = Named<'a>> + use<'a> {
        let (told, kept, organizer) = match self.people {
            People::Told(event) => {
                let organizer = event.organizer.as_ref().map(|organizer| Named {
                    address: &organizer.address,
                    name: &organizer.name,
                    cutype: None,
                    role: Role::Required,
                });
                (Some(event), None, organizer)
            }
            People::Kept {
                words,
                attendees,
                organizer,
            } => {
                let kept = Attendees {
                    words,
                    cursor: attendees,
                    left: self.attendees,
                };
                (None, Some(kept), organizer)
            }
        };
        let told = told.into_iter().flat_map(|event| &event.attendees);
        let told = told.map(|attendee| Named {
            address: &attendee.address,
            name: &attendee.name,
            cutype: Some(attendee.cutype),
            role: attendee.role,
        });
        told.chain(kept.into_iter().flatten()).chain(organizer)
    }
}

struct Attendees<'a> {
    words: &'a Words,
    cursor: Cursor<'a>,
    left: usize,
}

impl<'a> Iterator for Attendees<'a> {
    type Item = Named<'a>;

    fn next(&mut self) -> Option<Self::Item> {
        self.left = self.left.checked_sub(1)?;
        let address = self.words.get(self.cursor.number());
        let name = self.words.get(self.cursor.number());
        let how = self.cursor.byte();
        if how & form::SENT_BY != 0 {
            self.cursor.number();
        }
        Some(Named {
            address,
            name,
            cutype: Some(read::cutype(how & !form::SENT_BY)),
            role: read::role(how & !form::SENT_BY),
        })
    }
}

/// See [`Glance::about`].
pub(super) fn about(when: &When) -> Instant {
    match when {
        When::Utc(at) => *at,
        When::Date(date) => Instant::from_seconds(Wall::from(*date).0),
        When::Floating(civil) | When::Zoned(civil, _) => {
            Instant::from_seconds(Wall::from(*civil).0)
        }
    }
}
