//! Scheduling messages (iTIP, RFC 5546) among the snapshots: each says something of one meeting and nothing of the rest.

use std::sync::Arc;
use steadfast_calendar::{Calendar, Event, Series, Status};

/// The messages that change what stands on a calendar.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Method {
    /// REQUEST and ADD: the meeting, or one instance of it, as it is now.
    Request,
    /// CANCEL: it, or one instance of it, is off.
    Cancel,
    /// REPLY: somebody answered.
    Reply,
    /// COUNTER: an attendee wishes for another time; nothing changed yet.
    Counter,
    /// DECLINECOUNTER: the organiser does not.
    DeclineCounter,
    /// REFRESH: somebody wants to be told again.
    Refresh,
}

/// The message that `calendar` is; `None` for a whole calendar. Some programs write METHOD:REQUEST over whole
/// calendars: a message is about just one meeting (RFC 5546 §3.2).
pub(super) fn method(calendar: &Calendar, series: &[Series]) -> Option<Method> {
    let [_] = series else { return None };
    match calendar.method.as_deref()? {
        "REQUEST" | "ADD" => Some(Method::Request),
        "CANCEL" => Some(Method::Cancel),
        "REPLY" => Some(Method::Reply),
        "COUNTER" => Some(Method::Counter),
        "DECLINECOUNTER" => Some(Method::DeclineCounter),
        "REFRESH" => Some(Method::Refresh),
        _ => None,
    }
}

/// The state of the calendar once the message was taken in.
pub(super) fn apply(method: Method, known: Vec<Series>, message: Vec<Series>) -> Vec<Series> {
    let mut state = known;
    for said in message {
        let place = state.iter().position(|s| s.uid == said.uid);
        match (place.and_then(|i| state.get_mut(i)), method) {
            (_, Method::Counter | Method::DeclineCounter | Method::Refresh)
            | (None, Method::Cancel | Method::Reply) => {}
            (None, Method::Request) => state.push(said),
            (Some(known), Method::Request) => request(known, said),
            (Some(known), Method::Cancel) => cancel(known, &said),
            (Some(known), Method::Reply) => reply(known, &said),
        }
    }
    state
}

/// A request for the whole replaces it with its exceptions; one for an instance replaces that instance.
fn request(known: &mut Series, said: Series) {
    if said.master.is_some() {
        *known = said;
        return;
    }
    for instance in said.overrides {
        put(known, instance);
    }
}

fn cancel(known: &mut Series, said: &Series) {
    let off = |event: &Arc<Event>| {
        let mut event = Event::clone(event);
        event.status = Status::Cancelled;
        Arc::new(event)
    };
    if let (Some(_), Some(master)) = (&said.master, &known.master) {
        known.master = Some(off(master));
    }
    for instance in &said.overrides {
        put(known, off(instance));
    }
}

/// Notes the answers; an answer to one instance makes an override of it where there was none.
fn reply(known: &mut Series, said: &Series) {
    if let (Some(answer), Some(master)) = (&said.master, &known.master) {
        known.master = Some(answered(master, answer));
    }
    for answer in &said.overrides {
        let standing = known
            .overrides
            .iter()
            .find(|o| o.recurrence_id == answer.recurrence_id);
        let base = standing.cloned().or_else(|| {
            let mut instance = Event::clone(known.master.as_ref()?);
            instance.recurrence = None;
            instance.recurrence_id.clone_from(&answer.recurrence_id);
            instance.start = answer.start.clone();
            instance.end = answer.end.clone();
            Some(Arc::new(instance))
        });
        if let Some(base) = base {
            put(known, answered(&base, answer));
        }
    }
}

/// `event` with the answers that `reply` gives.
fn answered(event: &Event, reply: &Event) -> Arc<Event> {
    let mut event = event.clone();
    for attendee in &mut event.attendees {
        if let Some(answer) = reply
            .attendees
            .iter()
            .find(|a| a.address == attendee.address)
        {
            attendee.answer = answer.answer;
            attendee.sent_by.clone_from(&answer.sent_by);
        }
    }
    event.last_modified = event.last_modified.max(reply.stamp);
    Arc::new(event)
}

/// Puts `instance` in the place of the override it replaces.
fn put(known: &mut Series, instance: Arc<Event>) {
    let same = |o: &Arc<Event>| o.recurrence_id == instance.recurrence_id;
    match known.overrides.iter().position(same) {
        Some(at) => {
            if let Some(place) = known.overrides.get_mut(at) {
                *place = instance;
            }
        }
        None => known.overrides.push(instance),
    }
}
