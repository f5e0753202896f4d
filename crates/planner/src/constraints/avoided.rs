//! **Hours that are not liked.**

use super::{Case, Soft};

/// The report's word counts as three of the manager's.
const REPORT: u32 = 3;

/// As it is told.
pub(super) const SOFT: Soft = Soft {
    id: "avoided",
    short: |case| match case.count(&case.report.avoids) {
        0 => "in hours {manager} would rather keep free",
        _ => "in hours {report} would rather keep free",
    },
    meaning: "Each quarter hour in hours or days that somebody would rather keep free of 1:1s: 3 for the report's, 1 for the \
              manager's.",
    weight: 1,
    why: "half an hour that the report named outweighs all that we guess of them; the manager's leaning decides between \
          places that are else alike",
    file: file!(),
    count: |case: &Case<'_>| {
        case.count(&case.manager.avoids) + REPORT * case.count(&case.report.avoids)
    },
};
