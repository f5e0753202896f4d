//! The weeks of managers, drawn before and after; what changes, in words.

use std::fmt::Write;
use steadfast_planner::instance::Instance;
use steadfast_planner::plan::{Because, Outcome, Plan};
use steadfast_planner::problem::{Kind, Pair, Problem};
use steadfast_planner::week::{DAY, Place, Weeks};
use steadfast_planner::words;

/// Managers who are drawn; the others' changes are in the list.
const MOST_DRAWN: usize = 12;

/// Changes that are listed one by one; the rest is in the JSON.
const MOST_LISTED: usize = 200;

const LETTERS: &str = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";

pub(super) fn text(instance: &Instance, plan: &Plan) -> String {
    let problem = instance.problem();
    let mut text = words::report(instance, plan).join("\n");
    text.push('\n');
    alternatives(&mut text, instance, plan);
    let changes = plan.reasons.iter().zip(problem.pairs());
    let changes = changes.filter(|(reason, _)| reason.outcome != Outcome::Kept);
    let mut managers: Vec<usize> = changes.map(|(_, pair)| pair.manager).collect();
    managers.sort_unstable();
    managers.dedup();
    for manager in managers.iter().take(MOST_DRAWN) {
        week(&mut text, instance, plan, *manager);
    }
    let others: Vec<usize> = managers.into_iter().skip(MOST_DRAWN).collect();
    listed(&mut text, instance, plan, &others);
    text.push_str(
        "\nNothing was changed, and nobody was told. Why one is where it is: --explain with the name of the report.\n\
         Before you show this to somebody: it says when the others meet, and what they would give up.\n",
    );
    text
}

fn team(problem: &Problem, manager: usize) -> impl Iterator<Item = (usize, &Pair)> {
    let pairs = problem.pairs().iter().enumerate();
    pairs.filter(move |(_, pair)| pair.manager == manager)
}

fn alternatives(text: &mut String, instance: &Instance, plan: &Plan) {
    let problem = instance.problem();
    let Kind::MakeGood(index) = problem.kind() else {
        return;
    };
    if plan.alternatives.is_empty() {
        return;
    }
    let target = &problem.pairs()[index];
    let offset = problem.people()[target.report].utc_offset;
    let clock = &problem.people()[target.report].name;
    let _ = writeln!(text, "\nOffered, on the clock of {clock}:");
    for one in &plan.alternatives {
        let (at, cost) = (words::clock(one.choice.place, offset), one.choice.cost);
        let against = words::against_place(instance, index, one.choice.place);
        let against = against.map_or(String::new(), |against| format!("; against it: {against}"));
        let _ = writeln!(
            text,
            "  {at:<10} costs {cost}: {}{against}",
            words::alternative(one)
        );
    }
}

/// One manager's week: each day twice, as it was and as it will be, a letter for each report.
fn week(text: &mut String, instance: &Instance, plan: &Plan, manager: usize) {
    let problem = instance.problem();
    let person = &problem.people()[manager];
    let offset = person.utc_offset;
    let team: Vec<(usize, &Pair)> = team(problem, manager).collect();
    let before: Vec<_> = team.iter().map(|(_, pair)| pair.current).collect();
    let after: Vec<_> = team.iter().map(|(index, _)| plan.places[*index]).collect();
    let placed = || before.iter().chain(&after).flatten();
    let local = |place: &Place| (i32::from(place.start) + offset).rem_euclid(DAY);
    let first = placed().map(local).min().unwrap_or(32) / 4 * 4;
    let longest = team.iter().map(|(_, pair)| i32::from(pair.length)).max();
    let last = placed().map(local).max().unwrap_or(72) + longest.unwrap_or(4);
    let width = usize::try_from(last - first)
        .unwrap_or(40)
        .next_multiple_of(4)
        .min(96);
    let _ = write!(
        text,
        "\n{0}'s 1:1s with their reports, on {0}'s clock\n           ",
        person.name
    );
    for hour in 0..width / 4 {
        let _ = write!(text, "{:<4}", first / 4 + i32::try_from(hour).unwrap_or(0));
    }
    text.truncate(text.trim_end().len());
    text.push('\n');
    let mut days: Vec<i32> = placed().map(|place| place.day(offset)).collect();
    days.extend(1..=5);
    days.sort_unstable();
    days.dedup();
    for day in days {
        for (when, places) in [("before", &before), ("after", &after)] {
            let name = words::clock(on(day, offset), offset);
            let name = if when == "before" { &name[..3] } else { "" };
            let line = line(&team, places, (day, offset), first, width);
            let _ = writeln!(text, "{name:<3} {when:<6} {line}");
        }
    }
    for (letter, (index, _)) in LETTERS.chars().cycle().zip(&team) {
        let _ = writeln!(text, "  {letter} {}", told(instance, plan, *index));
    }
}

