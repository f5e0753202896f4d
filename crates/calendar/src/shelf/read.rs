//! Bytes back to the event they were written from.

use super::{Usual, Zones, bytes::Cursor, form, rule, words::Words};
use crate::{
    event::{
        Attendee, Busy, CuType, End, Event, EventKind, Organizer, PartStat, RDate, Recurrence,
        RecurrenceId, Role, Status, Visibility,
    },
    instant::Instant,
    wall::{DAY, Wall},
    when::When,
};
use jiff::tz::TimeZone;
use std::sync::Arc;

/// What bytes are read with: the tables they refer to.
#[derive(Clone, Copy)]
pub(super) struct Tables<'a> {
    pub(super) words: &'a Words,
    pub(super) zones: &'a Zones,
    pub(super) usual: &'a Usual,
}

/// What is seen of a date or time in passing.
pub(super) struct Skimmed<'a> {
    /// The zone it names.
    pub(super) zone: Option<&'a TimeZone>,
    /// When it is, were every clock that of UTC.
    pub(super) about: Instant,
    /// It is a date.
    pub(super) is_date: bool,
}

/// The first bytes of an event.
#[derive(Clone, Copy)]
pub(super) struct Head {
    flags: u8,
    nature: u8,
    moments: u8,
}

impl Head {
    pub(super) fn of(cursor: &mut Cursor<'_>) -> Self {
        Self {
            flags: cursor.byte(),
            nature: cursor.byte(),
            moments: cursor.byte(),
        }
    }

    pub(super) const fn is_master(self) -> bool {
        self.flags & form::ID == 0
    }

    pub(super) const fn is_future(self) -> bool {
        self.flags & form::FUTURE != 0
    }

    pub(super) const fn repeats(self) -> bool {
        self.flags & form::REPEATS != 0
    }

    pub(super) const fn has_organizer(self) -> bool {
        self.flags & form::ORGANIZER != 0
    }

    pub(super) const fn visibility(self) -> Visibility {
        if self.moments & form::CONFIDENTIAL != 0 {
            Visibility::Confidential
        } else if self.flags & form::PRIVATE != 0 {
            Visibility::Private
        } else {
            Visibility::Public
        }
    }

    pub(super) const fn is_first_priority(self) -> bool {
        self.flags & form::FIRST_PRIORITY != 0
    }

    pub(super) const fn status(self) -> Status {
        match (self.flags >> form::STATUS) & 3 {
            0 => Status::Confirmed,
            1 => Status::Tentative,
            _ => Status::Cancelled,
        }
    }

    pub(super) const fn busy(self) -> Busy {
        match self.nature & 7 {
            0 => Busy::Busy,
            1 => Busy::Free,
            2 => Busy::Tentative,
            3 => Busy::OutOfOffice,
            _ => Busy::WorkingElsewhere,
        }
    }

    pub(super) const fn kind(self) -> EventKind {
        match self.nature >> form::KIND {
            0 => EventKind::Ordinary,
            1 => EventKind::OutOfOffice,
            2 => EventKind::FocusTime,
            3 => EventKind::WorkingLocation,
            _ => EventKind::Birthday,
        }
    }

    /// DTSTAMP, CREATED and LAST-MODIFIED; what is said of them comes next.
    pub(super) fn moments(self, cursor: &mut Cursor<'_>, usual: &Usual) -> [Option<Instant>; 3] {
        let mut how = self.moments;
        usual.0.map(|usual| {
            let this = how & 3;
            how >>= 2;
            match this {
                form::NEVER => None,
                form::USUAL => usual,
                _ => Some(instant(cursor)),
            }
        })
    }
}

fn instant(cursor: &mut Cursor<'_>) -> Instant {
    Instant::from_seconds(cursor.signed().wrapping_add(form::EPOCH))
}

impl<'a> Tables<'a> {
    pub(super) fn event(&self, cursor: &mut Cursor<'_>, uid: Arc<str>) -> Event {
        let head = Head::of(cursor);
        let recurrence_id = (!head.is_master()).then(|| RecurrenceId {
            at: self.when(cursor),
            this_and_future: head.is_future(),
        });
        let start = self.when(cursor);
        let summary = self.word(cursor);
        let organizer = head.has_organizer().then(|| Organizer {
            address: self.word(cursor),
            name: self.word(cursor),
            sent_by: self.perhaps(cursor),
        });
        let [stamp, created, last_modified] = head.moments(cursor, self.usual);
        let count = cursor.number();
        let attendees = (0..count).map(|_| self.attendee(cursor)).collect();
        let end = self.end(cursor, &start);
        Event {
            uid,
            recurrence_id,
            end,
            summary,
            status: head.status(),
            sequence: small(cursor.number()),
            stamp,
            created,
            last_modified,
            organizer,
            attendees,
            busy: head.busy(),
            kind: head.kind(),
            visibility: head.visibility(),
            is_first_priority: head.is_first_priority(),
            line: small(cursor.number()),
            recurrence: head
                .repeats()
                .then(|| Box::new(self.recurrence(cursor, &start))),
            start,
        }
    }

