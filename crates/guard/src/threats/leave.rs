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
    let because = "one of you is away then".to_owned();
    found.push(about(case, Kind::Leave, case.one.manager, because));
}
