//! Truth against audit: how often the ledger says what really happened in a simulated life.

#![allow(dead_code, reason = "each test takes what it needs")]

pub(crate) mod export;
mod lines;
#[path = "../recorded/mod.rs"]
mod recorded;

use std::collections::{BTreeMap, BTreeSet};
use steadfast_app::{
    audit::{Options, org_file},
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
    /// The manager's side named where it was the report (must be none); of every promise, also of those that the looks do
    /// not decide and of those whose outcome is told wrong.
    pub(crate) manager_blamed: usize,
    /// Excuse, of right outcomes, where the source shows who did it.
    pub(crate) excuses: Share,
    /// Notice in minutes, or a range with it, of right outcomes.
    pub(crate) notices: Share,
    /// Number of changes, of right outcomes.
    pub(crate) hops: Share,
    /// Where it stood in the end, of right outcomes.
    pub(crate) held: Share,
    /// Conflicts with the manager's other meetings: which of the two gave way.
    pub(crate) conflicts: Share,
    /// Of the reporting lines without a 1:1, those that are told.
    pub(crate) without_found: Share,
    /// Of those told, those that are some.
    pub(crate) without_real: Share,
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
    /// In what it falls short of what is promised, each in a line. Without an organisation file nothing is promised of what
    /// hangs on who reports to whom: detection alone, and that nobody is blamed.
    pub(crate) fn shortfalls(&self, with_org: bool) -> Vec<String> {
        let detection = if with_org { 0.99 } else { 0.95 };
        let always = [
            ("detection F1", self.f1(), detection),
            ("directions", self.directions.rate(), 1.0),
        ];
        let declared = [
            ("outcomes", self.outcomes.rate(), 0.995),
            ("known", self.known.rate(), 0.98),
            ("actors", self.actors.rate(), 0.90),
            ("causes", self.causes.rate(), 0.60),
            ("excuses", self.excuses.rate(), 0.995),
            ("notices", self.notices.rate(), 0.99),
            ("hops", self.hops.rate(), 0.99),
            ("held slots", self.held.rate(), 0.995),
            // Of 1:1s on a public holiday nothing is said to have displaced them, though a life has them displaced; and
            // where a feed shows a few weeks only, some of the others that gave way are lost.
            ("conflicts", self.conflicts.rate(), 0.90),
            ("lines without a 1:1, found", self.without_found.rate(), 1.0),
            ("lines without a 1:1, told", self.without_real.rate(), 1.0),
        ];
        let declared = declared.into_iter().filter(|_| with_org);
        let mut short: Vec<String> = always
            .into_iter()
            .chain(declared)
            .filter(|(_, rate, bound)| rate < bound)
            .map(|(what, rate, bound)| format!("{what}: {rate:.4} < {bound}"))
            .collect();
        if self.manager_blamed > 0 {
            short.push(format!("manager blamed: {}", self.manager_blamed));
        }
        short
    }

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
    recorded::audit(options(world, with_org), recorded::seen(world, config))
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
    lines::conflicts(&mut accuracy, truth, report);
    lines::without(&mut accuracy, truth, report);
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
    for real in &truth.occurrences {
        let told = told_of(pair, real);
        if let Some(told) = told {
            blamed(accuracy, truth, real, told);
        }
        if !real.decided {
            continue;
        }
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
        story(accuracy, truth, real, told);
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

fn told_of<'a>(pair: &'a Pair, real: &truth::Occurrence) -> Option<&'a Occurrence> {
    let mut all = pair.occurrences.iter();
    all.find(|o| o.promised.start == real.promised.start)
}

/// Whether the manager's side is named for what the report did.
fn is_blamed(real: &truth::Occurrence, told: &Occurrence) -> bool {
    let managers_side = told
        .actor
        .is_some_and(|a| matches!(a.who, Who::Manager | Who::Delegate));
    managers_side && real.acted == Some(truth::Hand::Report)
}

fn blamed(
    accuracy: &mut Accuracy,
    truth: &truth::Relationship,
    real: &truth::Occurrence,
    told: &Occurrence,
) {
    if is_blamed(real, told) {
        accuracy.manager_blamed += 1;
        accuracy
            .mistakes
            .push(format!("blamed: {}", mistake(truth, real, Some(told))));
    }
}

/// What else is told of it: excuse, notice, number of changes, where it stood.
fn story(
    accuracy: &mut Accuracy,
    truth: &truth::Relationship,
    real: &truth::Occurrence,
    told: &Occurrence,
) {
    let verdict = &told.verdict;
    let mut count = |share: fn(&mut Accuracy) -> &mut Share, what: &str, right: bool| {
        share(accuracy).count(right);
        if !right {
            let mistake = mistake(truth, real, Some(told));
            accuracy.mistakes.push(format!(
                "{what}: {:?} {:?}: {mistake}",
                real.excused, real.held
            ));
        }
    };
    // Of a change that no calendar shows to be the report's, nobody can say that it was.
    let can_be_told =
        real.excused != Some(truth::Excuse::Report) || real.shown == truth::Shown::Report;
    if can_be_told {
        let said = verdict.excused.map(|e| e.as_str());
        let right = said == real.excused.map(truth::Excuse::as_str);
        count(|a| &mut a.excuses, "excuse", right);
    }
    let notice = match (real.notice_minutes, verdict.notice_minutes) {
        (None, None) => true,
        // Seconds are left out on one road sooner than on the other.
        (Some(real), Some(told)) => match verdict.notice_range.as_deref() {
            Some((least, most)) => (least - 1..=most + 1).contains(&real),
            None => real.abs_diff(told) <= 1,
        },
        _ => false,
    };
    count(|a| &mut a.notices, "notice", notice);
    // A guest who wants another time refuses, and the organiser answers with one: one thing done, two changes of the slot.
    let by_report = real.acted == Some(truth::Hand::Report);
    let by_guest = real.hops > 0 && by_report != (truth.organiser == truth.report);
    let hops = usize::try_from(verdict.hops)
        .is_ok_and(|hops| hops == real.hops || (by_guest && hops == 2 * real.hops));
    count(|a| &mut a.hops, "hops", hops);
    count(|a| &mut a.held, "held", verdict.held == real.held);
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
        "outcome: {}/{} {} {:?}{}: really {} {:?} good {} hops {} notice {:?}, told {told}",
        truth.manager,
        truth.report,
        real.promised.start,
        real.behaviour,
        if real.decided { "" } else { " (undecided)" },
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
