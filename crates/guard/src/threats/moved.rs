//! **Another time.** It stands, and not where it was promised. A move that a plan made is what both agreed on.

use super::reads::{reads, span};
use super::{Kind, Threat, about};
use crate::case::Case;
use crate::debt;
use steadfast_ledger::case::Who;

/// As much as the ledger calls kept.
const KEPT_SECONDS: i64 = 5 * 60;

pub(super) fn find(case: &Case<'_>, found: &mut Vec<Threat>) {
    let Some((_, slot)) = case.to_come() else {
        return;
    };
    // An extra one is elsewhere by design; only where it makes nothing good any more is that a move.
    let as_planned = case.promise.replaced_by.is_some() && !debt::is_owed(case);
    if as_planned || case.promise.agreed {
        return;
    }
    let promised = case.promise.promised;
    let late = slot.start.seconds_since(promised.start);
    let last = case
        .promise
        .changes
        .iter()
        .rev()
        .find(|change| change.to.is_some_and(|to| to.start != change.from.start));
    let Some(last) = last.filter(|_| late.abs() > KEPT_SECONDS) else {
        return;
    };
    if last.by == Who::Plan {
        return;
    }
    let because = format!("it was moved {}{}", by(late), reads(case, Some(last)));
    found.push(about(case, Kind::Moved, case.one.manager, because));
}

/// "two hours later", from seconds.
fn by(late: i64) -> String {
    let way = if late > 0 { "later" } else { "earlier" };
    format!("{} {way}", span(late.abs() / 60))
}
