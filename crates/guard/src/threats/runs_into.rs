//! **The meeting before runs into it**: it begins before the 1:1 and ends within its first third.

use super::{Kind, Threat, overlap};
use crate::case::Case;
use crate::world::meeting::Meeting;

/// Up to this part of the 1:1 the other meeting is the one before; beyond it, it is another one at the same time.
const PART: i64 = 3;

pub(super) fn find(case: &Case<'_>, found: &mut Vec<Threat>) {
    overlap::with_others(case, |person, other, answer| {
        if is_the_one_before(case, other) {
            let late = case
                .stands
                .map_or(0, |stands| stands.slot.overlap_seconds(other.slot) / 60);
            let because =
                format!("the meeting before it ends {late} minutes after the 1:1 is to begin");
            found.push(overlap::threat(
                case,
                Kind::RunsInto,
                (person, other, answer),
                because,
            ));
        }
    });
}

/// Whether it begins before the 1:1 and takes no more than a third of it.
pub(super) fn is_the_one_before(case: &Case<'_>, other: &Meeting) -> bool {
    case.stands.is_some_and(|stands| {
        other.slot.start < stands.slot.start
            && other.slot.overlap_seconds(stands.slot) * PART <= stands.slot.seconds()
    })
}
