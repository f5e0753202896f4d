//! One relationship in JSON.

use super::super::model::{Band, BetterSlot, NextStep, Pair, PairSignal, Reading, Report};
use super::super::seat::{Seat, band_said, manager, seat, subordinate};
use super::super::words::reading;
use super::promised::Promised;
use super::times::zoned;
use super::words;
use serde::{Serialize, Serializer};
use std::collections::BTreeMap;

#[derive(Serialize)]
pub(crate) struct OneOnOne<'a> {
    id: String,
    people: [String; 2],
    names: [String; 2],
    manager: Option<String>,
    report: Option<String>,
    direction: &'static str,
    ended: Option<String>,
    ended_because: Option<String>,
    confidence: f64,
    why: Vec<String>,
    uids: Vec<String>,
    cadence_days: i64,
    minutes: i64,
    usual_slot: Option<String>,
    contact_gap: Option<f64>,
    re_timed: Vec<String>,
    facts: Vec<String>,
    next: Option<String>,
    occurrences: Occurrences<'a>,
    counts: BTreeMap<&'static str, usize>,
    signal: Option<Signal>,
    repair: Option<Repair>,
    next_step: Option<Step>,
}

/// Its occurrences, shaped one after another while they are written.
struct Occurrences<'a>(&'a Report, &'a Pair);

impl Serialize for Occurrences<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Self(report, pair) = self;
        let all = pair.occurrences.iter();
        serializer.collect_seq(all.map(|one| Promised::of(report, pair, one)))
    }
}

#[derive(Serialize)]
struct Signal {
    disruption: ReadingShape,
    loss: ReadingShape,
    whose_unknown: bool,
    sentence: String,
}

#[derive(Serialize)]
struct ReadingShape {
    a: f64,
    b: f64,
    probability: f64,
    band: Option<&'static str>,
    n: usize,
    streak: usize,
}

#[derive(Serialize)]
struct Repair {
    conflict_fact: Option<String>,
    better_slot: Option<Slot>,
    say: Option<String>,
}

#[derive(Serialize)]
struct Step {
    what: &'static str,
    promised: Option<String>,
    before: Option<String>,
}

#[derive(Serialize)]
struct Slot {
    slot: String,
    free: usize,
    of: usize,
    both: bool,
}

impl<'a> OneOnOne<'a> {
    pub(crate) fn of(report: &'a Report, pair: &'a Pair) -> Self {
        let [first, second] = &pair.people;
        Self {
            id: pair.id.clone(),
            people: [first.address.to_string(), second.address.to_string()],
            names: [first.name.clone(), second.name.clone()],
            manager: manager(pair).map(|person| person.address.to_string()),
            report: subordinate(pair).map(|person| person.address.to_string()),
            direction: words::direction(pair),
            ended: pair.ended.as_ref().map(|(day, _)| day.to_string()),
            ended_because: pair.ended.as_ref().map(|(_, because)| because.clone()),
            confidence: pair.confidence,
            why: pair.why.clone(),
            uids: pair.uids.iter().map(ToString::to_string).collect(),
            cadence_days: pair.cadence_days,
            minutes: pair.minutes,
            usual_slot: pair.usual_slot.clone(),
            contact_gap: pair.contact_gap,
            re_timed: pair.re_timed.iter().map(ToString::to_string).collect(),
            facts: pair.facts.clone(),
            next: pair.next.map(|at| zoned(at, &report.zone)),
            occurrences: Occurrences(report, pair),
            counts: pair
                .counts()
                .into_iter()
                .map(|(outcome, number)| (outcome.as_str(), number))
                .collect(),
            signal: pair
                .signal
                .as_ref()
                .filter(|_| manager(pair).is_some())
                .map(|signal| shape(report, pair, signal)),
            repair: repair(report, pair),
            next_step: step(report, pair),
        }
    }
}

fn shape(report: &Report, pair: &Pair, signal: &PairSignal) -> Signal {
    let reading = |reading: &Reading| ReadingShape {
        a: reading.a,
        b: reading.b,
        probability: reading.probability,
        band: said(reading.band, signal.whose_unknown, report, pair).map(words::band),
        n: reading.n,
        streak: reading.streak,
    };
    let sentence = if signal.sentence.is_empty() {
        reading::sentence(report, pair)
    } else {
        signal.sentence.clone()
    };
    Signal {
        disruption: reading(&signal.disruption),
        loss: reading(&signal.loss),
        whose_unknown: signal.whose_unknown,
        sentence,
    }
}

/// A heads-up reads mixed from the report's seat. An onlooker with the calendars of both is a program that
/// judges, not a person being told: it gets the band as it is.
fn said(band: Band, whose_unknown: bool, report: &Report, pair: &Pair) -> Option<Band> {
    let seat = match seat(report, pair) {
        Seat::Report => Seat::Report,
        Seat::Manager | Seat::Onlooker => Seat::Manager,
    };
    band_said(band, whose_unknown, seat)
}

/// For the manager who reads alone.
fn step(report: &Report, pair: &Pair) -> Option<Step> {
    let step = pair.next_step?;
    let when = |at| zoned(at, &report.zone);
    let (what, promised, before) = match step {
        NextStep::MakeGood { lost, before } => ("make_good", Some(lost), before),
        NextStep::Protect { next } => ("protect", Some(next), None),
        NextStep::WhenOneGoes => ("when_one_goes", None, None),
    };
    (seat(report, pair) == Seat::Manager).then(|| Step {
        what,
        promised: promised.map(when),
        before: before.map(when),
    })
}

/// What else is on the manager's calendar, and what the manager might say, are not for the report.
fn repair(report: &Report, pair: &Pair) -> Option<Repair> {
    let repair = pair.repair.as_ref()?;
    let for_manager = seat(report, pair) != Seat::Report;
    Some(Repair {
        conflict_fact: repair.conflict_fact.clone().filter(|_| for_manager),
        better_slot: repair.better_slot.as_ref().map(|slot: &BetterSlot| Slot {
            slot: slot.slot.clone(),
            free: slot.free,
            of: slot.of,
            both: slot.both,
        }),
        say: repair.say.clone().filter(|_| for_manager),
    })
}