/// Midday of a day.
fn on(day: i32, offset: i32) -> Place {
    Place {
        start: u16::try_from((day * DAY + 48 - offset).rem_euclid(7 * DAY)).unwrap_or(0),
        weeks: Weeks::BOTH,
    }
}

fn line(
    team: &[(usize, &Pair)],
    places: &[Option<Place>],
    (day, offset): (i32, i32),
    first: i32,
    width: usize,
) -> String {
    let mut line = vec!['·'; width];
    for (letter, ((_, pair), place)) in LETTERS.chars().cycle().zip(team.iter().zip(places)) {
        let Some(place) = place.filter(|place| place.day(offset) == day) else {
            continue;
        };
        let from = (i32::from(place.start) + offset).rem_euclid(DAY) - first;
        for at in from..from + i32::from(pair.length) {
            if let Some(cell) = usize::try_from(at).ok().and_then(|at| line.get_mut(at)) {
                // Two who meet every second week may share a place.
                *cell = if *cell == '·' { letter } else { '+' };
            }
        }
    }
    line.into_iter().collect()
}

/// What becomes of one 1:1, in a line.
fn told(instance: &Instance, plan: &Plan, index: usize) -> String {
    let problem = instance.problem();
    let pair = &problem.pairs()[index];
    let at = |place| words::clocks(problem, pair, place);
    let reason = &plan.reasons[index];
    let because = words::reason(instance, plan, index);
    let against = words::against(instance, plan, index);
    let against = against.map_or(String::new(), |against| format!("; against it: {against}"));
    let after = words::after(problem, plan, index);
    let after = after.map_or(String::new(), |after| format!(", {after}"));
    let name = &problem.people()[pair.report].name;
    match (reason.outcome, pair.current, plan.places[index]) {
        (Outcome::Kept, _, Some(place)) if reason.because == Because::Stays => {
            format!("{name} stays at {}: {because}{against}", at(place))
        }
        (Outcome::Kept, _, Some(place)) => format!("{name} stays at {}{against}", at(place)),
        (Outcome::Moved, Some(from), Some(to)) => {
            format!(
                "{name} moves from {} to {}{after}: {because}{against}",
                at(from),
                at(to)
            )
        }
        (_, _, Some(place)) => format!("{name} gets {}{after}: {because}{against}", at(place)),
        (_, _, None) if reason.because == Because::NotAsked => format!("{name}: {because}"),
        (_, _, None) => {
            let help = words::help(instance, plan, index);
            let help = help.map_or(String::new(), |help| format!(". What would help: {help}"));
            format!("{name} has no place: {because}{help}")
        }
    }
}

fn listed(text: &mut String, instance: &Instance, plan: &Plan, managers: &[usize]) {
    let problem = instance.problem();
    let pairs = problem.pairs().iter().enumerate();
    let mut changed: Vec<(usize, &Pair)> = pairs
        .filter(|(index, pair)| {
            plan.reasons[*index].outcome != Outcome::Kept
                && managers.binary_search(&pair.manager).is_ok()
        })
        .collect();
    changed.sort_by_key(|(_, pair)| pair.manager);
    let changes = changed.iter().take(MOST_LISTED).map(|(index, pair)| {
        let manager = &problem.people()[pair.manager].name;
        format!("  {manager}: {}\n", told(instance, plan, *index))
    });
    let changes: Vec<String> = changes.collect();
    if !changes.is_empty() {
        text.push_str("\nAnd what changes for others, each on their manager's clock:\n");
    }
    changes.iter().for_each(|change| text.push_str(change));
    if changed.len() > MOST_LISTED {
        let _ = writeln!(
            text,
            "  … and {} more: --format json has them all",
            changed.len() - MOST_LISTED
        );
    }
}
