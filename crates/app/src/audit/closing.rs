//! What is said at the end: what was not counted, what is not known, and what would make it surer.

use super::{doubtful::nearest, options::Options};
use crate::report::model::{EvidenceKind, Guess, NotCounted, Report};
use std::collections::BTreeMap;
use steadfast_calendar::Instant;
use steadfast_ledger::{
    case::Who,
    pairs::{Declared, Direction, Found, Relationship, SomethingElse},
    people::{Directory, PersonId},
};

/// An export in which nothing was touched for so many days may well be that old: people's calendars move weekly.
const STALE_DAYS: i64 = 14;

/// Plainly something else, put together by reason. No titles: who they are with, and what they are.
pub(super) fn not_counted(
    found: &Found,
    me: Option<PersonId>,
    directory: &Directory,
) -> Vec<NotCounted> {
    let mut by_reason: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    let told = |other: &SomethingElse| {
        let nearest = nearest(found);
        nearest.iter().any(|near| near.people == other.people)
    };
    for other in found.others.iter().filter(|other| !told(other)) {
        let [a, b] = other.people.map(|p| directory.display_name(p));
        let who = match other.people {
            [first, _] if Some(first) == me => b,
            [_, second] if Some(second) == me => a,
            _ => format!("{a} and {b}"),
        };
        by_reason.entry(&other.why).or_default().push(who);
    }
    by_reason
        .into_iter()
        .map(|(why, names)| NotCounted {
            what: match me {
                Some(_) => format!("meetings with {}", and(&names)),
                None => format!("meetings of {}", and(&names)),
            },
            why: why.to_owned(),
        })
        .collect()
}

fn and(names: &[String]) -> String {
    const SHOWN: usize = 3;
    match names {
        [] => String::new(),
        [one] => one.clone(),
        many if many.len() > SHOWN => {
            let shown = many.get(..SHOWN).unwrap_or_default().join(", ");
            format!("{shown} and {} others", many.len() - SHOWN)
        }
        many => {
            let (last, rest) = many
                .split_last()
                .map_or(("", &[][..]), |(l, r)| (l.as_str(), r));
            format!("{} and {last}", rest.join(", "))
        }
    }
}

/// Directions that were not declared: each worth a question.
pub(super) fn guesses(found: &Found, me: Option<PersonId>, directory: &Directory) -> Vec<Guess> {
    let Some(me) = me else { return Vec::new() };
    found
        .relationships
        .iter()
        .filter(|r| r.direction == Direction::Unknown)
        .filter_map(|r| {
            let name = directory.display_name(r.other(me)?);
            Some(Guess {
                question: format!(
                    "Is {name} your boss or your report? This calendar alone cannot tell, so I took no side."
                ),
            })
        })
        .collect()
}

/// The ready-to-paste command that declares what was inferred or is unknown; `None` when all is declared.
pub(super) fn to_be_sure(
    found: &Found,
    declared: &Declared,
    directory: &Directory,
    options: &Options,
) -> Option<String> {
    let undeclared = |r: &&Relationship| r.direction != Direction::Declared;
    if !found.relationships.iter().any(|r| undeclared(&r)) {
        return None;
    }
    let me = declared.me?;
    let address = |id: PersonId| directory.person(id).address.to_string();
    let mut managers: Vec<String> = Vec::new();
    let mut reports: Vec<String> = Vec::new();
    for relationship in &found.relationships {
        let Some(other) = relationship.other(me) else {
            continue;
        };
        match relationship.manager {
            Some(manager) if manager == me => reports.push(address(other)),
            Some(_) => managers.push(address(other)),
            // The most likely reading of the one that is not mine to organise; the user corrects it.
            None => managers.push(address(other)),
        }
    }
    let mut command = format!(
        "steadfast audit {} --me {}",
        options.source_words,
        address(me)
    );
    if let Some(manager) = managers.first() {
        command.push_str(&format!(" --manager {manager}"));
        reports.extend(managers.iter().skip(1).cloned());
    }
    if !reports.is_empty() {
        command.push_str(&format!(" --reports {}", reports.join(",")));
    }
    if options.now_was_given {
        command.push_str(&format!(" --now {}", options.now));
    }
    Some(command)
}

/// What this source cannot tell, each a sentence.
///
/// `newest`: the last moment that anything in an export was touched; long before now, the export may be as old.
pub(super) fn not_known(report: &Report, newest: Option<Instant>) -> Vec<String> {
    let nobody = report
        .pairs
        .iter()
        .flat_map(|p| &p.occurrences)
        .any(|o| o.actor.is_some_and(|a| a.who == Who::Unknown));
    let export = report.evidence.kind == EvidenceKind::Export;
    let mut unknown = Vec::new();
    if export {
        unknown.push("who pressed the button");
        unknown.push("what was here before the last change");
    } else if nobody {
        unknown.push("who pressed the button, where the calendar does not name them");
    }
    unknown.push("whether a kept one really took place");
    let source = if export { "one export" } else { "this history" };
    let (last, rest) = unknown.split_last().map_or(("", &[][..]), |(l, r)| (*l, r));
    let mut said = vec![if rest.is_empty() {
        format!("Not known from {source}: {last}.")
    } else {
        format!("Not known from {source}: {}, and {last}.", rest.join(", "))
    }];
    let stale = newest.filter(|at| at.plus_days(STALE_DAYS) < report.generated_at);
    if let (Some(newest), true) = (stale, export) {
        said.push(format!(
            "Nothing in this export was touched after {}. If it was made then, what became of later ones is not known.",
            newest.date(&report.zone).strftime("%-d %B %Y")
        ));
    }
    said
}
