//! `--explain PAIR`: every place it could have, cheapest first.

use serde_json::json;
use std::fmt::Write;
use steadfast_planner::plan::Plan;
use steadfast_planner::problem::Problem;
use steadfast_planner::words;

pub(super) fn text(problem: &Problem, plan: &Plan, index: usize) -> String {
    let (pair, reason) = (&problem.pairs()[index], &plan.reasons[index]);
    let offset = problem.people()[pair.report].utc_offset;
    let at = |place| words::clock_and_weeks(problem, place, offset);
    let mut text = format!(
        "Pair {}, {}: {}, because {}.\n",
        pair.id,
        words::who(problem, pair),
        words::outcome(reason.outcome),
        words::because(&reason.because)
    );
    if let Some(current) = pair.current {
        let _ = writeln!(text, "It was at {}.", at(current));
    }
    let _ = writeln!(text, "Going without would cost {}.\n", pair.drop);
    for one in plan.considered(problem, index) {
        let _ = writeln!(
            text,
            "{:>6}  {:<28}  {}",
            one.choice.cost,
            at(one.choice.place),
            words::verdict(&one.verdict)
        );
    }
    text
}

pub(super) fn json(problem: &Problem, plan: &Plan, index: usize) -> String {
    let (pair, reason) = (&problem.pairs()[index], &plan.reasons[index]);
    let considered: Vec<_> = plan
        .considered(problem, index)
        .into_iter()
        .map(|one| {
            json!({
                "start": one.choice.place.start, "parity": one.choice.place.weeks.bits(),
                "cost": one.choice.cost, "because": words::verdict(&one.verdict),
            })
        })
        .collect();
    let whole = json!({
        "schema": "steadfast.plan.explain/1", "state": plan.state.to_string(),
        "pair": pair.id, "outcome": words::outcome(reason.outcome),
        "because": words::because(&reason.because), "drop": pair.drop, "considered": considered,
    });
    format!("{whole:#}\n")
}
