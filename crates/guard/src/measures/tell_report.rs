//! **Tell the report** what happened and why, if the manager said why, where no other time can be offered.

use super::{Asked, Draft, Remedy};
use crate::debt;
use crate::intent::{Measure, Undo, What};
use crate::message::{Event, Said, message};
use crate::slots;
use crate::threats::Kind;
use steadfast_ledger::case::Who;

pub(super) fn find(asked: &Asked<'_>) -> Option<Remedy> {
    let case = asked.case;
    let happened = match asked.threat.kind {
        Kind::Cancelled | Kind::SeriesGone => "Your 1:1 was taken off",
        Kind::Cut => "Your 1:1 was made shorter",
        _ => return None,
    };
    let own_change = case
        .promise
        .changes
        .last()
        .is_some_and(|change| change.by == Who::Report);
    let offered = || !slots::best(&case, case.now).is_empty();
    if own_change
        || !debt::is_owed(&case)
        || offered()
        || asked.own.offer(case.promise.id).is_some()
    {
        return None;
    }
    let why = match &case.promise.reason {
        Some(reason) => format!(": \"{reason}\""),
        None => String::new(),
    };
    let text = format!("{happened}{why}. No time before the next one is free for both of you.");
    let event = Event::of(asked.threat, Said::Happened);
    let tell = message(
        case.world,
        case.one.report,
        event,
        (text, Vec::new()),
        case.now,
    );
    let intent = asked.intent(Draft {
        measure: Measure::TellReport,
        what: What::Message(tell),
        on: None,
        booker: None,
        free: Vec::new(),
        why: asked.threat.because.clone(),
        undo: Undo::Nothing,
    });
    Some(Remedy {
        measure: Measure::TellReport,
        intents: vec![intent],
    })
}
