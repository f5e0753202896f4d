//! **Outside the own hours.**

use super::{Case, Soft};

/// As it is told.
pub(super) const SOFT: Soft = Soft {
    id: "outside_hours",
    short: |case| {
        let outside = |who: &super::Known| case.count(&who.work) < u32::from(case.length);
        match (outside(case.report), outside(case.manager)) {
            (true, true) => "outside the working hours of both",
            (true, _) => "outside {report}'s working hours",
            _ => "outside {manager}'s working hours",
        }
    },
    meaning: "Each quarter hour outside somebody's own working hours, for two who meet in agreed hours; the report's counts \
              twice.",
    weight: 6,
    why: "the early or late hour is shared where it can be, and leans to the manager: it is the report who could not refuse",
    file: file!(),
    count: |case: &Case<'_>| {
        let outside = |who: &super::Known| u32::from(case.length) - case.count(&who.work);
        outside(case.manager) + 2 * outside(case.report)
    },
};
