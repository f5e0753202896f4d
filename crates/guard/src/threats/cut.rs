//! **Made shorter**: less than four fifths of what was promised, as the ledger counts.

use super::reads::reads;
use super::{Kind, Threat, about};
use crate::case::Case;
use steadfast_ledger::rules::cut;

pub(super) fn find(case: &Case<'_>, found: &mut Vec<Threat>) {
    let Some((_, slot)) = case.to_come() else {
        return;
    };
    if case.promise.agreed {
        return;
    }
    if cut::of(case.promise.promised, slot).is_some() {
        let because = format!(
            "it was cut to {} of {} minutes{}",
            slot.minutes(),
            case.promise.promised.minutes(),
            reads(case, case.promise.changes.last())
        );
        found.push(about(case, Kind::Cut, case.one.manager, because));
    }
}
