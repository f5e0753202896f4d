//! What is said at the end: what was not counted, what is not known, and what would make it surer.

use super::{doubtful::nearest, judged::Judged, whose::Owner};
use crate::report::model::{EvidenceKind, Guess, NotCounted, Report};
use std::collections::BTreeMap;
use steadfast_calendar::Instant;
use steadfast_ledger::{
    pairs::{Direction, Found, SomethingElse},
    people::{Directory, PersonId},
};

/// Plainly something else, put together by reason. No titles: who they are with, and what they are.
pub(super) fn not_counted(
    found: &Found,
    me: Option<PersonId>,
    directory: &Directory,
) -> Vec<NotCounted> {
    let mut by_reason: BTreeMap<&str, Named> = BTreeMap::new();
    let told = |other: &SomethingElse| {
        let nearest = nearest(found);
        nearest.iter().any(|near| near.people == other.people)
    };
    for other in found.others.iter().filter(|other| !told(other)) {
        by_reason.entry(&other.why).or_default().add(|| {
            let [a, b] = other.people.map(|p| directory.display_name(p));
            match other.people {
                [first, _] if Some(first) == me => b,
                [_, second] if Some(second) == me => a,
                _ => format!("{a} and {b}"),
            }
        });
    }
    by_reason
        .into_iter()
        .map(|(why, names)| NotCounted {
            what: match me {
                Some(_) => format!("meetings with {}", names.and()),
                None => format!("meetings of {}", names.and()),
            },
            why: why.to_owned(),
        })
        .collect()
}

/// The first few of many, and how many more there are.
#[derive(Default)]
struct Named {
    first: Vec<String>,
    others: usize,
}

impl Named {
    /// So many are named.
    const SHOWN: usize = 3;

    fn add(&mut self, name: impl FnOnce() -> String) {
        if self.first.len() < Self::SHOWN {
            self.first.push(name());
        } else {
            self.others += 1;
        }
    }

    fn and(&self) -> String {
        match self.first.split_last() {
            None => String::new(),
            Some(_) if self.others > 0 => {
                format!("{} and {} others", self.first.join(", "), self.others)
            }
            Some((only, [])) => only.clone(),
            Some((last, rest)) => format!("{} and {last}", rest.join(", ")),
        }
    }
}

/// Directions that were not declared: each worth a question.
pub(super) fn guesses(found: &Found, me: Option<PersonId>, directory: &Directory) -> Vec<Guess> {
    let Some(me) = me else { return Vec::new() };
    let unknown = || {
        let relationships = found.relationships.iter();
        relationships.filter(|r| r.direction == Direction::Unknown)
    };
    // The command that declares it has to take one side of a single one.
    let alone = unknown().nth(1).is_none();
    unknown()
        .filter_map(|r| {
            let name = directory.display_name(r.other(me)?);
            let question = format!(
                "Is {name} your boss or your report? This calendar alone cannot tell, so I took no side."
            );
            let command = alone.then(|| {
                format!(
                    "The command below is for a boss; if {name} reports to you, write --reports in the place of --manager."
                )
            });
            Some(Guess { question, command })
        })
        .collect()
}

/// What this source cannot tell, each a sentence.
///
/// `made`: when an export was made that is old.
pub(super) fn not_known(report: &Report, owner: &Owner, made: Option<Instant>) -> Vec<String> {
    let export = report.evidence.kind == EvidenceKind::Export;
    let mut unknown = Vec::new();
    if export {
        unknown.push("who pressed the button, where the entry does not name them");
        unknown.push("what was here before the last change");
        unknown.push("whether a change was known earlier than that");
    } else {
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
    if report.evidence.kind == EvidenceKind::History && report.calendars_of.len() > 1 {
        said.push(
            "Whoever has no calendar in a snapshot is taken to be unchanged since the last one that has it."
                .to_owned(),
        );
    }
    said.extend(whose(owner));
    if let Some(made) = made {
        said.push(format!(
            "Nothing in this export was touched after {}: it is taken to be as old. What became of later ones is not known; export it again to see.",
            made.date(&report.zone).strftime("%-d %B %Y")
        ));
    }
    said
}

/// That what lies before the first look is told by that look alone, where the report begins earlier: a history knows when
/// something was changed only of what it saw. Of an export all is so, and said elsewhere.
pub(super) fn before_the_first_look(report: &Report, judged: &Judged) -> Option<String> {
    let first = report.evidence.first?;
    let promised = judged.first_promised.filter(|at| *at < first)?;
    let day = |at: Instant| at.date(&report.zone).strftime("%-d %B %Y").to_string();
    (promised.date(&report.zone) < first.date(&report.zone)).then(|| {
        format!(
            "Nothing was looked at before {}: of the 1:1s from {} until then only what the calendars still said by that day is \
             known.",
            day(first),
            day(promised)
        )
    })
}

/// How to see the half year that a source of long ago tells of, where a good part of what is shown came after it. A server's
/// calendars go on.
pub(super) fn seen_until(report: &Report, until: Instant) -> Option<String> {
    const A_MONTH: i32 = 28;
    let day = until.date(&report.zone);
    let late = (report.to - day).get_days() >= A_MONTH;
    (late && report.evidence.kind != EvidenceKind::Server && !report.evidence.fetched)
        .then(|| format!("With --to {day} the half year before that day is shown."))
}

/// That no public holidays count where the country is not known.
pub(super) fn country(judged: &Judged) -> Option<String> {
    let said = "Whose public holidays count is not known where a calendar names its time zone as Windows does, which is that of \
        several countries: there only those count that stand on a calendar. A zone in --org, or --tz, tells the country.";
    judged.country_unknown.then(|| said.to_owned())
}

/// Longest list of options that is told: a sentence is shown up to 240 characters.
const LONGEST: usize = 200;

/// That it is not known whose calendar this is, and what settles it: a sentence each.
fn whose(owner: &Owner) -> Vec<String> {
    let Owner::Undecided(groups) = owner else {
        return Vec::new();
    };
    let why = if groups.len() > 1 {
        "more than one person is in nearly all of its meetings"
    } else {
        "nobody alone is in nearly all of its meetings"
    };
    let option = |addresses: &Vec<String>| {
        let each: Vec<String> = addresses.iter().map(|a| format!("--me {a}")).collect();
        each.join(" ")
    };
    let options: Vec<String> = groups.iter().map(option).collect();
    let options = match options.join(", or ") {
        named if !named.is_empty() && named.len() <= LONGEST => named,
        _ => "--me ADDRESS, once for each of yours".to_owned(),
    };
    vec![
        format!("Whose calendar this is, is not known: {why}."),
        format!("This settles it: {options}."),
    ]
}
