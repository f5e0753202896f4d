//! Whether an object says what an edit means, and nothing else has changed: by our own reader.

use super::{
    By, Edit,
    answer::{Answer, given},
    busy,
    end::has_ended,
    error::EditError,
    subject::Subject,
};
use crate::{
    expand::{Instance, expand},
    instant::{Instant, Slot, Window},
    series::Series,
};

/// How far around an edited occurrence its neighbours are looked at: a yearly series has one within it on each side.
const DAYS_AROUND: i64 = 370;

/// Whether an object says what the edit means: whether it was carried out, by whomever. `None`: there is no object.
pub fn holds(object: Option<&[u8]>, edit: &Edit, by: &By<'_>) -> bool {
    let Some(object) = object else {
        return matches!(edit, Edit::Withdraw { .. });
    };
    let Ok(subject) = Subject::read(object) else {
        return false;
    };
    let stands = |id: Instant| subject.instance(id, by).ok();
    let at = |id: Instant| stands(id).and_then(|instance| instance.slot);
    match edit {
        // A single meeting has no identity but its start, which is what moves.
        Edit::Move { to, .. } if !subject.repeats() => at(to.start) == Some(*to),
        Edit::Move { occurrence, to } => at(*occurrence) == Some(*to),
        Edit::Resize {
            occurrence,
            seconds,
        } => at(*occurrence).is_some_and(|slot| slot.seconds() == i64::from(*seconds)),
        Edit::Cancel { occurrence } => {
            stands(*occurrence).is_some_and(|instance| instance.slot.is_none())
        }
        Edit::Restore { to: Some(slot), .. } if !subject.repeats() => at(slot.start) == Some(*slot),
        Edit::Restore { occurrence, to } => stands(*occurrence).is_some_and(|instance| {
            let target = to.or(instance.ruled);
            target.is_some() && instance.slot == target
        }),
        Edit::Answer(answer) => answered(&subject, answer, by),
        Edit::Book(meeting) => {
            // Of a series the second stands where the first one's clock puts it.
            let repeats_so = meeting.weekly.map_or(!subject.repeats(), |weekly| {
                let second = weekly.after(meeting.slot, by.zone);
                second.is_some_and(|second| at(second.start) == Some(second))
            });
            repeats_so && is_new(&subject, &meeting.uid, meeting.slot, by)
        }
        Edit::End { from } => has_ended(&subject, *from, by.zone),
        Edit::Reopen { at, .. } => {
            stands(at.start).is_some_and(|instance| instance.ruled == Some(*at))
        }
        Edit::Successor(series) => {
            subject.series.repeats() && is_new(&subject, &series.uid, series.slot, by)
        }
        Edit::Hold(hold) => is_new(&subject, &hold.uid, hold.slot, by),
        Edit::Busy { from } => busy::is_busy(&subject, *from, by),
        Edit::Free { again, .. } => busy::is_back(&subject, again, by),
        Edit::Withdraw { .. } => false,
    }
}

fn is_new(subject: &Subject, uid: &str, slot: Slot, by: &By<'_>) -> bool {
    let stands = subject.instance(slot.start, by);
    *subject.series.uid == *uid && stands.is_ok_and(|instance| instance.slot == Some(slot))
}

fn answered(subject: &Subject, answer: &Answer, by: &By<'_>) -> bool {
    let says = |given| given == Some(answer.reply.read());
    match answer.occurrence {
        Some(id) => subject.instance(id, by).is_ok_and(|instance| {
            let component = subject.series.component(&instance, by.zone);
            component.is_some_and(|event| says(given(event, by)))
        }),
        None => {
            let all = subject
                .series
                .master
                .iter()
                .chain(&subject.series.overrides);
            let mut own = all.filter_map(|event| given(event, by)).peekable();
            own.peek().is_some() && own.all(|given| says(Some(given)))
        }
    }
}

/// Refuses a new text in which another occurrence than `changed` is not as it was.
pub(super) fn nothing_else(
    before: &Series,
    text: &[u8],
    changed: Option<Instant>,
    by: &By<'_>,
) -> Result<(), EditError> {
    let after = Subject::read(text).map_err(|_| EditError::NotAsMeant)?;
    if after.series.uid != before.uid {
        return Err(EditError::NotAsMeant);
    }
    // A single meeting that moves takes its identity along.
    if !after.repeats() && changed.is_some() {
        return Ok(());
    }
    let middle = changed.unwrap_or(by.now);
    let window = Window {
        from: middle.plus_days(-DAYS_AROUND),
        to: middle.plus_days(DAYS_AROUND),
    };
    let others = |series: &Series| -> Vec<(Instant, Option<Slot>, Option<Slot>)> {
        let other = |instance: &Instance| Some(instance.id) != changed;
        let all = expand(series, by.zone, window).into_iter().filter(other);
        all.map(|i| (i.id, i.ruled, i.slot)).collect()
    };
    if others(before) == others(&after.series) {
        return Ok(());
    }
    Err(EditError::NotAsMeant)
}

/// Refuses a new text in which an occurrence before `from` is not as it was.
pub(super) fn before_it(
    before: &Series,
    text: &[u8],
    from: Instant,
    by: &By<'_>,
) -> Result<(), EditError> {
    let after = Subject::read(text).map_err(|_| EditError::NotAsMeant)?;
    let window = Window {
        from: from.plus_days(-DAYS_AROUND),
        to: from,
    };
    let earlier = |series: &Series| -> Vec<(Instant, Option<Slot>, Option<Slot>)> {
        let all = expand(series, by.zone, window).into_iter();
        let all = all.filter(|one| one.id < from);
        all.map(|i| (i.id, i.ruled, i.slot)).collect()
    };
    if after.series.uid == before.uid && earlier(before) == earlier(&after.series) {
        return Ok(());
    }
    Err(EditError::NotAsMeant)
}
