//! **Focus blocks.**

use super::{Case, Hard};

/// A block kept free for work counts as focus from this many quarter hours on.
pub const FROM_QUARTERS: i32 = 8;

/// As it is told.
pub(super) const HARD: Hard = Hard {
    id: "focus",
    meaning: "It never lies in a block of two hours or more that the report keeps free for work.",
    why: "two hours in one piece are the scarcest thing a maker has; half an hour in their middle takes all of them",
    file: file!(),
    allows: |case: &Case<'_>| case.count(&case.report.focus) == 0,
};
