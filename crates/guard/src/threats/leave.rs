//! **Leave over it**: one of the two is away for half of it or more.

use super::{Kind, Threat, about};
use crate::case::Case;
use crate::debt;

pub(super) fn find(case: &Case<'_>, found: &mut Vec<Threat>) {
    let Some((_, slot)) = case.to_come() else {
        return;
    };
    if case.promise.agreed || !debt::is_away(case, slot) {
        return;
    }
    let manager = debt::is_away_of(case, case.one.manager, slot);
    let because = if manager {
        "you are away then"
    } else {
        "your report is away then"
    };
    let because = because.to_owned();
    found.push(about(case, Kind::Leave, case.one.manager, because));
}
