//! The whole plan in a few sentences.

use super::{what_else, who};
use crate::certificate::{self, Certificate};
use crate::instance::Instance;
use crate::plan::{Outcome, Plan, Status};
use crate::problem::{Kind, Pair, Problem};

/// Names in one sentence; more are counted.
const MOST_NAMED: usize = 5;

/// The plan in a few sentences.
pub fn report(instance: &Instance, plan: &Plan) -> Vec<String> {
    let problem = instance.problem();
    let mut lines = match problem.kind() {
        Kind::MakeGood(target) => vec![displaced(instance, plan, &problem.pairs()[target])],
        _ => vec![counts(problem, plan), sum(plan)],
    };
    if !matches!(problem.kind(), Kind::MakeGood(_)) {
        lines.extend(falls_on(problem, plan));
    }
    if let Instance::Two(two) = instance {
        lines.extend(two.not_due());
        lines.extend(two.rhythm_is_a_guess());
        lines.extend(wishes(&two.without_wishes(&placed(plan))));
        lines.extend(lunch(&two.at_usual_lunch(plan)));
        lines.extend(two.made_for(plan));
    }
    let everybody = plan.total.dropped == 0 && !matches!(problem.kind(), Kind::MakeGood(_));
    if everybody && certificate::look(problem) == Certificate::All {
        lines.push(
            "That everybody can have a 1:1 was certain beforehand: there are common times enough."
                .to_owned(),
        );
    }
    lines
}

fn counts(problem: &Problem, plan: &Plan) -> String {
    let count = |outcome: Outcome| {
        let reasons = plan.reasons.iter();
        reasons.filter(|reason| reason.outcome == outcome).count()
    };
    let counted = |some: usize, one: &str, many: &str| match some {
        1 => format!("1 {one}"),
        some => format!("{some} {many}"),
    };
    let kept = counted(
        count(Outcome::Kept),
        "stays where it is",
        "stay where they are",
    );
    let moved = counted(count(Outcome::Moved), "moves", "move");
    let first = counted(
        count(Outcome::New),
        "gets a first place",
        "get a first place",
    );
    let without = counted(count(Outcome::Dropped), "has no place", "have no place");
    let all = counted(problem.pairs().len(), "1:1", "1:1s");
    format!("{all}: {kept}, {moved}, {first}, {without}.")
}

fn sum(plan: &Plan) -> String {
    let objective = plan.total.objective;
    match plan.status() {
        Status::Optimal => {
            format!(
                "Moves and unmet wishes add up to {objective}; in no plan for these calendars do they come to less."
            )
        }
        Status::Feasible => format!(
            "Moves and unmet wishes add up to {objective}; whether another plan has less is not known, but none has less than \
             {}.",
            plan.bound
        ),
    }
}

/// Who carries most of the sum, where it is shared by several.
fn falls_on(problem: &Problem, plan: &Plan) -> Option<String> {
    let costs = problem
        .pairs()
        .iter()
        .zip(&plan.places)
        .map(|(pair, place)| {
            let option = place.and_then(|place| pair.option_at(place));
            (
                option.map_or(pair.drop, |option| pair.options[option].cost),
                pair.report,
            )
        });
    let mut costs: Vec<(u32, usize)> = costs.filter(|(cost, _)| *cost > 0).collect();
    costs.sort_by_key(|(cost, report)| (std::cmp::Reverse(*cost), *report));
    let name = |report: usize| problem.people()[report].name.as_str();
    match &costs[..] {
        [(most, first), (next, second), rest @ ..] => {
            // Where a third one carries as much as the second, nobody is singled out.
            let alike = rest.first().is_some_and(|(third, _)| third == next);
            let (first, second) = (name(*first), name(*second));
            (!alike).then(|| {
                format!(
                    "The largest share falls on {first} ({most}), then on {second} ({next}); what was disrupted before counts more."
                )
            })
        }
        _ => None,
    }
}

/// Those who have a place in the plan, where they were or elsewhere: both are better or worse by what they wish.
fn placed(plan: &Plan) -> Vec<usize> {
    let places = plan.places.iter().enumerate();
    places
        .filter(|(_, place)| place.is_some())
        .map(|(index, _)| index)
        .collect()
}

/// What suits somebody who said nothing is a guess.
fn wishes(silent: &[&str]) -> Option<String> {
    let told = several(silent)?;
    Some(format!(
        "No wishes are known of {told}: what suits them is a guess, so ask first."
    ))
}

/// When somebody eats who did not say so is a guess too.
fn lunch(usual: &[&str]) -> Option<String> {
    let told = several(usual)?;
    Some(format!(
        "Nobody said when lunch is for {told}: 12:00 to 13:00 is taken."
    ))
}

/// Some names, and how many more.
fn several(all: &[&str]) -> Option<String> {
    let more = all.len().saturating_sub(MOST_NAMED);
    let mut names: Vec<String> = all
        .iter()
        .take(MOST_NAMED)
        .map(|name| (*name).to_owned())
        .collect();
    if more > 0 {
        names.push(format!("{more} more"));
    }
    match &names[..] {
        [] => None,
        [one] => Some(one.clone()),
        [first @ .., last] => Some(format!("{} and {last}", first.join(", "))),
    }
}

fn displaced(instance: &Instance, plan: &Plan, target: &Pair) -> String {
    let who = who(instance.problem(), target);
    let others = match plan.total.dropped {
        0 => "while all others stay",
        _ => "while all others that can stay do",
    };
    match &plan.alternatives[..] {
        [] => match what_else(instance, plan) {
            Some(help) => format!("Nothing is free for {who}. What would help: {help}."),
            None => format!("Nothing is free for {who}, and nothing was found that would help."),
        },
        [..] => format!(
            "{who} can have {} {others}.",
            match plan.alternatives.len() {
                1 => "one place".to_owned(),
                some => format!("a place on each of {some} days"),
            }
        ),
    }
}
