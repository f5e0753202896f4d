//! What is changed: events made, changed and deleted, by whoever organises them, and answered by whoever is invited.

use super::instance::instance;
use super::invite::{hand_round, with_self};
use super::read::{calendar_of, standing};
use super::refusal::{BAD, BAD_BODY, CHANGED, DELETED, DUPLICATE, NO_TIME, NOT_ORGANIZER, Refusal};
use super::world::{Fields, State, Stored, World, guests, organizer, text};
use crate::http::Request;
use serde_json::{Value, json};

/// What nobody sets.
const FIXED: [&str; 12] = [
    "kind",
    "etag",
    "id",
    "created",
    "updated",
    "creator",
    "organizer",
    "iCalUID",
    "sequence",
    "recurringEventId",
    "originalStartTime",
    "htmlLink",
];
/// What a guest may set on their own copy, beside their answer.
const OWN: [&str; 6] = [
    "attendees",
    "attendeesOmitted",
    "reminders",
    "colorId",
    "transparency",
    "visibility",
];

fn body(request: &Request) -> Result<Fields, Refusal> {
    match serde_json::from_slice(&request.body) {
        Ok(Value::Object(fields)) => Ok(fields),
        _ => Err(BAD_BODY),
    }
}

/// `events.insert`.
pub(super) fn insert(
    world: &mut World,
    person: &str,
    calendar: &str,
    request: &Request,
) -> Result<Value, Refusal> {
    let (calendar, _) = calendar_of(world, person, calendar)?;
    let mut said = body(request)?;
    if !said.contains_key("start") || !said.contains_key("end") {
        return Err(NO_TIME);
    }
    let id = match text(&said, "id") {
        None => world.new_id(),
        Some(id) if is_id(id) => id.to_owned(),
        Some(_) => return Err(BAD),
    };
    if world
        .calendars
        .get(&calendar)
        .is_some_and(|found| found.events.contains_key(&id))
    {
        return Err(DUPLICATE);
    }
    for name in FIXED {
        said.remove(name);
    }
    if request.parameter("conferenceDataVersion") != Some("1") {
        // Whoever does not say that they know of conferences has none.
        said.remove("conferenceData");
    }
    let now = world.stamp();
    let who = json!({"email": calendar, "self": true});
    let more = json!({
        "id": id, "iCalUID": format!("{id}@google.com"), "created": now, "updated": now, "sequence": 0,
        "creator": who, "organizer": who, "status": said.get("status").cloned().unwrap_or(json!("confirmed")),
        "eventType": said.get("eventType").cloned().unwrap_or(json!("default")),
    });
    said.extend(more.as_object().cloned().unwrap_or_default());
    answered(&mut said);
    let fields = with_self(&said, &calendar);
    let stored = Stored {
        fields,
        state: State::Stands,
        version: world.version,
    };
    if let Some(found) = world.calendars.get_mut(&calendar) {
        found.events.insert(id.clone(), stored);
    }
    world.touch(&calendar, &id);
    hand_round(world, &calendar, &id);
    super::read::event(world, person, &calendar, &id)
}

/// An id that whoever makes an event may choose.
fn is_id(id: &str) -> bool {
    (5..=1024).contains(&id.len())
        && id
            .bytes()
            .all(|byte| matches!(byte, b'a'..=b'v' | b'0'..=b'9'))
}

/// Gives every guest an answer.
fn answered(fields: &mut Fields) {
    let guests = fields.get_mut("attendees").and_then(Value::as_array_mut);
    for guest in guests
        .into_iter()
        .flatten()
        .filter_map(Value::as_object_mut)
    {
        guest
            .entry("responseStatus")
            .or_insert(json!("needsAction"));
    }
}

/// `events.patch`, and `events.update`, which leaves nothing as it was that is not said again.
pub(super) fn change(
    world: &mut World,
    person: &str,
    calendar: &str,
    id: &str,
    request: &Request,
) -> Result<Value, Refusal> {
    let (calendar, found) = calendar_of(world, person, calendar)?;
    let mut said = body(request)?;
    let before = match found.events.get(id) {
        // What was called off is put back by whoever organises it.
        Some(event) if event.state == State::Off && text(&said, "status") == Some("confirmed") => {
            event.clone()
        }
        Some(_) => standing(found, id)?.clone(),
        None => instance(found, id)?,
    };
    unchanged(&before, request)?;
    if text(&said, "status") == Some("cancelled") {
        delete(world, person, &calendar, id, request)?;
        return super::read::event(world, person, &calendar, id);
    }
    let is_whole = request.method == "PUT";
    if is_whole && (!said.contains_key("start") || !said.contains_key("end")) {
        return Err(NO_TIME);
    }
    let is_mine = organizer(&before.fields) == Some(calendar.as_str());
    if !is_mine {
        return answer(world, person, &calendar, before, &said);
    }
    for name in FIXED {
        said.remove(name);
    }
    let mut fields = before.fields.clone();
    if is_whole {
        fields.retain(|name, _| FIXED.contains(&name.as_str()) || said.contains_key(name));
    }
    for (name, value) in said {
        if value.is_null() {
            fields.remove(&name);
        } else {
            fields.insert(name, value);
        }
    }
    answered(&mut fields);
    let is_moved = ["start", "end", "recurrence"]
        .iter()
        .any(|name| fields.get(*name) != before.fields.get(*name));
    if is_moved {
        let sequence = fields.get("sequence").and_then(Value::as_u64).unwrap_or(0);
        fields.insert("sequence".to_owned(), (sequence + 1).into());
        asked_again(&mut fields, &calendar);
    }
    put(world, &calendar, id, &fields);
    hand_round(world, &calendar, id);
    super::read::event(world, person, &calendar, id)
}

