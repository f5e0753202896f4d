//! Shapes that several endpoints share.

use crate::api::v1::word::WordSaid;
use jiff::tz::TimeZone;
use serde::Serialize;
use std::collections::BTreeMap;
use steadfast_app::report::Report;
use steadfast_app::report::html::parts;
use steadfast_app::report::model::{Direction, Pair};
use steadfast_app::server::ledger;
use steadfast_calendar::{Instant, Slot};
use steadfast_ledger::occurrence;
use utoipa::ToSchema;

/// A person.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Person {
    /// Their address, lower case.
    pub(crate) address: String,
    pub(crate) name: String,
}

impl Person {
    pub(crate) fn of(person: &steadfast_app::report::model::Person) -> Self {
        Self {
            address: person.address.to_string(),
            name: parts::name(person),
        }
    }
}

/// A 1:1 with somebody.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct OneOnOne {
    /// Its name in addresses.
    id: String,
    /// The other one of the two.
    with: Person,
    /// What you are in it: `manager`, `report` or `unknown`.
    role: &'static str,
    /// How that is known: `declared`, `inferred` or `unknown`.
    direction: &'static str,
    /// Days between two promises.
    cadence_days: i64,
    /// Promised minutes, as last in force.
    minutes: i64,
    /// The usual slot, in the zone of the answer: "Tue 15:00".
    usual_slot: Option<String>,
    /// The day it ended.
    #[schema(format = Date)]
    ended: Option<String>,
    /// Where the next one stands on the calendar.
    #[schema(format = DateTime)]
    next: Option<String>,
    /// How many came to what, by outcome.
    counts: BTreeMap<&'static str, usize>,
    /// What stands though the reporting line has ended; null where nothing does.
    still: Option<Still>,
}

/// What stands on the calendars though the reporting line has ended: it counts for nothing, and is there.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Still {
    /// The last day of the reporting line.
    #[schema(format = Date)]
    until: String,
    /// When each begins that is to come.
    starts: Vec<String>,
    /// Whether it stands on the calendars of both; else on the one that was seen.
    on_both: bool,
}

impl OneOnOne {
    pub(crate) fn of(report: &Report, pair: &Pair) -> Self {
        let next = pair.next.filter(|_| pair.ended.is_none());
        let counts = pair.counts().into_iter();
        Self {
            id: pair.id.clone(),
            with: Person::of(parts::partner(report, pair)),
            role: parts::role(report, pair),
            direction: match (pair.direction, pair.manager) {
                (_, None) | (Direction::Unknown, _) => "unknown",
                (Direction::Declared, _) => "declared",
                (Direction::Inferred, _) => "inferred",
            },
            cadence_days: pair.cadence_days,
            minutes: pair.minutes,
            usual_slot: pair.usual_slot.clone(),
            ended: pair.ended.as_ref().map(|(day, _)| day.to_string()),
            next: next.map(|at| moment(at, &report.zone)),
            still: pair.still.as_ref().map(|still| Still {
                until: still.until.to_string(),
                starts: still
                    .starts
                    .iter()
                    .map(|at| moment(*at, &report.zone))
                    .collect(),
                on_both: still.on_both,
            }),
            counts: counts
                .map(|(outcome, count)| (outcome.as_str(), count))
                .collect(),
        }
    }
}

/// A span of time.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Span {
    #[schema(format = DateTime)]
    start: String,
    minutes: i64,
}

impl Span {
    fn of(slot: Slot, zone: &TimeZone) -> Self {
        Self {
            start: moment(slot.start, zone),
            minutes: slot.minutes(),
        }
    }
}

/// One promised 1:1, and what became of it.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Occurrence {
    /// The day it was promised for: its name in addresses.
    #[schema(format = Date)]
    day: String,
    promised: Span,
    /// Where it was held; null when nothing took place, or it is still to come.
    held: Option<Span>,
    /// `kept`, `nudged`, `moved`, `slipped`, `skipped`, `cancelled`, `missing`, `no_show`, `disputed`, `unknown` or `open`
    /// (still to come).
    outcome: &'static str,
    /// Lost, and replaced.
    made_good: bool,
    /// How much was cut: `shortened`, `halved` or `token`.
    cut: Option<&'static str>,
    /// Why it does not count, where it does not.
    excused: Option<&'static str>,
    /// How early a change was known: `early`, `fair`, `short` or `last_minute`.
    notice: Option<&'static str>,
    /// The same in minutes.
    notice_minutes: Option<i64>,
    /// What happened, in a sentence.
    says: String,
    /// The rule that decided it.
    rule: &'static str,
    /// Why.
    because: String,
}

impl Occurrence {
    pub(crate) fn of(report: &Report, pair: &Pair, one: &occurrence::Occurrence) -> Self {
        use steadfast_ledger::verdict::{Cut, Excuse, Notice};
        let verdict = &one.verdict;
        Self {
            day: one.promised.start.date(&report.zone).to_string(),
            promised: Span::of(one.promised, &report.zone),
            held: verdict.was_held().map(|held| Span::of(held, &report.zone)),
            outcome: verdict.outcome.as_str(),
            made_good: verdict.made_good,
            cut: verdict.cut.map(Cut::as_str),
            excused: verdict.excused.map(Excuse::as_str),
            notice: verdict.notice.map(Notice::as_str),
            notice_minutes: verdict.notice_minutes,
            says: parts::what_happened(report, pair, one),
            rule: verdict.rule,
            because: verdict.because.to_string(),
        }
    }
}

/// What one of the two said.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Said {
    word: WordSaid,
    /// Whether you said it.
    mine: bool,
    /// Whether the other one sees it too.
    shared: bool,
}

impl Said {
    pub(crate) fn of(said: &ledger::Said) -> Self {
        Self {
            word: WordSaid::of(said.word),
            mine: said.mine,
            shared: said.shared,
        }
    }
}

/// "2026-03-03T10:00:00+01:00".
pub(crate) fn moment(at: Instant, zone: &TimeZone) -> String {
    let zoned = at.timestamp().to_zoned(zone.clone());
    zoned.strftime("%Y-%m-%dT%H:%M:%S%:z").to_string()
}

/// "2026-03-03T09:00:00Z".
pub(crate) fn utc(at: Instant) -> String {
    at.timestamp().strftime("%Y-%m-%dT%H:%M:%SZ").to_string()
}
