//! **Leave over it**: one of the two is away for half of it or more, whether it stands there or was taken off for that. One that
//! passed under that leave is said of only where it waits for an answer ([`is_past`]).

use super::{Kind, Threat, about};
use crate::case::Case;
use crate::debt;

pub(super) fn find(case: &Case<'_>, found: &mut Vec<Threat>) {
    let slot = match (case.to_come(), case.stands) {
        (Some((_, slot)), _) => slot,
        // What did not take place at all is told as that.
        (None, Some(stands)) if case.promise.not_held == Some(stands.id) => return,
        (None, Some(stands)) if debt::is_owed(case) => stands.slot,
        // Off for that leave, and nobody's doing.
        (None, None) if debt::is_off_for_leave(case) && debt::is_owed(case) => {
            case.promise.promised
        }
        (None, _) => return,
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

/// Whether it stood where it stands until it began. Then a calendar does not know whether the two met, leave or not: nothing is offered
/// for it any more, but what was offered before can be answered.
pub(crate) fn is_past(case: &Case<'_>) -> bool {
    case.stands
        .is_some_and(|stands| stands.slot.start <= case.now)
}
