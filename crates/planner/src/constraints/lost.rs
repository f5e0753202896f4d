//! **A displaced 1:1 and where it was.**

use super::{Case, Hard};

/// As it is told.
pub(super) const HARD: Hard = Hard {
    id: "lost",
    meaning: "A displaced 1:1 does not go back to the start it had.",
    why: "that place is gone, whether or not the meeting that took it is known",
    file: file!(),
    allows: |case: &Case<'_>| {
        let was = case.current.map(|current| current.start);
        !case.is_displaced || was != Some(case.place.start)
    },
};
