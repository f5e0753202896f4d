//! What else would help a displaced 1:1 that has no place: one lower meeting moved, or half of it today.

use super::{Instance, expand, said};
use crate::make_good;
use crate::plan::Plan;
use crate::problem::Kind;
use crate::words::clock;

pub(super) fn find(instance: &Instance, plan: &Plan) -> Option<String> {
    let Kind::MakeGood(target) = instance.problem.kind() else {
        return None;
    };
    if !plan.alternatives.is_empty() {
        return None;
    }
    one_meeting(instance, target).or_else(|| half_today(instance, target))
}

/// The movable meeting of one of the two that would cost the least to displace.
fn one_meeting(instance: &Instance, target: usize) -> Option<String> {
    let pair = &instance.problem.pairs()[target];
    let mut best: Option<(u32, String)> = None;
    for person in [pair.manager, pair.report] {
        for (at, busy) in instance.said.people[person].busy.iter().enumerate() {
            if !busy.can_move {
                continue;
            }
            let mut said = instance.said.clone();
            said.people[person].busy.remove(at);
            let Some((cost, when)) = cheapest(said, target) else {
                continue;
            };
            if best.as_ref().is_none_or(|(least, _)| cost < *least) {
                let what = busy.what.as_deref().unwrap_or("a meeting");
                let whose = &instance.problem.people()[person].name;
                let hours = format!("{} {}", busy.days, busy.from);
                best = Some((
                    cost,
                    format!("if {whose} moved {what} ({hours}), {when} would be free"),
                ));
            }
        }
    }
    best.map(|(_, way)| way)
}

/// Half of it on the day it was to be.
fn half_today(instance: &Instance, target: usize) -> Option<String> {
    let pair = &instance.problem.pairs()[target];
    let offset = instance.problem.people()[pair.report].utc_offset;
    let today = pair.current?.day(offset);
    let mut said = instance.said.clone();
    let half = pair.length / 2;
    if half == 0 {
        return None;
    }
    said.pairs[target].minutes = half * 15;
    let half_of_it = expand::expand(said).ok()?;
    let today = make_good::places(&half_of_it.problem, target)
        .into_iter()
        .find(|choice| choice.place.day(offset) == today)?;
    Some(format!(
        "halve it rather than lose it: {} minutes at {}",
        half * 15,
        clock(today.place, offset)
    ))
}

fn cheapest(said: said::Instance, target: usize) -> Option<(u32, String)> {
    let changed = expand::expand(said).ok()?;
    let problem = &changed.problem;
    let choice = make_good::places(problem, target).into_iter().next()?;
    let offset = problem.people()[problem.pairs()[target].report].utc_offset;
    Some((choice.cost, clock(choice.place, offset)))
}
