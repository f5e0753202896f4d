//! Truth against audit: how often the ledger says what really happened in a simulated life.

use std::collections::{BTreeMap, BTreeSet};
use steadfast_app::{
    audit::{Audit, Options, org_file},
    report::{
        Report,
        model::{Direction, Pair},
    },
};
use steadfast_calendar::Instant;
use steadfast_ledger::{
    case::{ActorEvidence, Who},
    occurrence::{Class, Occurrence},
    verdict::Outcome,
};
use steadfast_life::{Config, World, truth};

/// What was right, out of what.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Share {
    /// Right.
    pub(crate) right: usize,
    /// Of how many.
    pub(crate) of: usize,
}

impl Share {
    fn count(&mut self, right: bool) {
        self.right += usize::from(right);
        self.of += 1;
    }

    /// As a fraction; 1 where there was nothing to be right about.
    pub(crate) fn rate(self) -> f64 {
        if self.of == 0 {
            1.0
        } else {
            self.right as f64 / self.of as f64
        }
    }
}

/// How one audit compares with the truth.
#[derive(Debug, Default)]
pub(crate) struct Accuracy {
    /// Outcome, made-good flag and cut, of decided promises.
    pub(crate) outcomes: Share,
    /// Of decided promises, those not called unknown.
    pub(crate) known: Share,
    /// Actor named right, where the source can show one.
    pub(crate) actors: Share,
    /// The manager's side named where it was the report (must be none).
    pub(crate) manager_blamed: usize,
    /// Cause class right, where something on the calendar displaced it.
    pub(crate) causes: Share,
    /// Relationships found, of those there are.
    pub(crate) found: Share,
    /// Of the relationships the audit counts, those that are some.
    pub(crate) real: Share,
    /// Of the directions told, those that are right.
    pub(crate) directions: Share,
    /// Mistakes, each in a line.
    pub(crate) mistakes: Vec<String>,
}

impl Accuracy {
    /// Harmonic mean of found and real.
    pub(crate) fn f1(&self) -> f64 {
        let (recall, precision) = (self.found.rate(), self.real.rate());
        if recall + precision == 0.0 {
            0.0
        } else {
            2.0 * recall * precision / (recall + precision)
        }
    }
}

/// Audits the life of `seed` as its whole history, everybody's calendar, and compares.
pub(crate) fn of_history(seed: u64, config: &Config, with_org: bool) -> Accuracy {
    let world = World::new(seed, config);
    let report = audit_history(&world, config, with_org);
    compare(&world, &report)
}

/// The history of `world`, as somebody who looks every `poll_minutes` takes it in.
pub(crate) fn audit_history(world: &World, config: &Config, with_org: bool) -> Report {
    let mut audit = Audit::new(options(world, with_org));
    let mut last: Option<Instant> = None;
    for state in world.history() {
        if last != Some(state.at) {
            // The look before, at which nothing was different.
            let before = state.at.plus_minutes(-config.poll_minutes);
            let blind = world
                .truth()
                .gaps
                .iter()
                .any(|(from, to)| *from <= before && before < *to);
            if !blind && last.is_some_and(|last| last < before) {
                audit.snapshot(before);
            }
            audit.snapshot(state.at);
            last = Some(state.at);
        }
        audit
            .calendar(
                "history",
                Some(&state.owner),
                Some(state.at),
                &mut state.text.as_slice(),
            )
            .expect("bytes in memory can be read");
    }
    audit.snapshot(world.now());
    audit.finish()
}

fn options(world: &World, with_org: bool) -> Options {
    let mut options = Options::at(world.now());
    options.from = Some(jiff::civil::date(2000, 1, 1));
    if with_org {
        options.org = Some(org_file::parse(&world.org_csv()).expect("the life's own file"));
    }
    options
}

/// Compares `report` with what really happened in `world`.
pub(crate) fn compare(world: &World, report: &Report) -> Accuracy {
    let mut accuracy = Accuracy::default();
    let truth = world.truth();
    let mut told: BTreeMap<[String; 2], &Pair> = BTreeMap::new();
    for pair in &report.pairs {
        told.insert(key(&pair.people[0].address, &pair.people[1].address), pair);
    }
    let mut real: BTreeSet<[String; 2]> = BTreeSet::new();
    for relationship in &truth.relationships {
        let key = key(&relationship.manager, &relationship.report);
        let pair = told.get(&key).copied();
        let owed = relationship.occurrences.iter().any(|o| o.decided);
        if owed && real.insert(key.clone()) {
            accuracy.found.count(pair.is_some());
            if pair.is_none() {
                accuracy.mistakes.push(format!(
                    "not found: {key:?} {:?} organised by {}",
                    relationship.title, relationship.organiser
                ));
            }
        }
        if let Some(pair) = pair {
            direction(&mut accuracy, relationship, pair);
            occurrences(&mut accuracy, relationship, pair);
        }
    }
    for (key, pair) in &told {
        accuracy.real.count(real.contains(key));
        if !real.contains(key) {
            accuracy
                .mistakes
                .push(format!("taken for a 1:1: {key:?} {:?}", pair.why));
        }
    }
    accuracy
}

