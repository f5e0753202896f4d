//! **Made shorter**: less than four fifths of what was promised, as the ledger counts. One that is over is told only where so little
//! of it stood that it is owed still: nothing else would make it good.

use super::reads::reads;
use super::{Kind, Threat, about};
use crate::case::Case;
use crate::debt;
use steadfast_ledger::rules::cut;

pub(super) fn find(case: &Case<'_>, found: &mut Vec<Threat>) {
    let Some(stands) = case.stands.filter(|_| !case.promise.agreed) else {
        return;
    };
    let slot = stands.slot;
    let is_owed = || {
        // What did not take place at all is told as that.
        let is_told = case.promise.not_held == Some(stands.id);
        slot.end <= case.now && !is_told && debt::is_owed(case)
    };
    if slot.start <= case.now && !is_owed() {
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
