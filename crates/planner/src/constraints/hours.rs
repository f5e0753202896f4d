//! **Working hours.**

use super::{Case, Hard};

/// As it is told.
pub(super) const HARD: Hard = Hard {
    id: "hours",
    meaning: "The whole 1:1 lies in the working hours of both; or, for two who share less than twenty of them a week, in the \
              hours they agreed on.",
    why: "a 1:1 outside of what somebody agreed to is not at their service",
    file: file!(),
    allows,
};

fn allows(case: &Case<'_>) -> bool {
    let hours = |who: &super::Known| {
        let hours = if case.far_apart {
            &who.agreed
        } else {
            &who.work
        };
        case.count(hours) == u32::from(case.length)
    };
    hours(case.manager) && hours(case.report)
}
