//! One occurrence stands in another slot: its override is changed, or made from the master; a single meeting is itself
//! changed. Whoever was invited is asked anew.

use super::{
    By,
    error::EditError,
    subject::{Step, Subject, ask_anew},
};
use crate::{
    expand::Standing,
    instant::{Instant, Slot},
};

pub(super) fn apply(
    subject: &mut Subject,
    occurrence: Instant,
    to: Slot,
    by: &By<'_>,
) -> Result<(), EditError> {
    subject.organised(by)?;
    let instance = subject.instance(occurrence, by)?;
    match instance.standing {
        Standing::Excluded | Standing::Cancelled(_) => Err(EditError::Cancelled),
        Standing::Overridden(index) => {
            let over = subject.over(index)?;
            subject.retime(&over, to, by, Step::One)
        }
        Standing::AsRuled if subject.repeats() => {
            subject.add_override(occurrence, to, by, Step::One, |component, object| {
                ask_anew(component, object);
                Ok(())
            })
        }
        Standing::AsRuled => {
            let master = subject.master()?;
            subject.retime(&master, to, by, Step::One)
        }
    }
}
