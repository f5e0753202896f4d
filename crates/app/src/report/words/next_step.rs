//! One quiet line on what could be done now, for the manager who reads.

use super::date::moment;
use super::next::{as_it_stood, of};
use super::{list, name, zones};
use crate::report::model::{NextStep, Pair, Report};
use crate::report::seat::{Seat, other, seat};
use steadfast_calendar::Instant;

const WHEN_ONE_GOES: &str = "When one has to go, a new place before the next one makes it good";

/// Those who would all be told the same.
fn when_one_goes(report: &Report) -> impl Iterator<Item = &Pair> {
    let is_told = |pair: &&Pair| {
        pair.next_step == Some(NextStep::WhenOneGoes) && seat(report, pair) == Seat::Manager
    };
    report.pairs.iter().filter(is_told)
}

/// What would be said of several pairs alike, once: "For the 1:1s with Ana and Ben: when one has to go, …"
pub(crate) fn shared(report: &Report) -> Option<String> {
    let names: Vec<String> = when_one_goes(report)
        .map(|pair| name(other(report, pair)))
        .collect();
    (names.len() > 1).then(|| {
        format!(
            "For the 1:1s with {}: when one has to go, a new place before the next one makes it good.",
            list(&names)
        )
    })
}

/// The one that is owed and its new place, where that stands on the calendar already, before the next promised one.
pub(super) fn in_sight(pair: &Pair) -> Option<(Instant, Instant)> {
    let Some(NextStep::MakeGood { lost, before }) = pair.next_step else {
        return None;
    };
    let place = of(pair).filter(|place| before.is_none_or(|before| *place < before));
    place.map(|place| (lost, place))
}

/// "The one of Tue 17 November, 15:00 is not made good yet; a new place before Tue 24 November, 15:00 would do it." What
/// several would be told alike is left to [`shared`], unless this pair is `alone` on its page.
pub(crate) fn next_step(report: &Report, pair: &Pair, alone: bool) -> Option<String> {
    if seat(report, pair) != Seat::Manager {
        return None;
    }
    let when = |at: Instant| {
        let said = moment(at, &report.zone, report.to.year());
        format!("{said}{}", zones::of(at, report, pair))
    };
    let seen = as_it_stood(report, pair);
    if let Some((lost, place)) = in_sight(pair) {
        return Some(format!(
            "The one of {} is made good once the one of {}{seen} takes place.",
            when(lost),
            when(place)
        ));
    }
    Some(match pair.next_step? {
        NextStep::MakeGood {
            lost,
            before: Some(next),
        } => format!(
            "The one of {} is not made good yet; a new place before {}{seen} would do it.",
            when(lost),
            when(next)
        ),
        NextStep::MakeGood { lost, before: None } => format!(
            "The one of {} is not made good yet; a new place soon would do it.",
            when(lost)
        ),
        NextStep::WhenOneGoes if !alone && when_one_goes(report).nth(1).is_some() => return None,
        NextStep::WhenOneGoes => format!("{WHEN_ONE_GOES}."),
        NextStep::Protect { next } => format!(
            "Something else on your calendar is at the time of the next one, {}{seen}; moving that would keep this.",
            when(next)
        ),
    })
}
