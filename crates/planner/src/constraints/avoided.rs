//! **Hours that are not liked.**

use super::{Case, Soft};

/// As it is told.
pub(super) const SOFT: Soft = Soft {
    id: "avoided",
    meaning: "Each quarter hour in hours or days that the manager or the report would rather keep free of 1:1s.",
    weight: 1,
    why: "a leaning, so that it decides between places that are else alike",
    file: file!(),
    count: |case: &Case<'_>| case.count(&case.manager.avoids) + case.count(&case.report.avoids),
};
