//! When the next one is, of a pair that goes on.

use super::date;
use super::next_step;
use super::zones;
use crate::report::model::{EvidenceKind, NextStep, Pair, Report};
use steadfast_calendar::Instant;

/// "Next: Tue 24 November, 15:00."; nothing where the calendar shows none, or where the next step names it already.
pub(crate) fn next(report: &Report, pair: &Pair) -> Option<String> {
    let next = of(pair)?;
    let named = match pair.next_step {
        Some(NextStep::Protect { next: named }) => Some(named),
        Some(NextStep::MakeGood { before, .. }) => {
            next_step::in_sight(pair).map_or(before, |(_, place)| Some(place))
        }
        Some(NextStep::WhenOneGoes) | None => None,
    };
    if named == Some(next) {
        return None;
    }
    let when = moment(report, pair, next);
    Some(match last_look(report, pair) {
        None => format!("Next: {when}."),
        Some(day) if report.evidence.kind == EvidenceKind::Export => {
            format!(
                "In the export, which seems to have been made on {day}, the next one from today stands on {when}."
            )
        }
        Some(day) => {
            format!("As it was last seen, on {day}, the next one from today stands on {when}.")
        }
    })
}

/// The day on which its calendars were last looked at, where that was long enough ago for the next one to have moved.
fn last_look(report: &Report, pair: &Pair) -> Option<String> {
    let day = pair.last_look?.date(&report.zone);
    Some(date::day(day, report.to.year()))
}

/// After the place of the next one: ", as it stood on 6 July"; nothing where that is how it stands.
pub(crate) fn as_it_stood(report: &Report, pair: &Pair) -> String {
    last_look(report, pair).map_or_else(String::new, |day| format!(", as it stood on {day}"))
}

/// The start of the next one.
pub(crate) fn of(pair: &Pair) -> Option<Instant> {
    pair.next.filter(|_| pair.ended.is_none())
}

/// "Tue 24 November, 15:00 (14:30 in Berlin)".
pub(crate) fn moment(report: &Report, pair: &Pair, at: Instant) -> String {
    let when = date::moment(at, &report.zone, report.to.year());
    format!("{when}{}", zones::of(at, report, pair))
}
