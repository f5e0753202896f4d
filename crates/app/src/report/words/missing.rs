//! Reporting lines without a 1:1: said first of all, with how long, and what could be said and done about it.

use super::{count, date, name};
use crate::report::clean::clean;
use crate::report::model::{FirstSlot, JOINED, Person, Report, WithoutOneOnOne};
use jiff::civil::Date;

/// Lines for which it is told what could be said; of more it would be a list of the same.
pub(crate) const TOLD: usize = 3;
/// Days from which a time is told in weeks.
const WEEKS_FROM: i64 = 14;

/// "Noor has no 1:1 with you since 1 August (joined your team that day): 16 weeks by now."
pub(crate) fn without(report: &Report, line: &WithoutOneOnOne) -> String {
    let mut said = if is_reader(report, &line.report) {
        format!("You have no 1:1 with {}", name(&line.manager))
    } else if is_reader(report, &line.manager) {
        format!("{} has no 1:1 with you", name(&line.report))
    } else {
        format!(
            "{} has no 1:1 with {}",
            name(&line.report),
            name(&line.manager)
        )
    };
    if let Some(since) = line.since {
        said.push_str(" since ");
        said.push_str(&date::day(since, report.to.year()));
    }
    if let Some(because) = line.because.as_deref() {
        let because = match because {
            JOINED if is_reader(report, &line.manager) => JOINED.to_owned(),
            JOINED if is_reader(report, &line.report) => "you joined the team that day".to_owned(),
            JOINED => "joined the team that day".to_owned(),
            other => clean(other),
        };
        said.push_str(&format!(" ({because})"));
    }
    match line.since {
        Some(since) => said.push_str(&so_long(report, line, since)),
        // The line has no first day: it is told what was looked at.
        None => said.push_str(&looked_at(report, line)),
    }
    said.push('.');
    said
}

/// ": none in the 26 weeks looked at", or as many of them as the calendars are known for.
fn looked_at(report: &Report, line: &WithoutOneOnOne) -> String {
    let known = line.known_until.map(|at| at.date(&report.zone));
    let until = known.filter(|day| *day < report.to);
    let days = i64::from((until.unwrap_or(report.to) - report.from).get_days()) + 1;
    match until {
        None => format!(": none in the {} looked at", length(days)),
        Some(until) if days < 1 => format!(
            " that is known of: nothing is after {}",
            date::day(until, report.to.year())
        ),
        Some(until) => format!(
            ": none in {}, up to {}; nothing is known after that",
            length(days),
            date::day(until, report.to.year())
        ),
    }
}

/// ": 16 weeks by now", or as it was when the calendars were last looked at; nothing of less than a week.
fn so_long(report: &Report, line: &WithoutOneOnOne, since: Date) -> String {
    let until = line.known_until.unwrap_or(report.generated_at);
    let until = until.date(&report.zone);
    let days = i64::from((until - since).get_days());
    if days < 7 {
        return String::new();
    }
    let long = length(days);
    match line.known_until {
        None => format!(": {long} by now"),
        Some(_) => format!(
            ": {long} by {}; nothing is known after that",
            date::day(until, report.to.year())
        ),
    }
}

/// "9 days", "16 weeks".
fn length(days: i64) -> String {
    let whole = |number: i64| usize::try_from(number).unwrap_or(0);
    if days < WEEKS_FROM {
        count(whole(days), "day", "days")
    } else {
        count(whole(days / 7), "week", "weeks")
    }
}

/// Whether a series of theirs ended; whoever had one may have left since.
fn had_one(line: &WithoutOneOnOne) -> bool {
    line.because.as_deref() == Some("the last series ended")
}

/// Where a first one could be: "Wed 25 November, 9:30 (15:30 in Berlin) is free on both calendars."
pub(crate) fn first(report: &Report, line: &WithoutOneOnOne) -> Option<String> {
    let first = line.first.as_ref()?;
    let on = match (first.both, is_reader(report, &line.manager)) {
        (true, _) => "both calendars".to_owned(),
        (false, true) => format!("your calendar; {}’s was not seen", name(&line.report)),
        (false, false) => format!("{}’s calendar", name(&line.manager)),
    };
    Some(format!("{} is free on {on}.", when(report, first)))
}

fn when(report: &Report, first: &FirstSlot) -> String {
    let at = date::moment(first.slot.start, &report.zone, report.to.year());
    match &first.elsewhere {
        Some(elsewhere) => format!("{at} ({elsewhere})"),
        None => at,
    }
}

/// One sentence that the reader could say to the other one, without quotation marks.
pub(crate) fn say(report: &Report, line: &WithoutOneOnOne) -> Option<String> {
    if is_reader(report, &line.report) {
        return Some("Could we have a regular 1:1, half an hour every week or two?".to_owned());
    }
    if !is_reader(report, &line.manager) {
        return None;
    }
    let asked = line.first.as_ref().map_or_else(
        || "Which time suits you for the first?".to_owned(),
        |first| format!("Does {} suit you for the first?", when(report, first)),
    );
    let again = if had_one(line) { " again" } else { "" };
    Some(format!(
        "I would like a regular 1:1 with you{again}. {asked}"
    ))
}

/// The one thing to do about them, for the manager. Somebody whose series was deleted may have left; a calendar does not
/// know.
pub(crate) fn repair(report: &Report) -> Option<String> {
    let mine = |line: &&WithoutOneOnOne| is_reader(report, &line.manager);
    let lines: Vec<&WithoutOneOnOne> = report.without_one_on_one.iter().filter(mine).collect();
    let had = lines.iter().filter(|line| had_one(line)).count();
    let (first, then) = match (lines.len() - had, had) {
        (0, 0) => return None,
        (1, 0) => ("", "put a first one"),
        (_, 0) => ("", "put a first one with each"),
        (0, 1) => (", if they still report to you", "put a new one"),
        _ => ("", "put one with each who still reports to you"),
    };
    // From Friday on what is left of a week is no time to ask somebody for.
    let today = report.generated_at.date(&report.zone).weekday();
    let week = if today.to_monday_zero_offset() < 4 {
        "this week"
    } else {
        "next week"
    };
    Some(format!(
        "One thing to do{first}: {then} on both calendars {week}."
    ))
}

fn is_reader(report: &Report, person: &Person) -> bool {
    report
        .me
        .as_ref()
        .is_some_and(|me| me.address == person.address)
}
