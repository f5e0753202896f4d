//! A life in the making: people, meetings, and everything that will be done to them, with what that means.

mod absence;
mod by_manager;
mod by_report;
mod conflict;
mod fate;
mod one_on_one;
mod organisation;
pub(crate) mod promise;
mod routine;
mod series_event;
mod shown;
mod timing;

use crate::{
    action::{Action, What},
    config::Config,
    meeting::{Answer, Guest, Meeting, MeetingId, Rule, Shows},
    person::{Kind, Person, PersonId},
    place::Zone,
    rng::Rng,
    truth::{Class, Conflict, Decoy, NotOneOnOne, judge::Away},
};
use jiff::civil::{Date, DateTime, Weekday};
use promise::Pair;
use std::collections::{BTreeMap, BTreeSet};
use steadfast_calendar::{Instant, Slot, when::resolve};

/// One reporting line.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Line {
    pub(crate) manager: PersonId,
    pub(crate) report: PersonId,
    pub(crate) from: Option<Date>,
    pub(crate) to: Option<Date>,
}

#[derive(Debug)]
pub(crate) struct Plan {
    pub(crate) config: Config,
    pub(crate) rng: Rng,
    pub(crate) people: Vec<Person>,
    pub(crate) lines: Vec<Line>,
    pub(crate) meetings: Vec<Meeting>,
    pub(crate) actions: Vec<Action>,
    pub(crate) pairs: Vec<Pair>,
    pub(crate) away: BTreeMap<PersonId, Vec<(Away, MeetingId)>>,
    pub(crate) decoys: Vec<(MeetingId, NotOneOnOne)>,
    pub(crate) conflicts: Vec<Conflict>,
    /// Weekly cells (weekday × 96 + quarter, in UTC) that a person's routine takes.
    routine: BTreeSet<(PersonId, i64)>,
    /// First moment anybody looks.
    pub(crate) first_look: Instant,
    /// The moment at which the life is read.
    pub(crate) now: Instant,
}

/// What a new meeting is; the rest is filled in.
pub(crate) struct Draft<'a> {
    pub(crate) title: String,
    pub(crate) organiser: Option<PersonId>,
    /// Everybody invited beside the organiser; for a private entry, its owner.
    pub(crate) guests: &'a [PersonId],
    pub(crate) zone: Zone,
    pub(crate) start: DateTime,
    pub(crate) minutes: i64,
    pub(crate) rule: Option<Rule>,
}

impl Plan {
    pub(crate) fn new(seed: u64, config: Config) -> Self {
        let first = config.first_day.at(0, 0, 0, 0);
        let start = resolve(first, &jiff::tz::TimeZone::UTC);
        Self {
            rng: Rng::new(seed),
            people: Vec::new(),
            lines: Vec::new(),
            meetings: Vec::new(),
            actions: Vec::new(),
            pairs: Vec::new(),
            away: BTreeMap::new(),
            decoys: Vec::new(),
            conflicts: Vec::new(),
            routine: BTreeSet::new(),
            // Nine days before the first promise, so that every rule was seen 7 days before its first slot.
            first_look: start.plus_days(-9),
            now: start.plus_days(7 * config.weeks),
            config,
        }
    }

    /// When series that stood before the first look were made.
    pub(crate) fn long_ago(&mut self) -> Instant {
        let days = self.rng.between(20, 300);
        let seconds = self.rng.between(8 * 3_600, 17 * 3_600);
        self.first_look.plus_days(-days).plus_seconds(seconds)
    }

    pub(crate) fn person(&mut self, person: Person) -> PersonId {
        self.people.push(person);
        PersonId(self.people.len() - 1)
    }

    pub(crate) fn uid(&mut self) -> String {
        let (high, low) = (self.rng.next_u64(), self.rng.next_u64());
        self.config.dialect.habits().uids.make(high, low)
    }

    /// Puts a meeting on the calendars at a moment.
    pub(crate) fn begin(&mut self, at: Instant, draft: Draft<'_>) -> MeetingId {
        let uid = self.uid();
        let mut invited: Vec<PersonId> = draft.organiser.into_iter().collect();
        invited.extend(
            draft
                .guests
                .iter()
                .filter(|guest| Some(**guest) != draft.organiser),
        );
        let guests = invited
            .iter()
            .map(|who| Guest {
                who: *who,
                answer: Answer::Accepted,
            })
            .collect();
        let holders = invited
            .into_iter()
            .filter(|who| self.people[who.0].has_calendar)
            .collect();
        self.meetings.push(Meeting {
            uid,
            title: draft.title,
            organiser: draft.organiser,
            guests,
            holders,
            zone: draft.zone,
            start: draft.start,
            minutes: draft.minutes,
            whole_days: None,
            rule: draft.rule,
            until: None,
            called_off: BTreeMap::new(),
            overrides: BTreeMap::new(),
            shifted: None,
            left: BTreeSet::new(),
            shows: Shows::Busy,
            created: at,
            created_as: None,
            modified: at,
            sequence: 0,
            sent_by: None,
            edits: 0,
            live: false,
        });
        let meeting = MeetingId(self.meetings.len() - 1);
        self.act(at, meeting, What::Begin);
        meeting
    }

