//! **Two 1:1s of a pair on one day.** It is said and nothing is moved for it: where one of the two was put there to make
//! a lost one good, moving it away again would undo that, and making good would bring it back, for ever.

use super::{Kind, Threat, about};
use crate::case::Case;
use steadfast_calendar::Slot;
use steadfast_ledger::case::Who;

pub(super) fn find(case: &Case<'_>, found: &mut Vec<Threat>) {
    let Some((stands, slot)) = case.to_come() else {
        return;
    };
    let Some(report) = case.world.person(case.one.report) else {
        return;
    };
    // What a guard or a plan placed was placed knowing that.
    if case.promise.agreed || stands.changed_by == Who::Plan {
        return;
    }
    let day = slot.start.date(&report.zone);
    let twin = case
        .world
        .around(case.one.report, whole_day(slot))
        .any(|other| {
            other.id != stands.id
                && other.slot.start.date(&report.zone) == day
                && other.part_of.is_some_and(|of| {
                    let of = case.world.promise(of);
                    of.is_some_and(|of| of.one_on_one == case.one.id)
                })
        });
    let moved = slot.start != case.promise.promised.start;
    if twin && moved {
        let because = "two 1:1s of you two are now on one day".to_owned();
        found.push(about(case, Kind::OneDay, case.one.manager, because));
    }
}

/// A day to each side: the local day lies within, whatever the zone.
fn whole_day(slot: Slot) -> Slot {
    Slot::new(slot.start.plus_days(-1), slot.end.plus_days(1))
}
