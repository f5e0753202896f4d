//! **The manager's own quiet blocks.**

use super::{Case, Soft};

/// As it is told.
pub(super) const SOFT: Soft = Soft {
    id: "manager_quiet",
    short: |_| "in hours that {manager} keeps free for work",
    meaning: "Each quarter hour in a block, short or long, that the manager keeps free for work.",
    weight: 1,
    why: "a manager's work is with their people: worth keeping where it costs nobody anything, and less than any wish of the \
          report",
    file: file!(),
    count: |case: &Case<'_>| case.count(&case.manager.quiet) + case.count(&case.manager.focus),
};
