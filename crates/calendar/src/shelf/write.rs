//! One event as bytes. What `read.rs` takes back; the two stand side by side.

use super::{
    Usual, Zones,
    bytes::{put, put_signed},
    form, rule,
    words::Words,
};
use crate::{
    event::{
        Attendee, Busy, CuType, End, Event, EventKind, PartStat, Recurrence, Role, Status,
        Visibility,
    },
    instant::Instant,
    when::When,
};
use std::sync::Arc;

/// What an event is written with: the tables it refers to, and where it goes.
pub(super) struct Writer<'a> {
    pub(super) words: &'a mut Words,
    pub(super) zones: &'a mut Zones,
    pub(super) usual: &'a mut Usual,
    pub(super) bytes: &'a mut Vec<u8>,
}

impl Writer<'_> {
    /// Everything but the UID.
    pub(super) fn event(&mut self, event: &Event) {
        let moments = [event.stamp, event.created, event.last_modified];
        let how = self.usual.how(moments);
        let [stamp, created, modified] = how;
        let has = |yes: bool, bit: u8| if yes { bit } else { 0 };
        let id = event.recurrence_id.as_ref();
        self.bytes.extend([
            has(id.is_some(), form::ID)
                | has(id.is_some_and(|id| id.this_and_future), form::FUTURE)
                | has(event.recurrence.is_some(), form::REPEATS)
                | has(event.organizer.is_some(), form::ORGANIZER)
                | has(event.visibility == Visibility::Private, form::PRIVATE)
                | has(event.is_first_priority, form::FIRST_PRIORITY)
                | (status(event.status) << form::STATUS),
            busy(event.busy) | (kind(event.kind) << form::KIND),
            stamp
                | (created << 2)
                | (modified << 4)
                | has(
                    event.visibility == Visibility::Confidential,
                    form::CONFIDENTIAL,
                ),
        ]);
        if let Some(id) = id {
            self.when(&id.at);
        }
        self.when(&event.start);
        self.word(&event.summary);
        if let Some(organizer) = &event.organizer {
            self.word(&organizer.address);
            self.word(&organizer.name);
            self.perhaps(organizer.sent_by.as_ref());
        }
        for (at, how) in moments.into_iter().zip(how) {
            if let (Some(at), form::SAID) = (at, how) {
                self.instant(at);
            }
        }
        put(self.bytes, event.attendees.len() as u64);
        for attendee in &event.attendees {
            self.attendee(attendee);
        }
        self.end(&event.end, &event.start);
        put(self.bytes, u64::from(event.sequence));
        put(self.bytes, u64::from(event.line));
        if let Some(recurrence) = &event.recurrence {
            self.recurrence(recurrence, &event.start);
        }
    }

    fn word(&mut self, text: &Arc<str>) {
        let number = self.words.number(text);
        put(self.bytes, u64::from(number));
    }

    fn perhaps(&mut self, text: Option<&Arc<str>>) {
        let number = text.map_or(0, |text| u64::from(self.words.number(text)) + 1);
        put(self.bytes, number);
    }

    fn attendee(&mut self, attendee: &Attendee) {
        self.word(&attendee.address);
        self.word(&attendee.name);
        let how = (answer(attendee.answer) * form::CUTYPES + cutype(attendee.cutype)) * form::ROLES
            + role(attendee.role);
        match &attendee.sent_by {
            None => self.bytes.push(how),
            Some(by) => {
                self.bytes.push(how | form::SENT_BY);
                self.word(by);
            }
        }
    }

    fn instant(&mut self, at: Instant) {
        put_signed(self.bytes, at.seconds().wrapping_sub(form::EPOCH));
    }

    fn when(&mut self, when: &When) {
        let tag = match when {
            When::Date(_) => form::DATE,
            When::Floating(_) => form::FLOATING,
            When::Utc(_) => form::UTC,
            When::Zoned(_, zone) => form::ZONED + self.zones.number(zone),
        };
        put(self.bytes, tag);
        match when {
            When::Date(date) => put_signed(self.bytes, form::day(*date)),
            When::Floating(civil) | When::Zoned(civil, _) => {
                let nanos = civil.time().subsec_nanosecond();
                let seconds = form::seconds(*civil);
                if nanos != 0 {
                    put_signed(self.bytes, (seconds << 2) | form::NANOS);
                    put_signed(self.bytes, i64::from(nanos));
                } else if seconds % 60 == 0 {
                    put_signed(self.bytes, (seconds / 60) << 2);
                } else {
                    put_signed(self.bytes, (seconds << 2) | form::SECONDS);
                }
            }
            When::Utc(at) => self.instant(*at),
        }
    }

    fn end(&mut self, end: &End, start: &When) {
        match end {
            End::Unsaid => put(self.bytes, form::UNSAID),
            End::Lasts { days, seconds } => {
                put(self.bytes, form::LASTS);
                put_signed(self.bytes, i64::from(*days));
                put_signed(self.bytes, *seconds);
            }
            End::At(at) => match form::minutes_between(start, at) {
                Some(minutes) => {
                    put(self.bytes, form::MINUTES_LATER);
                    put_signed(self.bytes, minutes);
                }
                None => {
                    put(self.bytes, form::AT);
                    self.when(at);
                }
            },
        }
    }

    fn recurrence(&mut self, recurrence: &Recurrence, start: &When) {
        for rules in [&recurrence.rules, &recurrence.except_rules] {
            put(self.bytes, rules.len() as u64);
            for rule in rules {
                rule::pack(self.bytes, rule, self.words);
            }
        }
        put(self.bytes, recurrence.dates.len() as u64);
        for date in &recurrence.dates {
            self.when(&date.start);
            self.end(&date.end, start);
        }
        put(self.bytes, recurrence.except_dates.len() as u64);
        recurrence.except_dates.iter().for_each(|at| self.when(at));
    }
}

const fn status(status: Status) -> u8 {
    match status {
        Status::Confirmed => 0,
        Status::Tentative => 1,
        Status::Cancelled => 2,
    }
}

const fn busy(busy: Busy) -> u8 {
    match busy {
        Busy::Busy => 0,
        Busy::Free => 1,
        Busy::Tentative => 2,
        Busy::OutOfOffice => 3,
        Busy::WorkingElsewhere => 4,
    }
}

const fn kind(kind: EventKind) -> u8 {
    match kind {
        EventKind::Ordinary => 0,
        EventKind::OutOfOffice => 1,
        EventKind::FocusTime => 2,
        EventKind::WorkingLocation => 3,
        EventKind::Birthday => 4,
    }
}

const fn answer(answer: PartStat) -> u8 {
    match answer {
        PartStat::NeedsAction => 0,
        PartStat::Accepted => 1,
        PartStat::Declined => 2,
        PartStat::Tentative => 3,
        PartStat::Delegated => 4,
    }
}

const fn cutype(cutype: CuType) -> u8 {
    match cutype {
        CuType::Individual => 0,
        CuType::Group => 1,
        CuType::Resource => 2,
        CuType::Room => 3,
        CuType::Unknown => 4,
    }
}

const fn role(role: Role) -> u8 {
    match role {
        Role::Required => 0,
        Role::Chair => 1,
        Role::Optional => 2,
        Role::NonParticipant => 3,
    }
}
