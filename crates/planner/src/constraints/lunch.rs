//! **Lunch.**

use super::{Case, Soft};

/// As it is told.
pub(super) const SOFT: Soft = Soft {
    id: "lunch",
    short: |case| match (
        case.count(&case.report.lunch),
        case.count(&case.manager.lunch),
    ) {
        (0, _) => "at {manager}'s lunch",
        (_, 0) => "at {report}'s lunch",
        _ => "at lunch",
    },
    meaning: "Each quarter hour of somebody's lunch; the report's counts twice.",
    weight: 2,
    why: "possible once in a while: of the report's lunch as much as of hours outside what they prefer, of the manager's half \
          of that, who can say no to their own meeting",
    file: file!(),
    count: |case: &Case<'_>| case.count(&case.manager.lunch) + 2 * case.count(&case.report.lunch),
};
