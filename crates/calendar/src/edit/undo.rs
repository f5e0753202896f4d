//! What takes an edit back.

use super::{
    By, Edit,
    answer::{Answer, Reply, given},
    busy, end,
    error::EditError,
    subject::Subject,
};
use crate::{expand::Standing, instant::Instant};

/// The edit that takes `edit` back, from the object as it was before it; `None` when nothing does (an object that went).
///
/// An answer to all occurrences is taken back to the one that the series itself had.
///
/// # Errors
/// As [`super::apply`] of the edit itself.
pub fn undo(before: Option<&[u8]>, edit: &Edit, by: &By<'_>) -> Result<Option<Edit>, EditError> {
    let withdraw = |uid: &str| {
        Ok(Some(Edit::Withdraw {
            uid: uid.to_owned(),
        }))
    };
    let id = match edit {
        Edit::Book(meeting) => return withdraw(&meeting.uid),
        Edit::Hold(hold) => return withdraw(&hold.uid),
        Edit::Withdraw { .. } => return Ok(None),
        Edit::Successor(series) => return withdraw(&series.uid),
        Edit::Reopen { at, .. } => return Ok(Some(Edit::End { from: at.start })),
        Edit::End { from } => {
            let subject = Subject::read(before.ok_or(EditError::NotFound)?)?;
            return end::undo(&subject, *from, by).map(Some);
        }
        Edit::Busy { from } => {
            let subject = Subject::read(before.ok_or(EditError::NotFound)?)?;
            return busy::undo(&subject, *from, by).map(Some);
        }
        Edit::Free { from, .. } => return Ok(Some(Edit::Busy { from: *from })),
        Edit::Answer(answer) => answer.occurrence,
        Edit::Move { occurrence, .. }
        | Edit::Resize { occurrence, .. }
        | Edit::Cancel { occurrence }
        | Edit::Restore { occurrence, .. } => Some(*occurrence),
    };
    let subject = Subject::read(before.ok_or(EditError::NotFound)?)?;
    if let Edit::Answer(answer) = edit {
        return of_answer(&subject, answer, by).map(Some);
    }
    let id = id.ok_or(EditError::NotFound)?;
    of_place(&subject, id, edit, by).map(Some)
}

fn of_place(subject: &Subject, id: Instant, edit: &Edit, by: &By<'_>) -> Result<Edit, EditError> {
    let instance = subject.instance(id, by)?;
    let Some(slot) = instance.slot else {
        return Ok(Edit::Cancel { occurrence: id });
    };
    // A single meeting is known by where it went.
    let single = !subject.repeats();
    let occurrence = match edit {
        Edit::Move { to, .. } | Edit::Restore { to: Some(to), .. } if single => to.start,
        _ => id,
    };
    let as_ruled = matches!(instance.standing, Standing::AsRuled) && !single;
    Ok(Edit::Restore {
        occurrence,
        to: (!as_ruled).then_some(slot),
    })
}

fn of_answer(subject: &Subject, answer: &Answer, by: &By<'_>) -> Result<Edit, EditError> {
    let event = match answer.occurrence {
        Some(id) => {
            let instance = subject.instance(id, by)?;
            subject.series.component(&instance, by.zone).cloned()
        }
        None => {
            let mut all = subject
                .series
                .master
                .iter()
                .chain(&subject.series.overrides);
            all.find(|event| given(event, by).is_some()).cloned()
        }
    };
    let event = event.ok_or(EditError::NotInvited)?;
    let before = given(&event, by).ok_or(EditError::NotInvited)?;
    Ok(Edit::Answer(Answer {
        occurrence: answer.occurrence,
        reply: Reply::of(before),
        comment: None,
        instead: Vec::new(),
    }))
}
