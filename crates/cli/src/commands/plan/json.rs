//! The plan as data: `steadfast.plan/1`.

use serde_json::{Value, json};
use steadfast_planner::instance::Instance;
use steadfast_planner::plan::{Plan, Status};
use steadfast_planner::words;

/// The whole plan, a line at its end.
pub(super) fn plan(instance: &Instance, plan: &Plan) -> String {
    let mut whole = json!({
        "schema": "steadfast.plan/1",
        "state": plan.state.to_string(),
        "objective": plan.total.objective,
        "status": status(plan),
        "bound": plan.bound,
        "moved": plan.total.moved,
        "dropped": plan.total.dropped,
        "choices": choices(instance, plan),
        "alternatives": alternatives(plan),
        "report": words::report(instance, plan),
    });
    if let Some(otherwise) = words::what_else(instance, plan) {
        whole["otherwise"] = json!(otherwise);
    }
    format!("{whole:#}\n")
}

fn status(plan: &Plan) -> &'static str {
    match plan.status() {
        Status::Optimal => "optimal",
        Status::Feasible => "feasible",
    }
}

fn choices(instance: &Instance, plan: &Plan) -> Vec<Value> {
    let problem = instance.problem();
    let places = plan.places.iter().zip(&plan.reasons);
    problem
        .pairs()
        .iter()
        .zip(places)
        .enumerate()
        .map(|(index, (pair, (place, reason)))| {
            let because = words::reason(instance, plan, index);
            match place {
                Some(place) => json!({
                    "pair": pair.id, "start": place.start, "parity": place.weeks.bits(),
                    "outcome": words::outcome(reason.outcome), "because": because,
                    "clock": words::clocks(problem, pair, *place),
                }),
                None => json!({"pair": pair.id, "dropped": true, "because": because}),
            }
        })
        .collect()
}

fn alternatives(plan: &Plan) -> Vec<Value> {
    let found = plan.alternatives.iter();
    found
        .map(|one| {
            let place = one.choice.place;
            json!({
                "start": place.start, "parity": place.weeks.bits(), "cost": one.choice.cost,
                "because": words::alternative(one),
            })
        })
        .collect()
}
