//! `--explain PAIR`: every place it could have, cheapest first.

use serde_json::json;
use std::fmt::Write;
use steadfast_planner::instance::Instance;
use steadfast_planner::plan::{Considered, Plan, Verdict};
use steadfast_planner::week::Place;
use steadfast_planner::words;

pub(super) fn text(instance: &Instance, plan: &Plan, index: usize) -> String {
    let problem = instance.problem();
    let (pair, reason) = (&problem.pairs()[index], &plan.reasons[index]);
    let at = |place| words::clocks(problem, pair, place);
    let mut text = format!(
        "Pair {}, {}: {}, because {}.\nTimes are those of {}.\n",
        pair.id,
        words::who(problem, pair),
        words::outcome(reason.outcome),
        words::reason(instance, plan, index),
        problem.people()[pair.manager].name,
    );
    if let Some(current) = pair.current {
        let _ = writeln!(text, "It was at {}.", at(current));
    }
    let _ = writeln!(
        text,
        "What a place costs is what is against it; having none at all would cost {}.\n",
        pair.drop
    );
    let considered = plan.considered(problem, index);
    let (told, left_out) = worth_telling(&considered);
    for one in told {
        let _ = writeln!(
            text,
            "{:>6}  {:<28}  {}{}",
            one.choice.cost,
            at(one.choice.place),
            words::verdict(problem, pair, &one.verdict),
            terms(instance, index, one.choice.place)
        );
    }
    if left_out > 0 {
        let _ = writeln!(
            text,
            "        … and {left_out} more, no better than others of their day"
        );
    }
    if let Instance::Two(instance) = instance {
        let not = instance.where_not(index);
        if !not.is_empty() {
            let _ = writeln!(
                text,
                "\nIt could start nowhere else: of the week's starts {not}."
            );
        }
    }
    text
}

/// Everything up to what was chosen and as good, then the best of each day, and how many that leaves out.
fn worth_telling(considered: &[Considered]) -> (Vec<&Considered>, usize) {
    let mut days = Vec::new();
    let told: Vec<&Considered> = considered
        .iter()
        .filter(|one| {
            let day = (one.choice.place.day(0), one.choice.place.weeks);
            let first_of_its_day = !days.contains(&day);
            if first_of_its_day && one.verdict == Verdict::Dearer {
                days.push(day);
            }
            one.verdict != Verdict::Dearer || first_of_its_day
        })
        .collect();
    let left_out = considered.len() - told.len();
    (told, left_out)
}

/// What makes up a cost: `; against it: at Ben's lunch 8, not where it was 90`.
fn terms(instance: &Instance, index: usize, place: Place) -> String {
    let terms = instance.terms(index, place).into_iter();
    let terms: Vec<String> = terms
        .map(|term| format!("{} {}", term.said, term.cost))
        .collect();
    if terms.is_empty() {
        return String::new();
    }
    format!("; against it: {}", terms.join(", "))
}

pub(super) fn json(instance: &Instance, plan: &Plan, index: usize) -> String {
    let problem = instance.problem();
    let (pair, reason) = (&problem.pairs()[index], &plan.reasons[index]);
    let considered: Vec<_> = plan
        .considered(problem, index)
        .into_iter()
        .map(|one| {
            let terms = instance.terms(index, one.choice.place).into_iter();
            let terms: serde_json::Map<_, _> = terms
                .map(|term| (term.constraint.to_owned(), json!(term.cost)))
                .collect();
            json!({
                "start": one.choice.place.start, "parity": one.choice.place.weeks.bits(),
                "cost": one.choice.cost, "terms": terms, "because": words::verdict(problem, pair, &one.verdict),
            })
        })
        .collect();
    let whole = json!({
        "schema": "steadfast.plan.explain/1", "state": plan.state.to_string(),
        "pair": pair.id, "outcome": words::outcome(reason.outcome),
        "because": words::reason(instance, plan, index), "drop": pair.drop, "considered": considered,
    });
    format!("{whole:#}\n")
}
