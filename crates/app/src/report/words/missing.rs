//! Reporting lines without a 1:1: said first of all, with how long, and what could be said and done about it.

use super::{count, date, name};
use crate::report::clean::clean;
use crate::report::model::{FirstSlot, Person, Report, WithoutOneOnOne};
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
    if let Some(because) = line.because.as_deref().map(clean).filter(|b| !b.is_empty()) {
        said.push_str(&format!(" ({because})"));
    }
    match line.since {
        Some(since) => said.push_str(&so_long(report, since)),
        // The line has no first day: it is told what was looked at.
        None => said.push_str(&format!(
            ": none in the {} looked at",
            length(i64::from((report.to - report.from).get_days()) + 1)
        )),
    }
    said.push('.');
    said
}

/// ": 16 weeks by now"; nothing of less than a week.
fn so_long(report: &Report, since: Date) -> String {
    let days = i64::from((report.generated_at.date(&report.zone) - since).get_days());
    if days < 7 {
        String::new()
    } else {
        format!(": {} by now", length(days))
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
pub(crate) fn repair(report: &Report) -> Option<&'static str> {
    let mine = |line: &&WithoutOneOnOne| is_reader(report, &line.manager);
    let lines: Vec<&WithoutOneOnOne> = report.without_one_on_one.iter().filter(mine).collect();
    let had = lines.iter().filter(|line| had_one(line)).count();
    match (lines.len() - had, had) {
        (0, 0) => None,
        (1, 0) => Some("One thing to do: put a first one on both calendars this week."),
        (_, 0) => Some("One thing to do: put a first one with each on both calendars this week."),
        (0, 1) => Some(
            "One thing to do, if they still report to you: put a new one on both calendars this week.",
        ),
        _ => Some(
            "One thing to do: put one with each who still reports to you on both calendars this week.",
        ),
    }
}

fn is_reader(report: &Report, person: &Person) -> bool {
    report
        .me
        .as_ref()
        .is_some_and(|me| me.address == person.address)
}
