//! **Ask before the hand slips**: the owner is told at once, in private, how it reads, with one tap for each way out.

use super::{Asked, Draft};
use crate::debt;
use crate::intent::{Intent, Measure, Undo, What};
use crate::message::{Event, Said, Tap, message};
use crate::slots;
use crate::threats::Kind;
use steadfast_calendar::Slot;
use steadfast_ledger::case::Who;

/// The question to the owner. It reaches nobody else.
pub fn ask(asked: &Asked<'_>) -> Intent {
    let (case, threat) = (asked.case, asked.threat);
    let slots = || -> Vec<Slot> { slots::best(&case, case.now.plus_minutes(15)) };
    let taps = match threat.kind {
        Kind::Overlap | Kind::RunsInto => {
            vec![
                Tap::KeepAndMoveOther,
                Tap::MakeGood(slots()),
                Tap::GiveReason,
                Tap::BothAgreed,
            ]
        }
        Kind::OneDay => vec![Tap::BothAgreed],
        Kind::Wished => vec![Tap::MakeGood(slots())],
        Kind::Moved | Kind::Cut if !debt::is_owed(&case) => {
            vec![Tap::KeepAndMoveOther, Tap::GiveReason, Tap::BothAgreed]
        }
        _ => vec![Tap::MakeGood(slots()), Tap::GiveReason, Tap::BothAgreed],
    };
    let taps = taps
        .into_iter()
        .filter(|tap| !matches!(tap, Tap::MakeGood(slots) if slots.is_empty()));
    let last = case.promise.changes.last().map(|change| change.by);
    // Who did it is said only where it is known, and then as what it is: a change of that calendar.
    let whose = match (threat.kind, last) {
        (Kind::Moved | Kind::Cut | Kind::Cancelled, Some(Who::Manager)) => ", from your calendar",
        (Kind::Moved | Kind::Cut | Kind::Cancelled, Some(Who::Report)) => {
            ", from your report's calendar"
        }
        _ => "",
    };
    let text = format!("About your 1:1: {}{whose}.", threat.because);
    let event = Event::of(threat, Said::Happened);
    let to_owner = message(
        case.world,
        threat.on,
        event,
        (text, taps.collect()),
        case.now,
    );
    asked.intent(Draft {
        measure: Measure::AskFirst,
        what: What::Message(to_owner),
        on: None,
        booker: None,
        free: Vec::new(),
        why: threat.because.clone(),
        undo: Undo::Nothing,
    })
}
