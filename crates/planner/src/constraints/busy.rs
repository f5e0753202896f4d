//! **Fixed meetings.**

use super::{Case, Hard};

/// As it is told.
pub(super) const HARD: Hard = Hard {
    id: "busy",
    meaning: "Neither of the two has a fixed meeting or an absence in any of its weeks.",
    why: "nobody can be at two places",
    file: file!(),
    allows: |case: &Case<'_>| {
        case.count(&case.manager.busy) == 0 && case.count(&case.report.busy) == 0
    },
};
