//! **The report's shorter quiet blocks.**

use super::{Case, Soft};

/// As it is told.
pub(super) const SOFT: Soft = Soft {
    id: "quiet",
    short: |_| "in a short block that {report} keeps free for work",
    meaning: "Each quarter hour in a block of less than two hours that the report keeps free for work.",
    weight: 3,
    why: "less than two hours may be asked for, at a price near that of a preference",
    file: file!(),
    count: |case: &Case<'_>| case.count(&case.report.quiet),
};
