//! **Outside the own hours.**

use super::{Case, Soft};

/// As it is told.
pub(super) const SOFT: Soft = Soft {
    id: "outside_hours",
    short: "outside somebody's own working hours",
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
