//! The object an edit is about: its text, and what it says.

use super::{
    By,
    error::EditError,
    lines::{Component, Object},
    parameter,
    value::{Form, utc},
};
use crate::{
    event::Event,
    expand::{Instance, expand},
    instant::{Instant, Slot, Window},
    reader::Reader,
    series::{Series, group},
};
use std::sync::Arc;

/// Properties of a series that an override does not have (RFC 5545 §3.8.4.4).
const OF_SERIES: &[&str] = &["RRULE", "RDATE", "EXRULE", "EXDATE"];

/// An object, and the series it says.
#[derive(Debug)]
pub(super) struct Subject {
    pub(super) object: Object,
    pub(super) series: Series,
}

/// Whether a change is one for which SEQUENCE grows.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Step {
    /// It is (RFC 5546 §2.1.4).
    One,
    /// It is not, or has grown for the same edit already.
    None,
}

impl Subject {
    /// Reads an object that is to be edited.
    pub(super) fn read(bytes: &[u8]) -> Result<Self, EditError> {
        let calendar = Reader::read(bytes);
        if !calendar.complete {
            return Err(EditError::Unreadable);
        }
        let count = calendar.events.len();
        let mut all = group(calendar.events);
        let series = match (all.pop(), all.pop()) {
            (Some(series), None) => series,
            (Some(_), Some(_)) => return Err(EditError::Ambiguous),
            (None, _) => return Err(EditError::NotFound),
        };
        if series.overrides.len() + usize::from(series.master.is_some()) != count {
            return Err(EditError::Ambiguous);
        }
        let and_future = |event: &Arc<Event>| {
            let id = event.recurrence_id.as_ref();
            id.is_some_and(|id| id.this_and_future)
        };
        if series.overrides.iter().any(and_future) {
            return Err(EditError::FromHereOn);
        }
        let object = Object::read(bytes);
        let found = |event: &Arc<Event>| object.event(event.line).is_some();
        if !series.master.iter().chain(&series.overrides).all(found) {
            return Err(EditError::Unreadable);
        }
        Ok(Self { object, series })
    }

    /// The master, or the only component of a single meeting.
    pub(super) fn master(&self) -> Result<Arc<Event>, EditError> {
        self.series.master.clone().ok_or(EditError::NotFound)
    }

    /// Whether occurrences have identities of their own, beside when they are.
    pub(super) fn repeats(&self) -> bool {
        self.series.repeats() || !self.series.overrides.is_empty()
    }

    /// One occurrence as it stands.
    pub(super) fn instance(&self, id: Instant, by: &By<'_>) -> Result<Instance, EditError> {
        let window = Window {
            from: id,
            to: id.plus_seconds(1),
        };
        let mut all = expand(&self.series, by.zone, window).into_iter();
        all.find(|instance| instance.id == id)
            .ok_or(EditError::NotFound)
    }

    /// Refuses unless the meeting is theirs to change: they organise it, or it has no organiser.
    pub(super) fn organised(&self, by: &By<'_>) -> Result<(), EditError> {
        let mut all = self.series.master.iter().chain(&self.series.overrides);
        let theirs = |event: &Arc<Event>| {
            let organizer = event.organizer.as_ref();
            organizer.is_none_or(|organizer| by.is(&organizer.address))
        };
        if all.all(theirs) {
            return Ok(());
        }
        Err(EditError::NotTheOrganizer)
    }

    /// The text of an event.
    pub(super) fn component(&self, event: &Event) -> Result<&Component, EditError> {
        self.object.event(event.line).ok_or(EditError::Unreadable)
    }

    /// The override of this index.
    pub(super) fn over(&self, index: usize) -> Result<Arc<Event>, EditError> {
        let over = self.series.overrides.get(index).cloned();
        over.ok_or(EditError::NotFound)
    }

    /// Changes the text of an event: `change` gets it with a maker of lines; stamps, and SEQUENCE by `step`, follow.
    pub(super) fn change(
        &mut self,
        event: &Event,
        by: &By<'_>,
        step: Step,
        change: impl FnOnce(&mut Component, &Object) -> Result<(), EditError>,
    ) -> Result<(), EditError> {
        let mut component = self.component(event)?.clone();
        change(&mut component, &self.object)?;
        stamp(&mut component, &self.object, event, by, step);
        let place = self.object.event_mut(event.line);
        *place.ok_or(EditError::Unreadable)? = component;
        Ok(())
    }

