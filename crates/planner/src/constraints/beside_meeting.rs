//! **Next to a meeting the report already has.**

use super::{Case, Soft};

/// As it is told.
pub(super) const SOFT: Soft = Soft {
    id: "beside_meeting",
    short: |_| "beside no other meeting of {report}'s",
    meaning: "It touches no meeting of the report and not the edge of their day: it breaks up a stretch of work.",
    weight: 2,
    why: "a stretch already broken is broken no further; as much as the edge of the day, which does the same",
    file: file!(),
    count: |case: &Case<'_>| u32::from(!beside(case)),
};

fn beside(case: &Case<'_>) -> bool {
    let weeks = case.place.weeks.bits();
    let start = i32::from(case.place.start);
    let around = [start - 1, start + i32::from(case.length)];
    around
        .into_iter()
        .any(|at| case.report.meetings.has(at, weeks) || !case.report.work.has(at, weeks))
}
