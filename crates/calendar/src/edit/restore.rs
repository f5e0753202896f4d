//! One occurrence takes place again, or stands again where it stood. An override is put back and not taken away: to those
//! who were told of it, its absence would say nothing.

use super::{
    By,
    error::EditError,
    moved, parameter,
    subject::{Step, Subject, ask_anew, forget_sendings},
};
use crate::{
    event::Event,
    expand::Standing,
    instant::{Instant, Slot},
    reader::value::moment,
    when::When,
};

pub(super) fn apply(
    subject: &mut Subject,
    occurrence: Instant,
    to: Option<Slot>,
    by: &By<'_>,
) -> Result<(), EditError> {
    subject.organised(by)?;
    let instance = subject.instance(occurrence, by)?;
    let target = to.or(instance.ruled).ok_or(EditError::NotFound)?;
    match instance.standing {
        Standing::AsRuled => moved::apply(subject, occurrence, target, by),
        Standing::Overridden(index) => {
            let over = subject.over(index)?;
            subject.retime(&over, target, by, Step::One)
        }
        Standing::Cancelled(index) => {
            let event = match index {
                Some(index) => subject.over(index)?,
                None if subject.repeats() => return Err(EditError::Cancelled),
                // Brought back elsewhere it would be known by another start: one edit, two things.
                None if instance.ruled != Some(target) => return Err(EditError::Cancelled),
                None => subject.master()?,
            };
            subject.change(&event, by, Step::None, |component, object| {
                let line = object.line("STATUS:CONFIRMED");
                component.set("STATUS", "SUMMARY", line);
                Ok(())
            })?;
            subject.retime(&event, target, by, Step::One)
        }
        Standing::Excluded => {
            let master = subject.master()?;
            include(subject, &master, occurrence, by)?;
            // An override may have stood behind the exclusion, or there is none yet.
            let mut again = Subject::read(&subject.object.write())?;
            let instance = again.instance(occurrence, by)?;
            match instance.standing {
                _ if instance.slot == Some(target) => {}
                Standing::Overridden(index) => {
                    let over = again.over(index)?;
                    again.retime(&over, target, by, Step::One)?;
                }
                Standing::AsRuled => {
                    again.add_override(
                        occurrence,
                        target,
                        by,
                        // The master, from which it is made, has taken the step.
                        Step::None,
                        |component, object| {
                            ask_anew(component, object);
                            Ok(())
                        },
                    )?;
                }
                Standing::Excluded | Standing::Cancelled(_) => return Err(EditError::Cancelled),
            }
            subject.object = again.object;
            Ok(())
        }
    }
}

/// Takes the occurrence out of the master's EXDATEs.
fn include(
    subject: &mut Subject,
    master: &Event,
    occurrence: Instant,
    by: &By<'_>,
) -> Result<(), EditError> {
    let home = master.start.zone(by.zone).clone();
    let day = occurrence.date(&home);
    let names = |when: &When| match when {
        When::Date(date) => *date == day,
        other => other.instant(&home) == occurrence,
    };
    let excluded = master.recurrence.iter().flat_map(|r| &r.except_dates);
    // By place: the reader gives them in the file's order and leaves out what it cannot read.
    let mut gone: Vec<bool> = excluded.map(names).collect();
    subject.change(master, by, Step::One, |component, object| {
        let readable = |value: &&[u8]| moment(value.trim_ascii()).is_ok();
        let lines = component.properties().filter(|line| line.is("EXDATE"));
        let count: usize = lines
            .map(|line| {
                let values = parameter::value(&line.said);
                values.split(|byte| *byte == b',').filter(readable).count()
            })
            .sum();
        if count != gone.len() {
            return Err(EditError::Unreadable);
        }
        // Lines are shown from the last to the first.
        component.change("EXDATE", object.ending, |line| {
            let values: Vec<&[u8]> = parameter::value(&line.said)
                .split(|byte| *byte == b',')
                .collect();
            let readables = values.iter().filter(|value| readable(value)).count();
            let mut here = gone.split_off(gone.len() - readables).into_iter();
            let stays = |value: &&&[u8]| !(readable(value) && here.next() == Some(true));
            let kept: Vec<&[u8]> = values.iter().filter(stays).copied().collect();
            if kept.len() == values.len() {
                return None;
            }
            if kept.is_empty() {
                return Some(None);
            }
            let colon = parameter::value_colon(&line.said).unwrap_or(0);
            let mut said = line.said.get(..=colon).unwrap_or_default().to_vec();
            said.extend_from_slice(&kept.join(&b','));
            Some(Some(said))
        });
        forget_sendings(component, object);
        Ok(())
    })
}
