//! One quiet line on what could be done now, for the manager who reads.

use super::date::moment;
use super::zones;
use crate::report::model::{NextStep, Pair, Report};
use crate::report::seat::{Seat, seat};
use steadfast_calendar::Instant;

/// "The one of Tue 17 November, 15:00 is not made good yet; a new place before Tue 24 November, 15:00 would do it."
pub(crate) fn next_step(report: &Report, pair: &Pair) -> Option<String> {
    if seat(report, pair) != Seat::Manager {
        return None;
    }
    let when = |at: Instant| {
        let said = moment(at, &report.zone, report.to.year());
        format!("{said}{}", zones::of(at, report, pair))
    };
    Some(match pair.next_step? {
        NextStep::MakeGood {
            lost,
            before: Some(next),
        } => format!(
            "The one of {} is not made good yet; a new place before {} would do it.",
            when(lost),
            when(next)
        ),
        NextStep::MakeGood { lost, before: None } => format!(
            "The one of {} is not made good yet; a new place soon would do it.",
            when(lost)
        ),
        NextStep::WhenOneGoes => {
            "When one has to go, a new place before the next one makes it good.".to_owned()
        }
        NextStep::Protect { next } => format!(
            "You have accepted something else at the time of the next one, {}; moving that would keep this.",
            when(next)
        ),
    })
}
