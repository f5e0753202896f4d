//! What an edit says to the others by mail, where no calendar server says it: an iTIP message (RFC 5546), as the text/calendar
//! part of RFC 6047. It is made from the object as it was read back, so that it says what stands there.
//!
//! Only what a meeting is goes out: when, where, who, its title. Descriptions, alarms, attachments and properties of other
//! programs stay with their owner; a description of ours is what its owner approved, and goes with a booking, unlike one that
//! a booking took over from the one that it stands for.

use super::{
    Answer, By, Edit, counter,
    error::EditError,
    lines::{Component, Object, Piece},
    parameter,
    sent_by::is_of_attendee,
    subject::{Step, Subject},
    texts::escaped,
    value::{Form, utc},
};
use crate::{
    event::Event,
    expand::Standing,
    instant::{Instant, Slot},
};
use std::sync::Arc;

/// An iTIP message.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Itip {
    /// `REQUEST`, `REPLY`, `COUNTER` or `CANCEL`; the same stands in the text.
    pub method: &'static str,
    /// In whose name: the organiser, or whoever answers, by the address that stands in the meeting.
    pub from: String,
    /// Whom it is for: those invited, or the organiser. Lower case, without `mailto:`.
    pub to: Vec<String>,
    /// The iCalendar text.
    pub text: Vec<u8>,
    /// Of a COUNTER: where the meeting stands; the text says where it could.
    pub countered: Option<Slot>,
}

/// What a meeting is.
const MEETING: &[&str] = &[
    "UID",
    "DTSTAMP",
    "LAST-MODIFIED",
    "CREATED",
    "SEQUENCE",
    "RECURRENCE-ID",
    "DTSTART",
    "DTEND",
    "DURATION",
    "RRULE",
    "RDATE",
    "EXDATE",
    "SUMMARY",
    "LOCATION",
    "STATUS",
    "TRANSP",
    "CLASS",
    "ORGANIZER",
    "ATTENDEE",
];

/// What an answer says (RFC 5546 §3.2.3).
const REPLY: &[&str] = &[
    "UID",
    "DTSTAMP",
    "SEQUENCE",
    "RECURRENCE-ID",
    "DTSTART",
    "DTEND",
    "DURATION",
    "SUMMARY",
    "ORGANIZER",
    "ATTENDEE",
    "COMMENT",
];

/// The message of an edit that was carried out: `object` is what stands there since; of an object that was withdrawn, what
/// stood there.
///
/// # Errors
/// [`EditError`], where there is nobody to be told, or nothing that can be said.
pub fn itip(object: &[u8], edit: &Edit, by: &By<'_>) -> Result<Itip, EditError> {
    let mut subject = Subject::read(object)?;
    let mut countered = None;
    let (method, components) = match edit {
        Edit::Answer(answer) => {
            let answered = reply(&mut subject, answer.occurrence, by)?;
            match counter::of(&subject, &answered, answer, by) {
                Some((proposed, stands)) => {
                    countered = Some(stands);
                    ("COUNTER", vec![proposed])
                }
                None => ("REPLY", answered),
            }
        }
        Edit::Cancel { occurrence } => ("CANCEL", vec![cancelled(&subject, *occurrence, by)?]),
        Edit::Withdraw { .. } => ("CANCEL", vec![withdrawn(&subject, by)?]),
        Edit::Book(_) | Edit::Successor(_) | Edit::End { .. } | Edit::Reopen { .. } => {
            ("REQUEST", all(&subject)?)
        }
        Edit::Move { to, .. } if !subject.repeats() => {
            ("REQUEST", one(&mut subject, to.start, by)?)
        }
        Edit::Move { occurrence, .. }
        | Edit::Resize { occurrence, .. }
        | Edit::Restore { occurrence, .. } => ("REQUEST", one(&mut subject, *occurrence, by)?),
        Edit::Hold(_) | Edit::Busy { .. } | Edit::Free { .. } => return Err(EditError::Impossible),
    };
    if !is_of_attendee(method) {
        subject.organised(by)?;
    }
    let is_booked = matches!(edit, Edit::Book(meeting) if !meeting.text.is_empty());
    let ending = subject.object.ending;
    let components: Vec<Component> = components
        .into_iter()
        .map(|component| told(component, method, is_booked, ending, by))
        .map(|component| match edit {
            Edit::Answer(answer) => with_words(component, answer, &subject.object),
            _ => component,
        })
        .collect();
    let addresses = |property: &str| -> Vec<String> {
        let lines = components.iter().flat_map(Component::properties);
        lines
            .filter(|line| line.is(property))
            .map(|line| parameter::address(&line.said))
            .collect()
    };
    let (ours, theirs) = if is_of_attendee(method) {
        ("ATTENDEE", "ORGANIZER")
    } else {
        ("ORGANIZER", "ATTENDEE")
    };
    let mut own = addresses(ours).into_iter();
    let from = own
        .find(|address| by.is(address))
        .ok_or(EditError::NotTheOrganizer)?;
    let mut to = addresses(theirs);
    to.retain(|address| !by.is(address));
    to.sort_unstable();
    to.dedup();
    if to.is_empty() {
        return Err(EditError::Impossible);
    }
    let text = written(&subject.object, method, components);
    Ok(Itip {
        method,
        from,
        to,
        text,
        countered,
    })
}

/// All components.
fn all(subject: &Subject) -> Result<Vec<Component>, EditError> {
    let series = &subject.series;
    let events = series.master.iter().chain(&series.overrides);
    events
        .map(|event| subject.component(event).cloned())
        .collect()
}

