//! **Outside the report's hours**, where the promise was not. Of hours that nobody said nothing is outside.

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
    let report = case.world.person(case.one.report);
    let Some(report) = report.filter(|report| report.hours_said) else {
        return true;
    };
    let day = slot.start.date(&report.zone);
    let hours = report.hours.on(day, &report.zone);
    hours.is_some_and(|hours| hours.start <= slot.start && slot.end <= hours.end)
}