    fn word(&self, cursor: &mut Cursor<'_>) -> Arc<str> {
        self.words.share(cursor.number())
    }

    fn perhaps(&self, cursor: &mut Cursor<'_>) -> Option<Arc<str>> {
        let number = cursor.number().checked_sub(1)?;
        Some(self.words.share(number))
    }

    fn attendee(&self, cursor: &mut Cursor<'_>) -> Attendee {
        let (address, name) = (self.word(cursor), self.word(cursor));
        let byte = cursor.byte();
        let how = byte & !form::SENT_BY;
        Attendee {
            address,
            name,
            answer: answer(how / form::ROLES / form::CUTYPES),
            cutype: cutype(how),
            role: role(how),
            sent_by: (byte & form::SENT_BY != 0).then(|| self.word(cursor)),
        }
    }

    pub(super) fn when(&self, cursor: &mut Cursor<'_>) -> When {
        match cursor.number() {
            form::DATE => When::Date(form::date(cursor.signed())),
            form::FLOATING => When::Floating(civil(cursor)),
            form::UTC => When::Utc(instant(cursor)),
            zone => When::Zoned(civil(cursor), self.zones.get(zone - form::ZONED).clone()),
        }
    }

    /// Goes past a date or time.
    pub(super) fn skim(&self, cursor: &mut Cursor<'_>) -> Skimmed<'a> {
        let kept = cursor.number();
        let (zone, about) = match kept {
            form::DATE => (None, in_utc(form::wall(cursor.signed() * DAY))),
            form::FLOATING => (None, in_utc(wall(cursor))),
            form::UTC => (None, instant(cursor)),
            zone => {
                let zone = self.zones.get(zone - form::ZONED);
                (Some(zone), in_utc(wall(cursor)))
            }
        };
        Skimmed {
            zone,
            about,
            is_date: kept == form::DATE,
        }
    }

    fn end(&self, cursor: &mut Cursor<'_>, start: &When) -> End {
        match cursor.number() {
            form::UNSAID => End::Unsaid,
            form::LASTS => End::Lasts {
                days: i32::try_from(cursor.signed()).unwrap_or_default(),
                seconds: cursor.signed(),
            },
            form::MINUTES_LATER => End::At(form::after(start, cursor.signed())),
            _ => End::At(self.when(cursor)),
        }
    }

    fn recurrence(&self, cursor: &mut Cursor<'_>, start: &When) -> Recurrence {
        let rules = |cursor: &mut Cursor<'_>| -> Vec<Box<str>> {
            let count = cursor.number();
            (0..count)
                .map(|_| rule::unpack(cursor, self.words))
                .collect()
        };
        let (rules, except_rules) = (rules(cursor), rules(cursor));
        let count = cursor.number();
        let dates = (0..count).map(|_| RDate {
            start: self.when(cursor),
            end: self.end(cursor, start),
        });
        let dates = dates.collect();
        let count = cursor.number();
        let except_dates = (0..count).map(|_| self.when(cursor)).collect();
        Recurrence {
            rules,
            except_rules,
            dates,
            except_dates,
        }
    }
}

fn small(number: u64) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

fn civil(cursor: &mut Cursor<'_>) -> jiff::civil::DateTime {
    let (seconds, nanos) = kept_civil(cursor);
    form::civil(seconds, nanos)
}

/// The same on a wall, without its parts of a second.
fn wall(cursor: &mut Cursor<'_>) -> Wall {
    form::wall(kept_civil(cursor).0)
}

/// A civil time as the number it is kept as, and its nanoseconds.
fn kept_civil(cursor: &mut Cursor<'_>) -> (i64, i32) {
    let said = cursor.signed();
    match said & 3 {
        form::SECONDS => (said >> 2, 0),
        form::NANOS => {
            let nanos = i32::try_from(cursor.signed()).unwrap_or_default();
            (said >> 2, nanos)
        }
        _ => ((said >> 2) * 60, 0),
    }
}

const fn in_utc(wall: Wall) -> Instant {
    Instant::from_seconds(wall.0)
}

const fn answer(answer: u8) -> PartStat {
    match answer {
        0 => PartStat::NeedsAction,
        1 => PartStat::Accepted,
        2 => PartStat::Declined,
        3 => PartStat::Tentative,
        _ => PartStat::Delegated,
    }
}

/// The kind of an attendee whose byte this is.
pub(super) const fn role(how: u8) -> Role {
    match how % form::ROLES {
        0 => Role::Required,
        1 => Role::Chair,
        2 => Role::Optional,
        _ => Role::NonParticipant,
    }
}

pub(super) const fn cutype(how: u8) -> CuType {
    match how / form::ROLES % form::CUTYPES {
        0 => CuType::Individual,
        1 => CuType::Group,
        2 => CuType::Resource,
        3 => CuType::Room,
        _ => CuType::Unknown,
    }
}