/// One occurrence, as a component of its own where it is one of a series: the others are not asked anew.
fn one(subject: &mut Subject, id: Instant, by: &By<'_>) -> Result<Vec<Component>, EditError> {
    let instance = subject.instance(id, by)?;
    match instance.standing {
        Standing::Excluded | Standing::Cancelled(_) => Err(EditError::Cancelled),
        Standing::Overridden(index) => {
            let over = subject.over(index)?;
            Ok(vec![subject.component(&over)?.clone()])
        }
        Standing::AsRuled if subject.repeats() => {
            let slot = instance.slot.ok_or(EditError::Cancelled)?;
            subject.add_override(id, slot, by, Step::None, |_, _| Ok(()))?;
            Ok(last(&subject.object).into_iter().collect())
        }
        Standing::AsRuled => all(subject),
    }
}

fn last(object: &Object) -> Option<Component> {
    object.pieces.iter().rev().find_map(|piece| match piece {
        Piece::Event(event) => Some(event.clone()),
        Piece::Other(_) => None,
    })
}

fn reply(
    subject: &mut Subject,
    occurrence: Option<Instant>,
    by: &By<'_>,
) -> Result<Vec<Component>, EditError> {
    if let Some(id) = occurrence {
        return one(subject, id, by);
    }
    let series = &subject.series;
    let is_invited = |event: &&Arc<Event>| {
        let mut own = event.attendees.iter();
        own.any(|attendee| by.is(&attendee.address))
    };
    let events = series.master.iter().chain(&series.overrides);
    events
        .filter(is_invited)
        .map(|event| subject.component(event).cloned())
        .collect()
}

/// One occurrence that does not take place any more, wherever that stands.
fn cancelled(subject: &Subject, id: Instant, by: &By<'_>) -> Result<Component, EditError> {
    let object = &subject.object;
    let standing = subject.instance(id, by).map(|one| one.standing);
    let event = match standing {
        Ok(Standing::Cancelled(Some(index)) | Standing::Overridden(index)) => subject.over(index),
        _ => Err(EditError::NotFound),
    };
    let mut component = match &event {
        Ok(over) => subject.component(over)?.clone(),
        Err(_) => {
            let master = subject.master()?;
            let mut component = subject.component(&master)?.clone();
            if subject.repeats() {
                let form = Form::of(&component, &master.start, by.zone);
                let (which, start) = (form.line("RECURRENCE-ID", id)?, form.line("DTSTART", id)?);
                component.remove(&["RRULE", "RDATE", "EXRULE", "EXDATE", "DTEND", "DURATION"]);
                component.set("RECURRENCE-ID", "UID", object.line(which));
                component.set("DTSTART", "UID", object.line(start));
            }
            component
        }
    };
    component.set("STATUS", "SUMMARY", object.line("STATUS:CANCELLED"));
    Ok(component)
}

/// A booking that is taken back.
fn withdrawn(subject: &Subject, by: &By<'_>) -> Result<Component, EditError> {
    let master = subject.master()?;
    let object = &subject.object;
    let mut component = subject.component(&master)?.clone();
    let sequence = master.sequence.saturating_add(1);
    component.set("STATUS", "SUMMARY", object.line("STATUS:CANCELLED"));
    component.set(
        "SEQUENCE",
        "DTSTAMP",
        object.line(format!("SEQUENCE:{sequence}")),
    );
    component.set(
        "DTSTAMP",
        "UID",
        object.line(format!("DTSTAMP:{}", utc(by.now))),
    );
    Ok(component)
}

/// What of a component goes out.
fn told(
    mut component: Component,
    method: &str,
    is_booked: bool,
    ending: &[u8],
    by: &By<'_>,
) -> Component {
    let names = match method {
        "REPLY" => REPLY,
        "COUNTER" => counter::COUNTER,
        _ => MEETING,
    };
    let mut kept = names.to_vec();
    if is_booked {
        kept.push("DESCRIPTION");
    }
    component.keep(&kept);
    for name in ["ORGANIZER", "ATTENDEE"] {
        component.change(name, ending, |line| {
            let of_others = name == "ATTENDEE" && !by.is(&parameter::address(&line.said));
            if is_of_attendee(method) && of_others {
                return Some(None);
            }
            // How a server came to tell them is its own business.
            let mut said = line.said.clone();
            for own in ["SCHEDULE-STATUS", "SCHEDULE-AGENT", "SCHEDULE-FORCE-SEND"] {
                said = parameter::with(&said, own, None);
            }
            Some(Some(said))
        });
    }
    component
}

/// With the words of this answer, and none of an earlier one that stand there still: what was taken back is not said again.
fn with_words(mut component: Component, answer: &Answer, object: &Object) -> Component {
    component.remove(&["COMMENT"]);
    if let Some(comment) = &answer.comment {
        let line = object.line(format!("COMMENT:{}", escaped(comment)));
        component.add("COMMENT", "SUMMARY", line);
    }
    component
}

/// The object with these components alone, and with its method; zones stay.
fn written(object: &Object, method: &str, components: Vec<Component>) -> Vec<u8> {
    let mut out = Object {
        pieces: Vec::new(),
        ending: object.ending,
    };
    let mut has_method = false;
    for piece in &object.pieces {
        let Piece::Other(line) = piece else {
            continue;
        };
        if line.is("METHOD") {
            continue;
        }
        out.pieces.push(piece.clone());
        if line.is("VERSION") && !has_method {
            out.pieces
                .push(Piece::Other(object.line(format!("METHOD:{method}"))));
            has_method = true;
        }
    }
    let end = out
        .pieces
        .iter()
        .rposition(|piece| matches!(piece, Piece::Other(line) if line.is("END")));
    let at = end.unwrap_or(out.pieces.len());
    let tail = out.pieces.split_off(at);
    out.pieces.extend(components.into_iter().map(Piece::Event));
    out.pieces.extend(tail);
    out.write()
}
