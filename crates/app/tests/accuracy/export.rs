//! One export, as somebody takes it who has nothing else: the last state of one calendar against the truth.

use super::{Share, is_blamed, mistake, options, same_outcome, told_of};
use steadfast_app::{
    audit::{Audit, Options},
    report::Report,
};
use steadfast_ledger::{
    case::{ActorEvidence, Who},
    occurrence::Occurrence,
    verdict::Outcome,
};
use steadfast_life::{
    Config, World,
    truth::{self, Behaviour, Hand},
};

/// How the audits of everybody's last export compare with the truth.
#[derive(Debug, Default)]
pub(crate) struct OfExports {
    /// Outcomes told for certain, of promises that the last state still shows.
    pub(crate) certain: Share,
    /// Of the promises that the last state still shows, those not called unknown.
    pub(crate) known: Share,
    /// Told as cancelled, really tidied away after it took place: an EXDATE does not say when it was made.
    pub(crate) tidied: usize,
    /// Of the people named, those who did it.
    pub(crate) named: Share,
    /// The manager's side named for what the report did, where the report had said no before the organiser moved it and
    /// nothing of that is left: the SEQUENCE alone says that the organiser's side did (MEASURE, actor 3).
    pub(crate) refusal_gone: usize,
    /// The manager's side named for what the report did, in any other case.
    pub(crate) manager_blamed: usize,
    /// Promises that were moved with their whole series, told as that of all: few sources prove them.
    pub(crate) re_timed: Share,
    /// Told for certain and never promised: what the present rule gives where another one was in force.
    pub(crate) never_promised: usize,
    /// Whose calendar it is: right, where it is said.
    pub(crate) owners: Share,
    /// Mistakes, each in a line.
    pub(crate) mistakes: Vec<String>,
}

impl OfExports {
    /// In what it falls short of what is promised, each in a line.
    pub(crate) fn shortfalls(&self) -> Vec<String> {
        let wrong = |of: Share| of.of - of.right;
        let none = [
            ("certain of something wrong", wrong(self.certain)),
            ("owner taken for somebody else", wrong(self.owners)),
            ("manager blamed", self.manager_blamed),
        ];
        none.into_iter()
            .filter(|(_, times)| *times > 0)
            .map(|(what, times)| format!("{what}: {times} times"))
            .collect()
    }
}

/// Audits every calendar of the life of `seed` as it stands at the end, each by itself, with the organisation file.
pub(crate) fn of_export(seed: u64, config: &Config) -> OfExports {
    let world = World::new(seed, config);
    let mut of = OfExports::default();
    for owner in world.owners() {
        let report = audit(&world, owner, options(&world, true));
        if let Some(me) = &report.me {
            let right = *me.address == *owner;
            of.owners.count(right);
            if !right {
                of.mistakes
                    .push(format!("{owner} taken for {}", me.address));
            }
        }
        for relationship in &world.truth().relationships {
            if owner == relationship.manager || owner == relationship.report {
                compare(&mut of, relationship, &report, owner);
            }
        }
    }
    of
}

fn audit(world: &World, owner: &str, options: Options) -> Report {
    let text = world.final_export(owner).expect("an owner has a calendar");
    let mut audit = Audit::new(options);
    audit
        .calendar("export.ics", None, None, &mut text.as_slice())
        .expect("bytes in memory can be read");
    audit.finish()
}

fn compare(of: &mut OfExports, truth: &truth::Relationship, report: &Report, owner: &str) {
    let Some(pair) = report.pairs.iter().find(|pair| {
        let there = |address: &str| pair.people.iter().any(|p| *p.address == *address);
        there(&truth.manager) && there(&truth.report)
    }) else {
        return;
    };
    let was_promised = |told: &&Occurrence| {
        let mut all = truth.occurrences.iter();
        all.any(|real| real.promised.start == told.promised.start)
    };
    let certain =
        |told: &&Occurrence| !matches!(told.verdict.outcome, Outcome::Unknown | Outcome::Open);
    let told = pair.occurrences.iter().filter(certain);
    of.never_promised += told.filter(|told| !was_promised(told)).count();
    let is_re_timed = |real: &truth::Occurrence| real.behaviour == Behaviour::Retime;
    let all = truth.occurrences.iter();
    for real in all.filter(|o| o.in_last_state || is_re_timed(o)) {
        let told = told_of(pair, real);
        if is_re_timed(real) {
            let right = |told: &Occurrence| same_outcome(told, real);
            of.re_timed.count(told.is_some_and(right));
        }
        let Some(told) = told else {
            continue;
        };
        let outcome = told.verdict.outcome;
        of.known.count(outcome != Outcome::Unknown);
        if outcome == Outcome::Unknown {
            continue;
        }
        if real.behaviour == Behaviour::TidyAway && outcome == Outcome::Cancelled {
            of.tidied += 1;
            continue;
        }
        let right = same_outcome(told, real);
        of.certain.count(right);
        if !right {
            of.mistakes
                .push(format!("{owner}'s: {}", mistake(truth, real, Some(told))));
        }
        let Some(actor) = told.actor.filter(|a| a.who != Who::Unknown) else {
            continue;
        };
        let right = match actor.who {
            Who::Manager | Who::Delegate => real.acted != Some(Hand::Report),
            _ => real.acted == Some(Hand::Report),
        };
        of.named.count(right);
        if !right {
            of.mistakes.push(format!(
                "{owner}'s, named: {}",
                mistake(truth, real, Some(told))
            ));
        }
        if is_blamed(real, told) {
            let gone = real.behaviour == Behaviour::ReportAsks
                && truth.organiser != truth.report
                && actor.evidence == ActorEvidence::OrganizerOnly;
            if gone {
                of.refusal_gone += 1;
            } else {
                of.manager_blamed += 1;
            }
        }
    }
}
