//! One occurrence in JSON.

use super::super::model::{Pair, Report};
use super::super::seat::{Seat, seat};
use super::times::{Span, utc};
use super::words;
use serde::Serialize;
use steadfast_ledger::case::Actor;
use steadfast_ledger::occurrence::{Cause, Occurrence};

#[derive(Serialize)]
pub(crate) struct Promised<'a> {
    recurrence_id: Option<String>,
    uid: Option<&'a str>,
    promised: Span,
    held: Option<Span>,
    outcome: &'static str,
    unknown_because: Option<&'static str>,
    made_good: bool,
    cut: Option<&'static str>,
    excused: Option<&'static str>,
    q: f64,
    report_says: Option<&'static str>,
    manager_says: Option<&'static str>,
    notice_minutes: Option<i64>,
    notice_range: Option<(i64, i64)>,
    notice: Option<&'static str>,
    hops: u32,
    actor: Option<ActorShape>,
    cause: Option<CauseShape>,
    overlapped: bool,
    both_elsewhere: bool,
    changed_afterwards: bool,
    loss: u8,
    disruption: u8,
    rule: &'static str,
    because: &'a str,
}

#[derive(Serialize)]
struct ActorShape {
    who: &'static str,
    evidence: &'static str,
    confidence: f64,
}

#[derive(Serialize)]
struct CauseShape {
    class: &'static str,
    uid: Option<String>,
    probability: f64,
}

impl<'a> Promised<'a> {
    pub(crate) fn of(report: &Report, pair: &Pair, occurrence: &'a Occurrence) -> Self {
        let verdict = &occurrence.verdict;
        Self {
            recurrence_id: occurrence.recurrence_id.map(utc),
            uid: occurrence.uid.as_deref(),
            promised: Span::of(occurrence.promised, &report.zone),
            held: verdict.was_held().map(|held| Span::of(held, &report.zone)),
            outcome: verdict.outcome.as_str(),
            unknown_because: occurrence.unknown_because.map(words::unknown_because),
            made_good: verdict.made_good,
            cut: verdict.cut.map(steadfast_ledger::verdict::Cut::as_str),
            excused: verdict
                .excused
                .map(steadfast_ledger::verdict::Excuse::as_str),
            q: verdict.q,
            report_says: occurrence.report_says.map(words::report_says),
            manager_says: occurrence.manager_says.map(words::manager_says),
            notice_minutes: verdict.notice_minutes,
            notice_range: verdict.notice_range.as_deref().copied(),
            notice: verdict
                .notice
                .map(steadfast_ledger::verdict::Notice::as_str),
            hops: verdict.hops,
            actor: actor(pair, occurrence),
            cause: cause(report, pair, occurrence),
            overlapped: occurrence.overlapped,
            both_elsewhere: occurrence.both_elsewhere,
            changed_afterwards: occurrence.changed_afterwards,
            loss: u8::from(verdict.loss),
            disruption: u8::from(verdict.disruption),
            rule: verdict.rule,
            because: &verdict.because,
        }
    }
}

/// With a direction that is not known there is no manager to be named: somebody changed it, nobody says who.
fn actor(pair: &Pair, occurrence: &Occurrence) -> Option<ActorShape> {
    let actor = occurrence.actor?;
    let said = if pair.manager.is_some() {
        actor
    } else {
        Actor::UNKNOWN
    };
    Some(ActorShape {
        who: words::who(said.who),
        evidence: words::actor_evidence(said.evidence),
        confidence: said.confidence,
    })
}

/// What displaced it is for the owner of the manager's calendar: never for the report.
fn cause(report: &Report, pair: &Pair, occurrence: &Occurrence) -> Option<CauseShape> {
    let Cause {
        class,
        uid,
        probability,
        ..
    } = occurrence.cause.as_deref()?;
    (seat(report, pair) != Seat::Report).then(|| CauseShape {
        class: class.as_str(),
        uid: uid.as_deref().map(str::to_owned),
        probability: *probability,
    })
}
