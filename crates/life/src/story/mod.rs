//! Lives written by hand: known people, known changes, one exact truth.

mod maya;
mod maya_week;
mod maya_year;

use crate::{
    action::What,
    config::Config,
    meeting::{MeetingId, Rule},
    person::{Kind, Person, PersonId},
    place::Zone,
    plan::{
        Draft, Line, Plan,
        promise::{Cadence, Pair, Promise, Temper},
    },
    truth::{Cause, Class, GaveWay, Hand, judge::Made},
};
use jiff::{
    Span,
    civil::{Date, DateTime, Weekday},
};
use steadfast_calendar::{Instant, Slot, when::resolve};

pub use maya::{maya, maya_history, maya_year};

/// Somebody moves or calls off one 1:1.
#[derive(Clone, Copy)]
struct Change<'a> {
    /// Number of the promise, from 0.
    k: usize,
    /// Minutes before the promised start.
    notice: i64,
    /// What wants the slot: class and title; it is put there a while before.
    rival: Option<(Class, &'a str)>,
}

/// When a meeting begins, how long it lasts, how often it comes (0: once), and when it was made.
#[derive(Clone, Copy)]
struct Times {
    start: DateTime,
    minutes: i64,
    weeks: i64,
    created: DateTime,
}

/// A plan written by hand.
struct Story {
    plan: Plan,
    zone: Zone,
}

impl Story {
    fn new(config: Config, zone: Zone, now: Instant) -> Self {
        let mut plan = Plan::new(2026, config);
        plan.now = now;
        Self { plan, zone }
    }

    fn person(&mut self, address: &str, name: &str, has_calendar: bool) -> PersonId {
        let given = name.split(' ').next().unwrap_or(name).to_owned();
        self.plan.person(Person {
            address: address.to_owned(),
            name: name.to_owned(),
            given,
            kind: Kind::Person,
            zone: self.zone.clone(),
            aliases: Vec::new(),
            has_calendar,
            outside: !address.ends_with("@example.com"),
        })
    }

    fn reports(
        &mut self,
        manager: PersonId,
        report: PersonId,
        from: Option<Date>,
        to: Option<Date>,
    ) {
        self.plan.lines.push(Line {
            manager,
            report,
            from,
            to,
        });
    }

    fn moment(&self, at: DateTime) -> Instant {
        resolve(at, &self.zone.tz)
    }

    /// A group meeting or private entry.
    fn meeting(
        &mut self,
        title: &str,
        organiser: Option<PersonId>,
        guests: &[PersonId],
        times: Times,
    ) -> MeetingId {
        let Times {
            start,
            minutes,
            weeks,
            created,
        } = times;
        let rule = (weeks > 0).then(|| Rule {
            weeks,
            days: vec![start.date().weekday()],
        });
        let at = self.moment(created);
        self.plan.begin(
            at,
            Draft {
                title: title.to_owned(),
                organiser,
                guests,
                zone: self.zone.clone(),
                start,
                minutes,
                rule,
            },
        )
    }

    /// A 1:1 with all its promises kept, to which changes are then made.
    fn one_on_one(
        &mut self,
        manager: PersonId,
        report: PersonId,
        title: &str,
        cadence: Cadence,
        start: DateTime,
        created: DateTime,
    ) -> Pair {
        let mut pair = Pair {
            manager,
            report,
            organiser: manager,
            title: title.to_owned(),
            cadence,
            minutes: 30,
            zone: self.zone.clone(),
            temper: Temper::Ordinary,
            ..Pair::placeholder()
        };
        let at = self.moment(created);
        let meeting = self
            .plan
            .series(&mut pair, at, start, &[start.date().weekday()]);
        pair.promises = self.plan.meetings[meeting.0]
            .ruled(self.plan.now)
            .into_iter()
            .map(|slot| Promise::new(meeting, slot, at))
            .collect();
        pair
    }

    fn rival(
        &mut self,
        pair: &Pair,
        change: Change<'_>,
        people: &[PersonId],
        at: Instant,
    ) -> Option<Cause> {
        let (class, title) = change.rival?;
        let promised = pair.promises[change.k].promised;
        let start = promised.start.civil(&self.zone.tz);
        let created = at.plus_minutes(-40).civil(&self.zone.tz);
        let organiser = if class == Class::Personal {
            None
        } else {
            people.first().copied()
        };
        let guests: Vec<PersonId> = if organiser.is_none() {
            vec![pair.manager]
        } else {
            [people, &[pair.manager]].concat()
        };
        let rival = self.meeting(
            title,
            organiser,
            &guests,
            Times {
                start,
                minutes: 60,
                weeks: 0,
                created,
            },
        );
        self.plan
            .conflict(pair.manager, class, promised, GaveWay::OneOnOne);
        Some(Cause {
            class,
            uid: self.plan.meetings[rival.0].uid.clone(),
        })
    }

    /// The manager moves promise `k` to another wall clock.
    fn moves(
        &mut self,
        pair: &mut Pair,
        change: Change<'_>,
        people: &[PersonId],
        to: DateTime,
        minutes: i64,
    ) {
        let before = pair.promises[change.k].promised;
        let at = before.start.plus_minutes(-change.notice).plus_seconds(17);
        let cause = self.rival(pair, change, people, at);
        let start = self.moment(to);
        let slot = Slot::new(start, start.plus_minutes(minutes));
        let (meeting, id) = (pair.promises[change.k].meeting, pair.promises[change.k].id);
        self.plan.act(at, meeting, What::Place { id, slot });
        let shown = self.plan.shown_of_edit(pair, Hand::Manager);
        let promise = &mut pair.promises[change.k];
        promise.changes.push((
            Made {
                at,
                before,
                hand: Hand::Manager,
            },
            shown,
        ));
        promise.held = Some(slot);
        promise.cause = cause;
    }

    /// The manager calls promise `k` off.
    fn drops(&mut self, pair: &mut Pair, change: Change<'_>, people: &[PersonId]) {
        let before = pair.promises[change.k].promised;
        let at = before.start.plus_minutes(-change.notice).plus_seconds(17);
        let cause = self.rival(pair, change, people, at);
        let (meeting, id) = (pair.promises[change.k].meeting, pair.promises[change.k].id);
        self.plan.act(at, meeting, What::CallOff { id });
        let shown = self.plan.shown_of_call_off(pair, Hand::Manager);
        let promise = &mut pair.promises[change.k];
        promise.changes.push((
            Made {
                at,
                before,
                hand: Hand::Manager,
            },
            shown,
        ));
        promise.held = None;
        promise.cause = cause;
    }

    /// The wall clock of promise `k`, moved by days, at another time.
    fn days_on(pair: &Pair, k: usize, days: i64, hour: i8, minute: i8) -> DateTime {
        let date = pair.promises[k].promised.start.civil(&pair.zone.tz).date();
        date.saturating_add(Span::new().days(days))
            .at(hour, minute, 0, 0)
    }

    /// A meeting on several days of the week.
    fn on_days(&mut self, meeting: MeetingId, days: &[Weekday]) {
        if let Some(rule) = &mut self.plan.meetings[meeting.0].rule {
            rule.days = days.to_vec();
        }
    }
}
