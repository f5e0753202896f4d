//! "Is it only me?", asked of one's own calendar.

use crate::report::model::{EvidenceKind, Report};
use steadfast_ledger::{
    pairs::{Found, Relationship},
    people::PersonId,
};

/// That a report's own calendars do not hold their manager's other 1:1s: no comparison is not the same as no difference.
/// The server answers it where enough others exist.
pub(super) fn only_me(
    report: &Report,
    found: &Found,
    me: Option<PersonId>,
) -> Option<&'static str> {
    let me = me.filter(|_| report.evidence.kind != EvidenceKind::Server)?;
    let is_mine = |r: &&Relationship| r.report() == Some(me);
    let mut mine = found.relationships.iter().filter(is_mine).peekable();
    mine.peek()?;
    let others = |manager| {
        let mut all = found.relationships.iter();
        all.any(|r| r.manager == manager && r.report() != Some(me))
    };
    (!mine.any(|r| others(r.manager))).then_some(
        "Is it only you? This cannot tell: your manager’s other 1:1s are not on your calendar.",
    )
}
