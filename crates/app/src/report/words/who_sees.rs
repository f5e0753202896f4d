//! Who sees what is told here: said on the report itself, for whoever wonders whether to show it, and to whom it was shown.

use super::list;
use crate::report::model::{EvidenceKind, Pair, Report, Side};
use crate::report::seat::{Seat, other, seat};
use std::collections::BTreeSet;

/// Others named one by one; of more it is said in one word.
const NAMED: usize = 2;

/// Each a sentence: where it was made and from what, and what the others can see of it. Nothing on a server, where more people
/// read, each their own.
pub(crate) fn who_sees(report: &Report) -> Vec<String> {
    if report.evidence.kind == EvidenceKind::Server {
        return Vec::new();
    }
    let several = report.evidence.snapshots > 1 || report.calendars_of.len() > 1;
    let made = match (report.evidence.fetched, several) {
        (true, _) => {
            "Made on this machine from what the calendar’s server gave; nothing was written there, and nobody is told of it."
        }
        (false, false) => {
            "Made on this machine from the one calendar you gave; it was sent nowhere, and nobody is told of it."
        }
        (false, true) => {
            "Made on this machine from the calendars you gave; it was sent nowhere, and nobody is told of it."
        }
    };
    vec![made.to_owned(), others(report)]
}

/// What the others can see.
fn others(report: &Report) -> String {
    let side = report.me.as_ref().map(|me| me.side);
    let Some(side) = side.filter(|side| *side != Side::Both) else {
        return "What those in it can see of it is what stands on their own calendars, and no more.".to_owned();
    };
    let told = |pair: &&Pair| match side {
        Side::Report => seat(report, pair) == Seat::Report,
        Side::Manager | Side::Both => seat(report, pair) == Seat::Manager,
    };
    let with: BTreeSet<String> = report
        .pairs
        .iter()
        .filter(told)
        .map(|pair| super::name(other(report, pair)))
        .collect();
    let who: Vec<String> = with.into_iter().collect();
    match (who.as_slice(), side) {
        ([], _) => {
            "What others can see of it is what stands on their own calendars, and no more."
                .to_owned()
        }
        ([one], _) => format!(
            "What {one} can see of it is what stands on {one}’s own calendar: your 1:1s, and when they changed."
        ),
        (named, _) if named.len() <= NAMED => format!(
            "What {} can see of it is what stands on their own calendars: their 1:1s with you, and when these changed.",
            list(named)
        ),
        (_, Side::Report) => {
            "What the others can see of it is what stands on their own calendars: their 1:1s with you, and when these changed."
                .to_owned()
        }
        _ => {
            "What your reports can see of it is what stands on their own calendars: their 1:1s with you, and when these changed."
                .to_owned()
        }
    }
}
