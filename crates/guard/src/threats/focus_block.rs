//! **In a block that the report keeps free for work**, where the promise was not.

use super::{Kind, Threat, about};
use crate::case::Case;
use steadfast_calendar::Slot;

pub(super) fn find(case: &Case<'_>, found: &mut Vec<Threat>) {
    let Some((_, slot)) = case.to_come() else {
        return;
    };
    let touches = |slot: Slot| {
        let report = case.world.person(case.one.report);
        report.is_some_and(|report| report.focus.iter().any(|block| block.overlaps(slot)))
    };
    if !case.promise.agreed && touches(slot) && !touches(case.promise.promised) {
        let because = "it now lies in a block that your report keeps free for work".to_owned();
        found.push(about(case, Kind::FocusBlock, case.one.manager, because));
    }
}
