//! What else would help a displaced 1:1 that has no place: one lower meeting moved, or half of it today.

use super::Instance;
use super::known::known_of;
use super::places::Two;
use crate::constraints::{Case, HARD, Known};
use crate::make_good::{self, half_of};
use crate::plan::Plan;
use crate::problem::{Choice, Kind, Pair};
use crate::week::Place;
use crate::words::clock;

/// Meetings that are looked at: more than a week has of them.
const MOST_MEETINGS: usize = 300;

pub(super) fn find(instance: &Instance, plan: &Plan) -> Option<String> {
    let Kind::MakeGood(target) = instance.problem.kind() else {
        return None;
    };
    if !plan.alternatives.is_empty() {
        return None;
    }
    one_meeting(instance, target).or_else(|| half_today(instance, target))
}

/// One movable meeting on one day, whose place is the best for the 1:1. The manager's own before the report's: whoever asks
/// gives way first.
fn one_meeting(instance: &Instance, target: usize) -> Option<String> {
    let pair = &instance.problem.pairs()[target];
    for person in [pair.manager, pair.report] {
        let mut best: Option<(Choice, usize, &str)> = None;
        for (at, day) in movable(instance, person).take(MOST_MEETINGS) {
            let Some(known) = without(instance, person, at, day) else {
                continue;
            };
            let two = instance.two(target);
            let two = if person == pair.manager {
                Two {
                    manager: &known,
                    ..two
                }
            } else {
                Two {
                    report: &known,
                    ..two
                }
            };
            let Some(choice) = cheapest(instance, target, two, |_| true) else {
                continue;
            };
            if best
                .is_none_or(|(least, ..)| (choice.cost, choice.place) < (least.cost, least.place))
            {
                best = Some((choice, at, day));
            }
        }
        if let Some((choice, at, day)) = best {
            let busy = &instance.said.people[person].busy[at];
            let (whose, what) = named(instance, pair, person, at);
            let offset = instance.problem.people()[pair.report].utc_offset;
            let when = clock(choice.place, offset);
            return Some(format!(
                "if {whose} moved {what} ({day} {}), {when} would be free",
                busy.from
            ));
        }
    }
    None
}

/// The movable meeting that alone is in the way of a 1:1 where it was, and whose it is: if it gave way, nothing else had to.
pub(super) fn giving_way(instance: &Instance, index: usize, was: Place) -> Option<String> {
    let pair = &instance.problem.pairs()[index];
    for person in [pair.manager, pair.report] {
        for (at, day) in movable(instance, person).take(MOST_MEETINGS) {
            let Some(known) = without(instance, person, at, day) else {
                continue;
            };
            let case = instance.case(index, was);
            let case = if person == pair.manager {
                Case {
                    manager: &known,
                    ..case
                }
            } else {
                Case {
                    report: &known,
                    ..case
                }
            };
            let others = HARD.iter().filter(|hard| hard.id != "lost");
            if others.into_iter().all(|hard| (hard.allows)(&case)) {
                let (whose, what) = named(instance, pair, person, at);
                let from = &instance.said.people[person].busy[at].from;
                return Some(format!(
                    "if {whose} moved {what} ({day} {from}), it could stay"
                ));
            }
        }
    }
    None
}

/// Whose a meeting is, and what it may be called: its name is for the eyes of its owner, and the plan is read by the manager.
fn named<'a>(instance: &'a Instance, pair: &Pair, person: usize, at: usize) -> (&'a str, String) {
    let what = instance.said.people[person].busy[at].what.as_deref();
    let what = what.filter(|_| person == pair.manager);
    let what = what.map_or_else(
        || "one of their meetings".to_owned(),
        |what| format!("“{what}”"),
    );
    (&instance.problem.people()[person].name, what)
}

/// Each movable meeting with each of its days.
fn movable(instance: &Instance, person: usize) -> impl Iterator<Item = (usize, &str)> {
    let busy = instance.said.people[person].busy.iter().enumerate();
    busy.filter(|(_, busy)| busy.can_move)
        .flat_map(|(at, busy)| busy.days.split_whitespace().map(move |day| (at, day)))
}

/// What would be known of somebody without that meeting on that day.
fn without(instance: &Instance, person: usize, at: usize, day: &str) -> Option<Known> {
    let mut said = instance.said.people[person].clone();
    let days = said.busy[at].days.split_whitespace();
    let others: Vec<&str> = days.filter(|other| *other != day).collect();
    let others = others.join(" ");
    if others.is_empty() {
        said.busy.remove(at);
    } else {
        said.busy[at].days = others;
    }
    known_of(person, &said, instance.planned).ok()
}

/// Half of it on the day it was to be.
fn half_today(instance: &Instance, target: usize) -> Option<String> {
    let pair = &instance.problem.pairs()[target];
    let offset = instance.problem.people()[pair.report].utc_offset;
    let today = pair.current?.day(offset);
    let length = half_of(pair.length)?;
    let two = Two {
        length,
        ..instance.two(target)
    };
    let choice = cheapest(instance, target, two, |choice| {
        choice.place.day(offset) == today
    })?;
    Some(format!(
        "halve it rather than lose it: {} minutes at {}",
        length * 15,
        clock(choice.place, offset)
    ))
}

/// The cheapest free place if the two were these.
fn cheapest(
    instance: &Instance,
    target: usize,
    two: Two<'_>,
    suits: impl Fn(&Choice) -> bool,
) -> Option<Choice> {
    let options = instance.options_of(target, two);
    let suiting = options.into_iter().filter(suits).collect();
    make_good::cheapest(&instance.problem, target, suiting, two.length)
}
