//! `--explain PAIR`: every place it could have, cheapest first.

use serde_json::json;
use std::fmt::Write;
use steadfast_planner::instance::Instance;
use steadfast_planner::plan::Plan;
use steadfast_planner::week::Place;
use steadfast_planner::words;

pub(super) fn text(instance: &Instance, plan: &Plan, index: usize) -> String {
    let problem = instance.problem();
    let (pair, reason) = (&problem.pairs()[index], &plan.reasons[index]);
    let offset = problem.people()[pair.report].utc_offset;
    let at = |place| words::clock_and_weeks(problem, place, offset);
    let mut text = format!(
        "Pair {}, {}: {}, because {}.\n",
        pair.id,
        words::who(problem, pair),
        words::outcome(reason.outcome),
        words::reason(instance, plan, index)
    );
    if let Some(current) = pair.current {
        let _ = writeln!(text, "It was at {}.", at(current));
    }
    let _ = writeln!(text, "Going without would cost {}.\n", pair.drop);
    for one in plan.considered(problem, index) {
        let _ = writeln!(
            text,
            "{:>6}  {:<28}  {}{}",
            one.choice.cost,
            at(one.choice.place),
            words::verdict(problem, pair, &one.verdict),
            terms(instance, index, one.choice.place)
        );
    }
    if let Instance::Two(instance) = instance {
        let ruled_out = instance.ruled_out(index);
        let ruled_out = ruled_out.iter().filter(|(_, starts)| *starts > 0);
        let told: Vec<String> = ruled_out
            .map(|(constraint, starts)| format!("{constraint} {starts}"))
            .collect();
        if !told.is_empty() {
            let _ = writeln!(text, "\nStarts that cannot be: {}.", told.join(", "));
        }
    }
    text
}

/// What makes up a cost: ` (preferred 8, lunch 4)`.
fn terms(instance: &Instance, index: usize, place: Place) -> String {
    let terms = instance.terms(index, place).into_iter();
    let terms: Vec<String> = terms
        .map(|term| format!("{} {}", term.constraint, term.cost))
        .collect();
    if terms.is_empty() {
        return String::new();
    }
    format!(" ({})", terms.join(", "))
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