fn key(a: &str, b: &str) -> [String; 2] {
    let mut key = [a.to_owned(), b.to_owned()];
    key.sort();
    key
}

fn direction(accuracy: &mut Accuracy, truth: &truth::Relationship, pair: &Pair) {
    if pair.direction != Direction::Unknown {
        let right = *pair.people[0].address == *truth.manager;
        accuracy.directions.count(right);
        if !right {
            accuracy.mistakes.push(format!(
                "direction: {} manages {}",
                truth.manager, truth.report
            ));
        }
    }
}

fn occurrences(accuracy: &mut Accuracy, truth: &truth::Relationship, pair: &Pair) {
    for real in truth.occurrences.iter().filter(|o| o.decided) {
        let told = pair
            .occurrences
            .iter()
            .find(|o| o.promised.start == real.promised.start);
        let known = told.is_some_and(|o| o.verdict.outcome != Outcome::Unknown);
        let right = told.is_some_and(|o| same_outcome(o, real));
        accuracy.known.count(known);
        accuracy.outcomes.count(right);
        if !right {
            accuracy.mistakes.push(mistake(truth, real, told));
        }
        let Some(told) = told.filter(|_| right) else {
            continue;
        };
        actor(accuracy, truth, real, told);
        cause(accuracy, truth, real, told);
    }
    let promised: BTreeSet<Instant> = truth.occurrences.iter().map(|o| o.promised.start).collect();
    for told in &pair.occurrences {
        let over = told.verdict.outcome != Outcome::Open;
        if over && !promised.contains(&told.promised.start) {
            accuracy.outcomes.count(false);
            accuracy.mistakes.push(format!(
                "never promised: {}/{} {} {}",
                truth.manager, truth.report, told.promised.start, told.verdict
            ));
        }
    }
}

fn same_outcome(told: &Occurrence, real: &truth::Occurrence) -> bool {
    told.verdict.outcome.as_str() == real.outcome.as_str()
        && told.verdict.made_good == real.made_good
        && told.verdict.cut.map(|c| c.as_str()) == real.cut.map(|c| c.as_str())
}

fn mistake(
    truth: &truth::Relationship,
    real: &truth::Occurrence,
    told: Option<&Occurrence>,
) -> String {
    let told = told.map_or("nothing".to_owned(), |o| {
        format!("{} changed {:?}", o.verdict, o.changed_at)
    });
    format!(
        "outcome: {}/{} {} {:?}: really {} {:?} good {} hops {} notice {:?}, told {told}",
        truth.manager,
        truth.report,
        real.promised.start,
        real.behaviour,
        real.outcome.as_str(),
        real.cut,
        real.made_good,
        real.hops,
        real.notice_minutes,
    )
}

fn actor(
    accuracy: &mut Accuracy,
    truth: &truth::Relationship,
    real: &truth::Occurrence,
    told: &Occurrence,
) {
    let who = told.actor.map_or(Who::Unknown, |a| a.who);
    let managers_side = matches!(who, Who::Manager | Who::Delegate);
    if managers_side && real.acted == Some(truth::Hand::Report) {
        accuracy.manager_blamed += 1;
        accuracy
            .mistakes
            .push(format!("blamed: {}", mistake(truth, real, Some(told))));
    }
    let right = match real.shown {
        truth::Shown::Manager => who == Who::Manager,
        truth::Shown::Delegate => who == Who::Delegate,
        truth::Shown::ManagerSide => managers_side,
        truth::Shown::Report => who == Who::Report,
        truth::Shown::Nobody | truth::Shown::Nothing => return,
    };
    accuracy.actors.count(right);
    if !right {
        let evidence = told.actor.map_or(ActorEvidence::None, |a| a.evidence);
        accuracy.mistakes.push(format!(
            "actor: really {:?}, told {who:?} ({evidence:?}): {}",
            real.shown,
            mistake(truth, real, Some(told))
        ));
    }
}

fn cause(
    accuracy: &mut Accuracy,
    truth: &truth::Relationship,
    real: &truth::Occurrence,
    told: &Occurrence,
) {
    let Some(cause) = &real.cause else { return };
    let said = told.cause.as_ref().map_or(Class::Unknown, |c| c.class);
    let right = said.as_str() == cause.class.as_str();
    accuracy.causes.count(right);
    if !right {
        accuracy.mistakes.push(format!(
            "cause: really {:?}, told {said:?}: {}",
            cause.class,
            mistake(truth, real, Some(told))
        ));
    }
}