    pub(crate) fn act(&mut self, at: Instant, meeting: MeetingId, what: What) {
        self.act_for(at, meeting, None, what);
    }

    /// The same, by an assistant.
    pub(crate) fn act_for(
        &mut self,
        at: Instant,
        meeting: MeetingId,
        sent_by: Option<PersonId>,
        what: What,
    ) {
        self.actions.push(Action {
            at,
            meeting,
            sent_by,
            what,
        });
    }

    /// Whole days off: an entry on that person's calendar, and the absence.
    pub(crate) fn time_off(
        &mut self,
        who: PersonId,
        first: Date,
        days: i64,
        class: Class,
        title: &str,
        at: Instant,
    ) -> MeetingId {
        let zone = self.people[who.0].zone.clone();
        let draft = Draft {
            title: title.to_owned(),
            organiser: None,
            guests: &[who],
            zone: zone.clone(),
            start: first.at(0, 0, 0, 0),
            minutes: days * 1_440,
            rule: None,
        };
        let meeting = self.begin(at, draft);
        self.meetings[meeting.0].whole_days = Some(days);
        self.meetings[meeting.0].shows = if class == Class::Holiday {
            Shows::Free
        } else {
            Shows::OutOfOffice
        };
        let end = jiff::civil::DateTime::from(first).saturating_add(jiff::Span::new().days(days));
        let slot = Slot::new(
            resolve(first.at(0, 0, 0, 0), &zone.tz),
            resolve(end, &zone.tz),
        );
        let excuse = match class {
            Class::Holiday => crate::truth::Excuse::Holiday,
            _ => crate::truth::Excuse::LeaveManager,
        };
        self.away
            .entry(who)
            .or_default()
            .push((Away { excuse, slot }, meeting));
        meeting
    }

    /// A weekly place free for all of these on all of these days, kept for them from now on.
    pub(crate) fn place_for(
        &mut self,
        people: &[PersonId],
        zone: &Zone,
        days: &[Weekday],
        minutes: i64,
    ) -> DateTime {
        let mut rng = self.rng.fork(11);
        let mut start = self.config.first_day.at(9, 0, 0, 0);
        for attempt in 0..80 {
            let hour = rng.between(8, 17) as i8;
            let minute = *rng.pick(if attempt < 50 {
                &[0i8, 30]
            } else {
                &[0, 15, 30, 45][..]
            });
            start = self.config.first_day.at(hour, minute, 0, 0);
            if !self.taken(people, zone, days, start, minutes) {
                break;
            }
        }
        self.keep(people, zone, days, start, minutes);
        let first = days.first().map_or(0, |day| day.to_monday_zero_offset());
        start.saturating_add(jiff::Span::new().days(i64::from(first)))
    }

    fn cells(&self, zone: &Zone, days: &[Weekday], start: DateTime, minutes: i64) -> Vec<i64> {
        let mut cells = Vec::new();
        for day in days {
            let local = start
                .saturating_add(jiff::Span::new().days(i64::from(day.to_monday_zero_offset())));
            let begin = resolve(local, &zone.tz).seconds().div_euclid(900);
            cells.extend((begin..begin + (minutes + 14) / 15).map(|cell| cell.rem_euclid(672)));
        }
        cells
    }

    fn taken(
        &self,
        people: &[PersonId],
        zone: &Zone,
        days: &[Weekday],
        start: DateTime,
        minutes: i64,
    ) -> bool {
        let cells = self.cells(zone, days, start, minutes);
        people.iter().any(|who| {
            cells
                .iter()
                .any(|cell| self.routine.contains(&(*who, *cell)))
        })
    }

    /// Keeps a weekly place for people; `start` is in the first week.
    pub(crate) fn keep(
        &mut self,
        people: &[PersonId],
        zone: &Zone,
        days: &[Weekday],
        start: DateTime,
        minutes: i64,
    ) {
        for cell in self.cells(zone, days, start, minutes) {
            self.routine.extend(people.iter().map(|who| (*who, cell)));
        }
    }

    /// Whether a person's routine takes any of this slot, by the wall clock in `zone`.
    pub(crate) fn routine_takes(&self, who: PersonId, slot: Slot, zone: &Zone) -> bool {
        let local = slot.start.civil(&zone.tz);
        let start = self.config.first_day.to_datetime(local.time());
        self.taken(&[who], zone, &[local.weekday()], start, slot.minutes())
    }

    /// The assistant of a person.
    pub(crate) fn assistant(&self, of: PersonId) -> Option<PersonId> {
        let acts =
            |person: &Person| matches!(person.kind, Kind::Delegate { of: boss } if boss == of);
        self.people.iter().position(acts).map(PersonId)
    }

    /// A decoy as the truth tells it.
    pub(crate) fn decoy(&self, meeting: MeetingId, why: NotOneOnOne) -> Decoy {
        let meeting = &self.meetings[meeting.0];
        Decoy {
            uid: meeting.uid.clone(),
            title: meeting.title.clone(),
            people: meeting
                .guests
                .iter()
                .map(|guest| self.people[guest.who.0].address.clone())
                .collect(),
            why,
        }
    }
}
