//! **Another time.** It stands, and not where it was promised. A move that a plan made is what both agreed on.

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
    let mut because = format!("it was moved {}", by(late));
    let notice = last.from.start.minutes_since(last.at);
    if notice < 24 * 60 {
        because += &format!(", {} before the start", span(notice.max(0)));
    }
    let disrupted = case.one.recent.iter().filter(|one| **one).count();
    if disrupted > 0 {
        let of = case.one.recent.len() + 1;
        because += &format!(
            " (with it, {} of the last {of} did not stand)",
            disrupted + 1
        );
    }
    found.push(about(case, Kind::Moved, case.one.manager, because));
}

/// "two hours later", from seconds.
fn by(late: i64) -> String {
    let way = if late > 0 { "later" } else { "earlier" };
    format!("{} {way}", span(late.abs() / 60))
}

/// Minutes in words.
fn span(minutes: i64) -> String {
    let (count, unit) = match minutes {
        0..=119 => (minutes, "minutes"),
        120..=2879 => (minutes / 60, "hours"),
        _ => (minutes / 1440, "days"),
    };
    format!("{count} {unit}")
}
