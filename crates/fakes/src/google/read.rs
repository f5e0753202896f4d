//! What is read: calendars, events, one event.

use super::instance::{instance, moment};
use super::refusal::{BAD, DELETED, NOT_FOUND, NOT_HERE, Refusal, TOKEN_LOST};
use super::world::{Calendar, State, Stored, World, text};
use crate::http::Request;
use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use jiff::Timestamp;
use jiff::tz::TimeZone;
use serde_json::{Value, json};

/// What cannot be asked for together with a sync token.
const NOT_WITH_A_TOKEN: [&str; 8] = [
    "iCalUID",
    "orderBy",
    "privateExtendedProperty",
    "q",
    "sharedExtendedProperty",
    "timeMin",
    "timeMax",
    "updatedMin",
];

/// Parameters that change which events are given, and that this fake does not have.
const NOT_DONE: [&str; 9] = [
    "orderBy",
    "privateExtendedProperty",
    "q",
    "sharedExtendedProperty",
    "timeMin",
    "timeMax",
    "updatedMin",
    "maxAttendees",
    "eventTypes",
];

/// The calendar that a person means, if they may read it: their own. `primary` is that with their address.
pub(super) fn calendar_of<'a>(
    world: &'a World,
    person: &str,
    id: &str,
) -> Result<(String, &'a Calendar), Refusal> {
    let id = if id == "primary" { person } else { id };
    let calendar = world
        .calendars
        .get(id)
        .filter(|calendar| calendar.owner == person);
    Ok((id.to_owned(), calendar.ok_or(NOT_FOUND)?))
}

fn entry(person: &str, id: &str, calendar: &Calendar) -> Value {
    let mut entry = json!({
        "kind": "calendar#calendarListEntry", "etag": format!("\"{}\"", calendar.oldest_token + 1), "id": id,
        "summary": calendar.summary, "timeZone": calendar.zone, "accessRole": "owner", "selected": true,
        "defaultReminders": [],
    });
    if let Some(fields) = entry.as_object_mut() {
        if id == person {
            fields.insert("primary".to_owned(), true.into());
        } else {
            fields.insert("dataOwner".to_owned(), person.into());
        }
    }
    entry
}

/// `calendarList.list`, in one page.
pub(super) fn calendars(world: &World, person: &str) -> Value {
    let own = world
        .calendars
        .iter()
        .filter(|(_, calendar)| calendar.owner == person);
    let items: Vec<Value> = own
        .map(|(id, calendar)| entry(person, id, calendar))
        .collect();
    json!({
        "kind": "calendar#calendarList", "etag": format!("\"{}\"", items.len()), "items": items,
        "nextSyncToken": token(&["c", "0"]),
    })
}

/// `calendarList.get`.
pub(super) fn calendar(world: &World, person: &str, id: &str) -> Result<Value, Refusal> {
    let (id, calendar) = calendar_of(world, person, id)?;
    Ok(entry(person, &id, calendar))
}

/// `events.get`.
pub(super) fn event(
    world: &World,
    person: &str,
    calendar: &str,
    id: &str,
) -> Result<Value, Refusal> {
    let (_, calendar) = calendar_of(world, person, calendar)?;
    let event = calendar.events.get(id).ok_or(NOT_FOUND)?;
    match event.state {
        // What is gone is still told to who asks for it, until it is cleared away.
        State::Dropped | State::Off => Ok(event.shown()),
        State::Stands => Ok(event.shown()),
    }
}

/// `events.list`: series as series. Pages go on in the order of the last change, so that what changes meanwhile comes once
/// more at the end.
pub(super) fn events(
    world: &World,
    person: &str,
    calendar: &str,
    request: &Request,
) -> Result<Value, Refusal> {
    let (_, calendar) = calendar_of(world, person, calendar)?;
    let given = |name: &str| request.parameter(name);
    if given("singleEvents") == Some("true") || NOT_DONE.iter().any(|name| given(name).is_some()) {
        return Err(NOT_HERE);
    }
    let since = match given("syncToken") {
        None => None,
        Some(_) if NOT_WITH_A_TOKEN.iter().any(|name| given(name).is_some()) => return Err(BAD),
        // What was deleted is always told to who asks what changed.
        Some(_) if given("showDeleted") == Some("false") => return Err(BAD),
        Some(text) => Some(read_token::<2>(text, "s").ok_or(BAD)?[1]),
    };
    if since.is_some_and(|since| since < calendar.oldest_token) {
        return Err(TOKEN_LOST);
    }
    let shows_deleted = given("showDeleted") == Some("true");
    let (read_up_to, after) = match given("pageToken") {
        None => (world.version, (0, String::new())),
        Some(text) => page_token(text).ok_or(BAD)?,
    };
    let mut all: Vec<(&String, &Stored)> = calendar
        .events
        .iter()
        .filter(|(id, event)| (event.version, id.as_str()) > (after.0, after.1.as_str()))
        .filter(|(_, event)| match since {
            Some(since) => event.version > since,
            None => is_shown(calendar, event, shows_deleted),
        })
        .filter(|(_, event)| {
            given("iCalUID").is_none_or(|uid| text(&event.fields, "iCalUID") == Some(uid))
        })
        .collect();
    all.sort_by_key(|(id, event)| (event.version, *id));
    let asked = given("maxResults")
        .and_then(|text| text.parse().ok())
        .unwrap_or(250_usize);
    let size = asked.min(2500).min(world.page).max(1);
    let page = all.get(..size.min(all.len())).unwrap_or_default();
    let items: Vec<Value> = page.iter().map(|(_, event)| event.shown()).collect();
    let mut list = json!({
        "kind": "calendar#events", "etag": format!("\"{}\"", world.version), "summary": calendar.summary,
        "description": "", "updated": world.stamp(), "timeZone": calendar.zone, "accessRole": "owner",
        "defaultReminders": [], "items": items,
    });
    let (name, value) = match page.last() {
        Some((id, event)) if all.len() > page.len() => {
            let token = token(&["p", &read_up_to.to_string(), &event.version.to_string(), id]);
            ("nextPageToken", token)
        }
        _ => ("nextSyncToken", token(&["s", &read_up_to.to_string()])),
    };
    if let Some(list) = list.as_object_mut() {
        list.insert(name.to_owned(), value.into());
    }
    Ok(list)
}

