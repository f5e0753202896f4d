//! **Notice.**

use super::{Case, Hard};

/// As it is told.
pub(super) const HARD: Hard = Hard {
    id: "notice",
    meaning: "Nothing is put within the notice from now on, and what is there and can be held stays there.",
    why: "a move that somebody learns of at the last minute is what the planner is there to prevent",
    file: file!(),
    allows: |case: &Case<'_>| {
        if case.stays {
            return case.current == Some(case.place);
        }
        case.from.is_none_or(|from| case.place.first() >= from)
    },
};