    /// Adds an override of an occurrence that stands as the master says: the master's text, at `slot`.
    pub(super) fn add_override(
        &mut self,
        id: Instant,
        slot: Slot,
        by: &By<'_>,
        step: Step,
        change: impl FnOnce(&mut Component, &Object) -> Result<(), EditError>,
    ) -> Result<(), EditError> {
        let master = self.master()?;
        let mut component = self.component(&master)?.clone();
        component.remove(OF_SERIES);
        let form = Form::of(&component, &master.start, by.zone);
        let line = self.object.line(form.line("RECURRENCE-ID", id)?);
        component.set("RECURRENCE-ID", "UID", line);
        place(&mut component, &self.object, &form, slot)?;
        change(&mut component, &self.object)?;
        stamp(&mut component, &self.object, &master, by, step);
        self.object.push(component);
        Ok(())
    }

    /// Puts an event into another slot, in its own form; whoever was invited is asked anew.
    pub(super) fn retime(
        &mut self,
        event: &Event,
        slot: Slot,
        by: &By<'_>,
        step: Step,
    ) -> Result<(), EditError> {
        self.change(event, by, step, |component, object| {
            // An override's own clock counts for its times; one without a zone is on its owner's.
            let form = Form::of(component, &event.start, by.zone);
            place(component, object, &form, slot)?;
            ask_anew(component, object);
            Ok(())
        })
    }
}

/// Sets start and end.
pub(super) fn place(
    component: &mut Component,
    object: &Object,
    form: &Form,
    slot: Slot,
) -> Result<(), EditError> {
    if slot.end <= slot.start {
        return Err(EditError::Impossible);
    }
    let start = object.line(form.line("DTSTART", slot.start)?);
    let (name, end) = match form.line("DTEND", slot.end) {
        // In an hour that comes twice the end can be said by what lies before it.
        Err(EditError::Unsayable) => {
            let length = format!("DURATION:PT{}S", slot.seconds());
            ("DURATION", length.into_bytes())
        }
        said => ("DTEND", said?),
    };
    component.set("DTSTART", "UID", start);
    component.remove(&["DTEND", "DURATION"]);
    component.set(name, "DTSTART", object.line(end));
    Ok(())
}

/// Everybody but the organiser has to answer anew (RFC 6638 §3.2.8); what came of earlier sendings says nothing any more.
pub(super) fn ask_anew(component: &mut Component, object: &Object) {
    let organizer = component.property("ORGANIZER");
    let organizer = organizer.map(|line| parameter::address(&line.said));
    component.change("ATTENDEE", object.ending, |line| {
        let said = parameter::with(&line.said, "SCHEDULE-STATUS", None);
        if Some(parameter::address(&said)) == organizer {
            return Some(Some(said));
        }
        Some(Some(parameter::with(
            &said,
            "PARTSTAT",
            Some("NEEDS-ACTION"),
        )))
    });
}

/// What came of earlier sendings says nothing any more.
pub(super) fn forget_sendings(component: &mut Component, object: &Object) {
    for name in ["ATTENDEE", "ORGANIZER"] {
        component.change(name, object.ending, |line| {
            Some(Some(parameter::with(&line.said, "SCHEDULE-STATUS", None)))
        });
    }
}

/// DTSTAMP and LAST-MODIFIED: now, and never before what they were: a clock that is behind must not make a change older
/// than what it changes. SEQUENCE by `step`.
fn stamp(component: &mut Component, object: &Object, event: &Event, by: &By<'_>, step: Step) {
    let before = event.stamp.max(event.last_modified);
    let at = before.map_or(by.now, |before| before.max(by.now));
    let line = object.line(format!("DTSTAMP:{}", utc(at)));
    component.set("DTSTAMP", "UID", line);
    let line = object.line(format!("LAST-MODIFIED:{}", utc(at)));
    component.set("LAST-MODIFIED", "DTSTAMP", line);
    if step == Step::One {
        let sequence = event.sequence.saturating_add(1);
        let line = object.line(format!("SEQUENCE:{sequence}"));
        component.set("SEQUENCE", "DTSTAMP", line);
    }
}