/// `events.instances`, of the one whose series put it at `originalStart`.
pub(super) fn instances(
    world: &World,
    person: &str,
    calendar: &str,
    series: &str,
    request: &Request,
) -> Result<Value, Refusal> {
    let (_, calendar) = calendar_of(world, person, calendar)?;
    let given = |name: &str| request.parameter(name);
    let more = ["timeMin", "timeMax", "pageToken", "maxResults"];
    if more.iter().any(|name| given(name).is_some()) {
        return Err(NOT_HERE);
    }
    let at: Timestamp = given("originalStart")
        .ok_or(NOT_HERE)?
        .parse()
        .map_err(|_| BAD)?;
    standing(calendar, series)?;
    let is_it = |event: &&Stored| {
        let original = event.fields.get("originalStartTime").and_then(moment);
        text(&event.fields, "recurringEventId") == Some(series) && original == Some(at)
    };
    let known = calendar.events.values().find(is_it).cloned();
    let stamp = at.to_zoned(TimeZone::UTC).strftime("%Y%m%dT%H%M%SZ");
    // What its series does not give is not listed.
    let found = known.or_else(|| instance(calendar, &format!("{series}_{stamp}")).ok());
    let is_shown =
        |event: &Stored| event.state == State::Stands || given("showDeleted") == Some("true");
    let items: Vec<Value> = found
        .iter()
        .filter(|event| is_shown(event))
        .map(Stored::shown)
        .collect();
    Ok(json!({
        "kind": "calendar#events", "etag": format!("\"{}\"", world.version), "summary": calendar.summary,
        "description": "", "updated": world.stamp(), "timeZone": calendar.zone, "accessRole": "owner",
        "defaultReminders": [], "items": items,
    }))
}

/// Whether a list of everything has it: an instance that is off, as long as its series stands.
fn is_shown(calendar: &Calendar, event: &Stored, shows_deleted: bool) -> bool {
    match event.state {
        State::Stands => true,
        State::Off => {
            text(&event.fields, "recurringEventId").is_some_and(|series| calendar.stands(series))
        }
        State::Dropped => shows_deleted,
    }
}

fn token(parts: &[&str]) -> String {
    BASE64_URL_SAFE_NO_PAD.encode(parts.join(" "))
}

fn parts(token: &str) -> Option<Vec<String>> {
    let bytes = BASE64_URL_SAFE_NO_PAD.decode(token).ok()?;
    let text = String::from_utf8(bytes).ok()?;
    Some(text.split(' ').map(str::to_owned).collect())
}

/// The numbers of a token of that kind; the first stands for the kind.
fn read_token<const N: usize>(token: &str, kind: &str) -> Option<[u64; N]> {
    let parts = parts(token).filter(|parts| parts.len() == N && parts[0] == kind)?;
    let mut numbers = [0; N];
    for (number, part) in numbers.iter_mut().zip(&parts).skip(1) {
        *number = part.parse().ok()?;
    }
    Some(numbers)
}

/// Up to where the list was read when its first page was, and the last event of the page before.
fn page_token(token: &str) -> Option<(u64, (u64, String))> {
    let parts = parts(token)?;
    let [kind, read_up_to, version, id] = parts.as_slice() else {
        return None;
    };
    let is_one = kind == "p";
    let place = (version.parse().ok()?, id.clone());
    is_one.then_some((read_up_to.parse().ok()?, place))
}

/// An event that stands, to be changed.
pub(super) fn standing<'a>(calendar: &'a Calendar, id: &str) -> Result<&'a Stored, Refusal> {
    let event = calendar.events.get(id).ok_or(NOT_FOUND)?;
    match event.state {
        State::Stands => Ok(event),
        State::Off | State::Dropped => Err(DELETED),
    }
}

/// The token of a page that begins where a list does.
pub(super) fn first_page(request: &Request) -> String {
    // Where the list was read up to is not known any more: what changed since its token is told once more next time.
    let since = request
        .parameter("syncToken")
        .and_then(|text| read_token::<2>(text, "s"));
    let since = since.map_or(0, |[_, since]| since);
    token(&["p", &since.to_string(), "0", "-"])
}
