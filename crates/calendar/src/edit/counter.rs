//! An answer that says when it would suit instead, as a message: a counter-proposal (COUNTER, RFC 5546 §3.2.7), which describes
//! the meeting as its organiser could make it.
//!
//! It takes the place of the REPLY. RFC 5546 has both come from the attendee to the organiser about the same invitation, and
//! the attendee's PARTSTAT stands in both: two messages would be one answer told twice, and a program that files each of them
//! would ask its reader twice. So there is one, with the answer in it. A program that knows no COUNTER leaves the answer as it
//! stands there and shows the mail, whose words say both.

use super::{
    By,
    answer::{Answer, Reply},
    lines::Component,
    subject::{Subject, place},
    value::Form,
};
use crate::instant::Slot;

/// What a counter-proposal says. Beside what an answer says it names the place: a complete description is wanted, and what is
/// left out of it would be read as proposed away.
pub(super) const COUNTER: &[&str] = &[
    "UID",
    "DTSTAMP",
    "SEQUENCE",
    "RECURRENCE-ID",
    "DTSTART",
    "DTEND",
    "DURATION",
    "SUMMARY",
    "LOCATION",
    "ORGANIZER",
    "ATTENDEE",
    "COMMENT",
];

/// The meeting of an answer at the best of the other times, and where it stands. `answered`: what the answer is about, with
/// its RECURRENCE-ID where it is one of a series.
///
/// `None` where it stays an answer: nothing else suits, or it is coming, or it is to a whole series (which no single start and
/// end says), or the meeting's own clock cannot say that time (days without hours).
pub(super) fn of(
    subject: &Subject,
    answered: &[Component],
    answer: &Answer,
    by: &By<'_>,
) -> Option<(Component, Slot)> {
    let best = *answer.instead.first()?;
    let [component] = answered else {
        return None;
    };
    if !matches!(answer.reply, Reply::Declined | Reply::Tentative) {
        return None;
    }
    let id = match answer.occurrence {
        Some(id) => id,
        None if subject.repeats() => return None,
        None => subject.master().ok()?.start.instant(by.zone),
    };
    let instance = subject.instance(id, by).ok()?;
    let event = subject.series.component(&instance, by.zone)?;
    let stands = instance.slot.filter(|slot| *slot != best)?;
    let mut component = component.clone();
    let form = Form::of(&component, &event.start, by.zone);
    place(&mut component, &subject.object, &form, best).ok()?;
    // It echoes that of the invitation; where none stands it is 0 (RFC 5545 §3.8.7.4).
    if component.property("SEQUENCE").is_none() {
        let line = subject.object.line("SEQUENCE:0");
        component.set("SEQUENCE", "DTSTAMP", line);
    }
    Some((component, stands))
}
