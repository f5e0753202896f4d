//! **The report's preferred hours.**

use super::{Case, Soft};

/// As it is told.
pub(super) const SOFT: Soft = Soft {
    id: "preferred",
    short: |case| match case.count(&case.report.prefers) {
        0 => "outside the hours {report} prefers",
        _ => "in part outside the hours {report} prefers",
    },
    meaning: "Each quarter hour outside the hours the report prefers for 1:1s, where they named any.",
    weight: 4,
    why: "a report's own word comes before what we guess of them: half an hour outside outweighs all of that; it does not \
          outweigh a move, which breaks a promise",
    file: file!(),
    count: |case: &Case<'_>| {
        if case.report.prefers.is_empty() {
            return 0;
        }
        u32::from(case.length) - case.count(&case.report.prefers)
    },
};
