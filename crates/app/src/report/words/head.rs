//! The first line: whose calendar, how that is known, from when to when, and what it rests on.

use super::{count, date, list, name};
use crate::report::clean::clean;
use crate::report::model::{EvidenceKind, Me, Report};

/// "Maya’s calendar (maya@example.com: the calendar’s name)".
pub(crate) fn whose(report: &Report) -> String {
    report.me.as_ref().map_or_else(
        || match report.calendars_of.as_slice() {
            [] => "A calendar whose owner is not known".to_owned(),
            [one] => format!("{}’s calendar", name(one)),
            several => {
                let names: Vec<String> = several.iter().map(name).collect();
                format!("The calendars of {}", list(&names))
            }
        },
        |me| match (me.name.as_deref().map(clean), on_others(report, me)) {
            (Some(name), Some(others)) if !name.is_empty() => {
                format!("{name} ({}), on {others}", known_by(me))
            }
            (_, Some(others)) => format!("You ({}), on {others}", known_by(me)),
            (_, None) => format!("{} ({})", calendar_of(me), known_by(me)),
        },
    )
}

/// "Fatima’s calendar": whose were read, where none of the reader's own was.
fn on_others(report: &Report, me: &Me) -> Option<String> {
    let own = report
        .calendars_of
        .iter()
        .any(|one| one.address == me.address);
    if own || report.evidence.kind == EvidenceKind::Server {
        return None;
    }
    match report.calendars_of.as_slice() {
        [] => None,
        [one] => Some(format!("{} calendar", super::possessive(&name(one)))),
        several => Some(format!("the calendars of {} others", several.len())),
    }
}

/// "Maya’s calendar".
pub(crate) fn calendar_of(me: &Me) -> String {
    match me
        .name
        .as_deref()
        .map(clean)
        .filter(|name| !name.is_empty())
    {
        Some(name) => format!("{name}’s calendar"),
        None => "Your calendar".to_owned(),
    }
}

/// The address, and how it was found where nobody said it.
pub(crate) fn known_by(me: &Me) -> String {
    let because = clean(&me.because);
    let address = clean(&me.address);
    match because.as_str() {
        "" | "you said so" => address,
        "the calendar's name" => format!("{address}, as the calendar or its file is named"),
        _ => match share(&because) {
            Some((100, rest)) => format!("{address}, in every meeting of this calendar{rest}"),
            Some((share, rest)) => {
                format!("{address}, in {share} of 100 meetings of this calendar{rest}")
            }
            None => format!("{address}: {because}"),
        },
    }
}

/// 93 of "in 93 % of the events", and what follows it.
fn share(because: &str) -> Option<(u8, &str)> {
    let (number, rest) = because
        .strip_prefix("in ")?
        .split_once(" % of the events")?;
    Some((number.parse().ok()?, rest))
}

/// "25 May – 22 Nov 2026".
pub(crate) fn window(report: &Report) -> String {
    date::span(report.from, report.to)
}

/// "from one export: the last state, not its history".
pub(crate) fn evidence(report: &Report) -> String {
    let evidence = &report.evidence;
    let snapshots = count(evidence.snapshots, "snapshot", "snapshots");
    let mut said = match evidence.kind {
        EvidenceKind::Export if evidence.snapshots <= 1 => {
            return "from one export: the last state, not its history".to_owned();
        }
        EvidenceKind::Export => {
            let exports = count(evidence.snapshots, "export", "exports");
            return format!("from {exports}: the last state, not its history");
        }
        EvidenceKind::History => format!("from a history of {snapshots}"),
        EvidenceKind::Server => format!("from the server’s ledger, {snapshots}"),
    };
    if let (Some(first), Some(last)) = (evidence.first, evidence.last) {
        let first = first.date(&report.zone);
        // A look at midnight saw the day before.
        let last = last.plus_seconds(-1).date(&report.zone).max(first);
        said.push_str(&format!(", seen {}", date::span(first, last)));
    }
    if !evidence.gaps.is_empty() {
        let gaps = count(evidence.gaps.len(), "gap", "gaps");
        said.push_str(&format!(", with {gaps}"));
    }
    said
}
