//! When the next one is, of a pair that goes on.

use super::date;
use super::next_step;
use super::zones;
use crate::report::model::{NextStep, Pair, Report};
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
    Some(format!("Next: {}.", moment(report, pair, next)))
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
