//! Reporting lines without a 1:1: said before anything else about pairs.

use super::{date, name};
use crate::report::clean::clean;
use crate::report::model::{Person, Report, WithoutOneOnOne};

/// "Noor has no 1:1 with you since 1 August (joined that day)."
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
    said.push('.');
    said
}

/// The one thing to do about them, for the manager. Somebody whose series was deleted may have left; a calendar does not
/// know.
pub(crate) fn repair(report: &Report) -> Option<&'static str> {
    let mine = |line: &&WithoutOneOnOne| is_reader(report, &line.manager);
    let had_one = |line: &WithoutOneOnOne| line.because.as_deref() == Some("the last series ended");
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
