//! A series ends before one of its occurrences, and goes on again as it did: the first half of moving it for good, and what
//! takes that back. What was before stays as it was, to the letter of its rule.

use super::{
    By, Edit,
    check::before_it,
    error::EditError,
    lines::{Object, Piece},
    subject::{Step, Subject, forget_sendings},
    value::{utc, wall},
    weekly_rule::{plain_weekly, with_part},
};
use crate::{
    event::Event,
    expand::{Instance, expand},
    instant::{Instant, Window},
    when::When,
};
use jiff::tz::TimeZone;
use std::sync::Arc;

/// Days before an occurrence within which the one before it lies: eight weeks, the longest rhythm, and a day.
const DAYS_BEFORE: i64 = 8 * 7 + 1;
/// Days within which a series that goes on has another one.
const DAYS_AFTER: i64 = 370;

/// The series as it is to end: its rule gets an UNTIL (RFC 5545 §3.3.10), the last start that stays, and overrides of
/// later ones go.
pub(super) fn apply(subject: &mut Subject, from: Instant, by: &By<'_>) -> Result<(), EditError> {
    subject.organised(by)?;
    let master = subject.master()?;
    plain_weekly(&subject.series).ok_or(EditError::OddRule)?;
    subject.instance(from, by)?;
    // Of one that was never before there is nothing to be kept, and no rule that could say so.
    let last = last_before(subject, from, by).ok_or(EditError::OddRule)?;
    let gone: Vec<u32> = from_on(subject, from, by)
        .iter()
        .map(|event| event.line)
        .collect();
    subject.object.pieces.retain(|piece| match piece {
        Piece::Event(event) => !gone.contains(&event.number()),
        Piece::Other(_) => true,
    });
    let until = match master.start {
        When::Floating(_) => wall(last.civil(by.zone)),
        _ => utc(last),
    };
    subject.change(&master, by, Step::One, |component, object| {
        component.change("RRULE", object.ending, |line| {
            Some(Some(with_part(&line.said, "UNTIL", Some(&until), true)))
        });
        forget_sendings(component, object);
        Ok(())
    })?;
    before_it(&subject.series, &subject.object.write(), from, by)
}

/// The original start of the last occurrence before that one, whether it stands or not.
fn last_before(subject: &Subject, from: Instant, by: &By<'_>) -> Option<Instant> {
    let window = Window {
        from: from.plus_days(-DAYS_BEFORE),
        to: from,
    };
    let all = expand(&subject.series, by.zone, window).into_iter();
    let ruled = all.filter(|one| one.id < from && one.ruled.is_some());
    ruled.map(|one| one.id).max()
}

/// Overrides of that occurrence and of later ones.
fn from_on(subject: &Subject, from: Instant, by: &By<'_>) -> Vec<Arc<Event>> {
    let home = subject.series.master.as_ref();
    let home = home.map_or(by.zone, |master| master.start.zone(by.zone));
    let is_later = |event: &&Arc<Event>| {
        let id = event.recurrence_id.as_ref();
        id.is_some_and(|id| id.at.instant(home) >= from)
    };
    let all = subject.series.overrides.iter();
    all.filter(is_later).cloned().collect()
}

/// What makes it go on as it did, from the object before it was ended.
pub(super) fn undo(before: &Subject, from: Instant, by: &By<'_>) -> Result<Edit, EditError> {
    let master = before.master()?;
    let at = before.instance(from, by)?.ruled;
    let rule = before.component(&master)?.property("RRULE");
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).ok();
    let overrides = from_on(before, from, by);
    let overrides = overrides.iter().map(|event| {
        let component = before.component(event)?.clone();
        let mut alone = Object::read(b"");
        alone.pieces.push(Piece::Event(component));
        text(&alone.write()).ok_or(EditError::Unreadable)
    });
    Ok(Edit::Reopen {
        at: at.ok_or(EditError::NotFound)?,
        rule: rule
            .and_then(|line| text(&line.said))
            .ok_or(EditError::OddRule)?,
        overrides: overrides.collect::<Result<_, _>>()?,
    })
}

/// The series with that rule again, and with these overrides.
pub(super) fn reopen(
    subject: &mut Subject,
    (from, rule, overrides): (Instant, &str, &[String]),
    by: &By<'_>,
) -> Result<(), EditError> {
    subject.organised(by)?;
    let master = subject.master()?;
    subject.change(&master, by, Step::One, |component, object| {
        component.set("RRULE", "DTSTART", object.line(rule));
        forget_sendings(component, object);
        Ok(())
    })?;
    for text in overrides {
        let whole = format!("BEGIN:VCALENDAR\r\n{text}END:VCALENDAR\r\n");
        let pieces = Object::read(whole.as_bytes()).pieces.into_iter();
        for piece in pieces {
            if let Piece::Event(component) = piece {
                subject.object.push(component);
            }
        }
    }
    // They are newer now than what was said of their absence.
    let mut again = Subject::read(&subject.object.write())?;
    for over in from_on(&again, from, by) {
        again.change(&over, by, Step::One, |component, object| {
            forget_sendings(component, object);
            Ok(())
        })?;
    }
    subject.object = again.object;
    before_it(&subject.series, &subject.object.write(), from, by)
}

/// Whether it has ended: a series, and nothing of it from then on.
pub(super) fn has_ended(subject: &Subject, from: Instant, zone: &TimeZone) -> bool {
    let window = Window {
        from,
        to: from.plus_days(DAYS_AFTER),
    };
    let later = |one: &Instance| one.id >= from;
    subject.series.repeats() && !expand(&subject.series, zone, window).iter().any(later)
}
