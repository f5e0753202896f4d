//! **Leave over it**: one of the two is away for half of it or more, whether it stands there or was taken off for that.

use super::{Kind, Threat, about};
use crate::case::Case;
use crate::debt;

pub(super) fn find(case: &Case<'_>, found: &mut Vec<Threat>) {
    let slot = match case.to_come() {
        Some((_, slot)) => slot,
        // Off for that leave, and nobody's doing.
        None if debt::is_off_for_leave(case) && debt::is_owed(case) => case.promise.promised,
        None => return,
    };
    if case.promise.agreed || !debt::is_away(case, slot) {
        return;
    }
    let manager = debt::is_away_of(case, case.one.manager, slot);
    let is_over = slot.end <= case.now;
    let who = match (manager, is_over) {
        (true, false) => "you are away then",
        (true, true) => "you were away then",
        (false, false) => "your report is away then",
        (false, true) => "your report was away then",
    };
    let off = match (case.stands, is_over) {
        (Some(_), _) => "",
        (None, false) => ", and it is off the calendar",
        (None, true) => ", and it was off the calendar",
    };
    let because = format!("{who}{off}");
    found.push(about(case, Kind::Leave, case.one.manager, because));
}
