//! **Outside the report's hours**, where the promise was not.

use super::{Kind, Threat, about};
use crate::case::Case;
use steadfast_calendar::Slot;

pub(super) fn find(case: &Case<'_>, found: &mut Vec<Threat>) {
    let Some((_, slot)) = case.to_come() else {
        return;
    };
    if case.promise.agreed || within(case, slot) || !within(case, case.promise.promised) {
        return;
    }
    let because = "it now lies outside your report's hours".to_owned();
    found.push(about(case, Kind::OutsideHours, case.one.manager, because));
}

fn within(case: &Case<'_>, slot: Slot) -> bool {
    let Some(report) = case.world.person(case.one.report) else {
        return true;
    };
    let day = slot.start.date(&report.zone);
    let hours = report.hours.on(day, &report.zone);
    hours.is_some_and(|hours| hours.start <= slot.start && slot.end <= hours.end)
}