fn put(world: &mut World, calendar: &str, id: &str, fields: &Fields) {
    let fields = with_self(fields, calendar);
    let stored = Stored {
        fields,
        state: State::Stands,
        version: world.version,
    };
    if let Some(found) = world.calendars.get_mut(calendar) {
        found.events.insert(id.to_owned(), stored);
    }
    world.touch(calendar, id);
}

/// If-Match (RFC 9110 §13.1.1).
fn unchanged(event: &Stored, request: &Request) -> Result<(), Refusal> {
    match request.header("if-match") {
        Some(etag) if etag != "*" && Some(etag) != text(&event.fields, "etag") => Err(CHANGED),
        _ => Ok(()),
    }
}

/// A new time asks everybody but the organiser again.
fn asked_again(fields: &mut Fields, organizer: &str) {
    let guests = fields.get_mut("attendees").and_then(Value::as_array_mut);
    for guest in guests
        .into_iter()
        .flatten()
        .filter_map(Value::as_object_mut)
    {
        if text(guest, "email") != Some(organizer) {
            guest.insert("responseStatus".to_owned(), json!("needsAction"));
        }
    }
}

/// A guest's own answer; what is everybody's is the organiser's to change.
fn answer(
    world: &mut World,
    person: &str,
    calendar: &str,
    mut before: Stored,
    said: &Fields,
) -> Result<Value, Refusal> {
    let id = text(&before.fields, "id").unwrap_or_default().to_owned();
    let changes = |name: &String| before.fields.get(name) != said.get(name);
    let mut others = said
        .keys()
        .filter(|name| !OWN.contains(&name.as_str()) && !FIXED.contains(&name.as_str()));
    if others.any(changes) {
        return Err(NOT_ORGANIZER);
    }
    let mine = guests(said).find(|guest| text(guest, "email") == Some(calendar));
    let answer = mine.and_then(|mine| {
        let answer = text(mine, "responseStatus")?.to_owned();
        Some((answer, text(mine, "comment").map(str::to_owned)))
    });
    for name in OWN.iter().filter(|name| !name.starts_with("attendees")) {
        if let Some(value) = said.get(*name) {
            before.fields.insert((*name).to_owned(), value.clone());
        }
    }
    if let Some(answer) = answer {
        give_answer(&mut before.fields, calendar, &answer);
        put(world, calendar, &id, &before.fields);
        tell_organizer(world, &before.fields, calendar, &id, &answer)?;
    } else {
        put(world, calendar, &id, &before.fields);
    }
    super::read::event(world, person, calendar, &id)
}

/// An answer, and the words that go with it.
type Given = (String, Option<String>);

fn give_answer(fields: &mut Fields, who: &str, (answer, words): &Given) {
    let guests = fields.get_mut("attendees").and_then(Value::as_array_mut);
    for guest in guests
        .into_iter()
        .flatten()
        .filter_map(Value::as_object_mut)
    {
        if text(guest, "email") == Some(who) {
            guest.insert("responseStatus".to_owned(), answer.as_str().into());
            if let Some(words) = words {
                guest.insert("comment".to_owned(), words.as_str().into());
            }
        }
    }
}

/// An answer comes into the organiser's copy, and from there to everybody.
fn tell_organizer(
    world: &mut World,
    fields: &Fields,
    who: &str,
    id: &str,
    answer: &Given,
) -> Result<(), Refusal> {
    let Some(chair) = organizer(fields).map(str::to_owned) else {
        return Ok(());
    };
    let Some(found) = world.calendars.get(&chair) else {
        return Ok(());
    };
    let mut theirs = match found.events.get(id) {
        Some(event) if event.state == State::Stands => event.clone(),
        Some(_) => return Ok(()),
        None => instance(found, id)?,
    };
    give_answer(&mut theirs.fields, who, answer);
    put(world, &chair, id, &theirs.fields);
    hand_round(world, &chair, id);
    Ok(())
}

/// `events.delete`: for all, by who organises it; off one's own calendar, and declined, by a guest.
pub(super) fn delete(
    world: &mut World,
    person: &str,
    calendar: &str,
    id: &str,
    request: &Request,
) -> Result<(), Refusal> {
    let (calendar, found) = calendar_of(world, person, calendar)?;
    let before = match found.events.get(id) {
        Some(event) if event.state == State::Stands => event.clone(),
        Some(_) => return Err(DELETED),
        None => instance(found, id)?,
    };
    unchanged(&before, request)?;
    let is_mine = organizer(&before.fields) == Some(calendar.as_str());
    take_off(world, &calendar, id, before.clone());
    if is_mine {
        hand_round(world, &calendar, id);
    } else {
        if let Some(found) = world.calendars.get_mut(&calendar) {
            found.left.insert(id.to_owned());
        }
        let answer = ("declined".to_owned(), None);
        tell_organizer(world, &before.fields, &calendar, id, &answer)?;
    }
    Ok(())
}

/// Takes an event off a calendar: an instance becomes one that is off, a series takes its exceptions along.
pub(super) fn take_off(world: &mut World, calendar: &str, id: &str, event: Stored) {
    let series = text(&event.fields, "recurringEventId").map(str::to_owned);
    let Some(found) = world.calendars.get_mut(calendar) else {
        return;
    };
    let stands = series.as_ref().is_some_and(|series| found.stands(series));
    let state = if stands { State::Off } else { State::Dropped };
    found
        .events
        .insert(id.to_owned(), Stored { state, ..event });
    if series.is_none() {
        for other in found.events.values_mut() {
            if text(&other.fields, "recurringEventId") == Some(id) {
                other.state = State::Dropped;
            }
        }
    }
    world.touch(calendar, id);
}
