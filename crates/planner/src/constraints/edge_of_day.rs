//! **The edge of the report's day.**

use super::{Case, Soft};

/// Quarter hours between the start or the end of the day and a 1:1 that is at the edge: what is left of less than an hour
/// is filled with mail, not with work.
const AT_THE_EDGE: i32 = 4;

/// As it is told.
pub(super) const SOFT: Soft = Soft {
    id: "edge_of_day",
    short: |_| "in the middle of {report}'s day",
    meaning: "It lies in the middle of the report's day: more than an hour after its start, more than an hour before its end.",
    weight: 2,
    why: "at the edge it cuts nothing in two; worth half a quarter hour of what the report asked for",
    file: file!(),
    count: |case: &Case<'_>| u32::from(!at_the_edge(case)),
};

fn at_the_edge(case: &Case<'_>) -> bool {
    let weeks = case.place.weeks.bits();
    let off = |at: i32| !case.report.work.has(at, weeks);
    let start = i32::from(case.place.start);
    let end = start + i32::from(case.length);
    (1..=AT_THE_EDGE + 1).any(|away| off(start - away) || off(end - 1 + away))
}
