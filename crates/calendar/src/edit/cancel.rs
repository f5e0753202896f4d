//! The organiser cancels one occurrence. One that stands as the series says is taken out of it (EXDATE), which every server
//! turns into a cancellation; one that has an override keeps it, cancelled, so that it can be brought back as it was.

use super::{
    By,
    error::EditError,
    subject::{Step, Subject, forget_sendings},
    value::Form,
};
use crate::{event::Event, expand::Standing, instant::Instant};

pub(super) fn apply(
    subject: &mut Subject,
    occurrence: Instant,
    by: &By<'_>,
) -> Result<(), EditError> {
    subject.organised(by)?;
    let instance = subject.instance(occurrence, by)?;
    match instance.standing {
        Standing::Excluded | Standing::Cancelled(_) => Err(EditError::AlreadySo),
        Standing::Overridden(index) => {
            let over = subject.over(index)?;
            status(subject, &over, by)
        }
        Standing::AsRuled if subject.repeats() => {
            let master = subject.master()?;
            subject.change(&master, by, Step::One, |component, object| {
                let form = Form::of(component, &master.start, by.zone);
                let line = object.line(form.line("EXDATE", occurrence)?);
                component.add("EXDATE", "RRULE", line);
                forget_sendings(component, object);
                Ok(())
            })
        }
        Standing::AsRuled => {
            let master = subject.master()?;
            status(subject, &master, by)
        }
    }
}

fn status(subject: &mut Subject, event: &Event, by: &By<'_>) -> Result<(), EditError> {
    subject.change(event, by, Step::One, |component, object| {
        let line = object.line("STATUS:CANCELLED");
        component.set("STATUS", "SUMMARY", line);
        forget_sendings(component, object);
        Ok(())
    })
}
