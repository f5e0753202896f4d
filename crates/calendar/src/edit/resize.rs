//! One occurrence gets another length; its start stays. A change of the end is one of the time (RFC 5546 §2.1.4).

use super::{By, error::EditError, moved, subject::Subject};
use crate::instant::{Instant, Slot};

pub(super) fn apply(
    subject: &mut Subject,
    occurrence: Instant,
    seconds: u32,
    by: &By<'_>,
) -> Result<(), EditError> {
    let instance = subject.instance(occurrence, by)?;
    let slot = instance.slot.ok_or(EditError::Cancelled)?;
    let to = Slot::new(slot.start, slot.start.plus_seconds(i64::from(seconds)));
    moved::apply(subject, occurrence, to, by)
}
