//! **Notice.**

use super::{Case, Hard};

/// As it is told.
pub(super) const HARD: Hard = Hard {
    id: "notice",
    meaning: "Nothing is put within the notice from now on, and what is there stays: only its present place is possible.",
    why: "a move that somebody learns of at the last minute is what the planner is there to prevent",
    file: file!(),
    allows,
};

fn allows(case: &Case<'_>) -> bool {
    let Some(from) = case.from else { return true };
    match case.current {
        Some(current) if current.start < from => current.start == case.place.start,
        _ => case.place.start >= from,
    }
}
