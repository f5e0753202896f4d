//! What people do: make, change and delete meetings, and answer; and what of it reaches whom.

use super::read::shown;
use super::refusal::{BAD, BAD_BODY, CHANGED, NOT_FOUND, NOT_ORGANIZER, ORGANIZER, Refusal};
use super::world::{Fields, Item, Part, World, guests, moment};
use crate::http::Request;
use jiff::civil::Date;
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};

/// What a name begins with (MS-OXOCAL), up to the name itself.
const NAME: &str =
    "040000008200E00074C5B7101A82E008000000000000000000000000000000000000000008000000";
/// Fields that whoever asks may set.
const SET: [&str; 9] = [
    "subject",
    "start",
    "end",
    "attendees",
    "recurrence",
    "isAllDay",
    "showAs",
    "sensitivity",
    "hideAttendees",
];

fn body(request: &Request) -> Result<Fields, Refusal> {
    serde_json::from_slice(&request.body).map_err(|_| BAD_BODY)
}

/// Makes a meeting, and invites whoever is in it.
pub(super) fn create(world: &mut World, who: &str, request: &Request) -> Result<Value, Refusal> {
    let mut fields = body(request)?;
    fields.retain(|name, _| SET.contains(&name.as_str()));
    let (start, end) = (moment(&fields, "start"), moment(&fields, "end"));
    if start.zip(end).is_none_or(|(start, end)| end < start) {
        return Err(BAD);
    }
    unanswered(&mut fields);
    let (id, name) = (format!("AAMk{}", world.draw()), world.draw());
    let item = Item {
        id: id.clone(),
        uid: format!("{NAME}{name}"),
        chair: who.to_owned(),
        part: Part {
            fields,
            answer: ("organizer", None),
            is_off: false,
        },
        exceptions: BTreeMap::new(),
        version: 0,
        created: world.now,
        modified: world.now,
    };
    let mailbox = world.mailboxes.get_mut(who).ok_or(NOT_FOUND)?;
    mailbox.items.insert(id.clone(), item);
    world.touch(who, &id);
    hand_round(world, who, &id);
    given(world, who, &id, None)
}

/// Changes a meeting, a series or an instance.
pub(super) fn change(
    world: &mut World,
    who: &str,
    id: &str,
    request: &Request,
) -> Result<Value, Refusal> {
    let asked = body(request)?;
    let (mut item, day) = held(world, who, id, request)?;
    let mut part = item.part(day).ok_or(NOT_FOUND)?;
    let is_shared = asked
        .keys()
        .any(|name| !matches!(name.as_str(), "showAs" | "sensitivity"));
    if is_shared && item.chair != who {
        return Err(NOT_ORGANIZER);
    }
    let before = part.fields.clone();
    for (name, value) in asked {
        if SET.contains(&name.as_str()) {
            part.fields.insert(name, value);
        }
    }
    let is_moved = ["start", "end"]
        .iter()
        .any(|end| moment(&part.fields, end) != moment(&before, end));
    if is_moved || before.get("attendees") != part.fields.get("attendees") {
        keep_answers(
            &mut part.fields,
            if is_moved { None } else { Some(&before) },
        );
    }
    let was_ruled = before.get("recurrence");
    match day {
        Some(day) => drop(item.exceptions.insert(day, Some(part))),
        None => {
            // Exceptions do not outlive that their series is moved or repeats otherwise.
            if is_moved || was_ruled != part.fields.get("recurrence") {
                item.exceptions.clear();
            }
            item.part = part;
        }
    }
    let series = item.id.clone();
    put(world, who, item);
    hand_round(world, who, &series);
    given(world, who, &series, day)
}

/// Takes something off. What one organises is cancelled for all.
pub(super) fn delete(
    world: &mut World,
    who: &str,
    id: &str,
    request: &Request,
) -> Result<(), Refusal> {
    let (mut item, day) = held(world, who, id, request)?;
    let (series, is_mine) = (item.id.clone(), item.chair == who);
    if let Some(day) = day {
        item.exceptions.insert(day, None);
        put(world, who, item);
        if is_mine {
            hand_round(world, who, &series);
        }
        return Ok(());
    }
    let invited = invited(&item);
    let mailbox = world.mailboxes.get_mut(who).ok_or(NOT_FOUND)?;
    mailbox.items.remove(&series);
    mailbox.left.insert(item.uid.clone());
    if is_mine {
        for guest in invited {
            call_off(world, &guest, &item.uid);
        }
    }
    Ok(())
}

/// Answers an invitation; a refusal takes it off one's calendar.
pub(super) fn answer(
    world: &mut World,
    who: &str,
    id: &str,
    said: &'static str,
    request: &Request,
) -> Result<(), Refusal> {
    let asked = body(request)?;
    let (mut item, day) = held(world, who, id, request)?;
    if item.chair == who {
        return Err(ORGANIZER);
    }
    let is_sent = asked
        .iter()
        .any(|(name, value)| name.eq_ignore_ascii_case("sendResponse") && *value == json!(true));
    let (uid, chair, now) = (item.uid.clone(), item.chair.clone(), world.now);
    let is_no = said == "declined";
    let mut part = item.part(day).ok_or(NOT_FOUND)?;
    part.answer = (said, Some(now));
    let shown_as = if said == "accepted" {
        "busy"
    } else {
        "tentative"
    };
    part.fields.insert("showAs".to_owned(), shown_as.into());
    match day {
        Some(day) => drop(item.exceptions.insert(day, (!is_no).then_some(part))),
        None => item.part = part,
    }
    if is_no && day.is_none() {
        let mailbox = world.mailboxes.get_mut(who).ok_or(NOT_FOUND)?;
        mailbox.items.remove(&item.id);
    } else {
        put(world, who, item);
    }
    if is_sent {
        tell_chair(world, &chair, &uid, (who, day), said);
    }
    Ok(())
}

/// Keeps somebody's answer in the organiser's copy.
fn tell_chair(
    world: &mut World,
    chair: &str,
    uid: &str,
    (who, day): (&str, Option<Date>),
    said: &str,
) {
    let stamp = world.now.strftime("%Y-%m-%dT%H:%M:%SZ").to_string();
    let found = world
        .mailboxes
        .get(chair)
        .and_then(|mailbox| mailbox.named(uid));
    let Some(mut item) = found.cloned() else {
        return;
    };
    let Some(mut part) = item.part(day) else {
        return;
    };
    let guests = part
        .fields
        .get_mut("attendees")
        .and_then(Value::as_array_mut);
    for guest in guests.into_iter().flatten() {
        let address = guest
            .pointer("/emailAddress/address")
            .and_then(Value::as_str);
        if address.is_some_and(|address| address.eq_ignore_ascii_case(who)) {
            guest["status"] = json!({"response": said, "time": stamp});
        }
    }
    match day {
        Some(day) => drop(item.exceptions.insert(day, Some(part))),
        None => item.part = part,
    }
    put(world, chair, item);
}

fn held(
    world: &World,
    who: &str,
    id: &str,
    request: &Request,
) -> Result<(Item, Option<Date>), Refusal> {
    let mailbox = world.mailboxes.get(who).ok_or(NOT_FOUND)?;
    let (item, day) = mailbox.find(id).ok_or(NOT_FOUND)?;
    let key = format!("W/\"{:016X}\"", item.version);
    match request.header("if-match") {
        Some(asked) if asked != "*" && asked != key => Err(CHANGED),
        _ => Ok((item.clone(), day)),
    }
}

fn put(world: &mut World, who: &str, item: Item) {
    let id = item.id.clone();
    if let Some(mailbox) = world.mailboxes.get_mut(who) {
        mailbox.items.insert(id.clone(), item);
    }
    world.touch(who, &id);
}

fn given(world: &World, who: &str, id: &str, day: Option<Date>) -> Result<Value, Refusal> {
    let item = world
        .mailboxes
        .get(who)
        .and_then(|mailbox| mailbox.items.get(id));
    let item = item.ok_or(NOT_FOUND)?;
    let part = item.part(day).ok_or(NOT_FOUND)?;
    shown(item, &part, day, who).ok_or(BAD)
}

fn unanswered(fields: &mut Fields) {
    keep_answers(fields, None);
}

/// Sets each guest's answer to what it was before; to none where nothing was.
fn keep_answers(fields: &mut Fields, before: Option<&Fields>) {
    let known = before
        .and_then(|before| before.get("attendees"))
        .and_then(Value::as_array);
    let guests = fields.get_mut("attendees").and_then(Value::as_array_mut);
    for guest in guests.into_iter().flatten() {
        let same = |one: &&Value| {
            one.pointer("/emailAddress/address") == guest.pointer("/emailAddress/address")
        };
        let status = known
            .into_iter()
            .flatten()
            .find(same)
            .and_then(|one| one.get("status"));
        let none = json!({"response": "none", "time": "0001-01-01T00:00:00Z"});
        let status = status.cloned().unwrap_or(none);
        guest["status"] = status;
        if guest.get("type").is_none() {
            guest["type"] = "required".into();
        }
    }
}

/// Everybody who is in a meeting, or in one of its exceptions.
fn invited(item: &Item) -> BTreeSet<String> {
    let exceptions = item.exceptions.values().flatten();
    let parts = std::iter::once(&item.part).chain(exceptions);
    parts.flat_map(|part| guests(&part.fields)).collect()
}

/// Marks somebody's copy as cancelled by its organiser: it stays until they take it off.
fn call_off(world: &mut World, who: &str, uid: &str) {
    let found = world
        .mailboxes
        .get(who)
        .and_then(|mailbox| mailbox.named(uid));
    let Some(mut item) = found.cloned() else {
        return;
    };
    off(&mut item.part);
    for part in item.exceptions.values_mut().flatten() {
        off(part);
    }
    put(world, who, item);
}

fn off(part: &mut Part) {
    part.is_off = true;
    part.fields.insert("showAs".to_owned(), "free".into());
    let subject = part
        .fields
        .get("subject")
        .and_then(Value::as_str)
        .unwrap_or_default();
    if !subject.starts_with("Canceled: ") {
        let subject = format!("Canceled: {subject}");
        part.fields.insert("subject".to_owned(), subject.into());
    }
}

/// Brings everybody's copy in line with the organiser's.
fn hand_round(world: &mut World, chair: &str, id: &str) {
    let found = world
        .mailboxes
        .get(chair)
        .and_then(|mailbox| mailbox.items.get(id));
    let Some(item) = found.cloned() else { return };
    let holders = world
        .mailboxes
        .iter()
        .filter(|(who, mailbox)| *who != chair && mailbox.named(&item.uid).is_some());
    let mut people: BTreeSet<String> = holders.map(|(who, _)| who.clone()).collect();
    people.extend(guests(&item.part.fields));
    people.remove(chair);
    for who in people {
        if guests(&item.part.fields).contains(&who) {
            hand_to(world, &who, &item);
        } else {
            call_off(world, &who, &item.uid);
        }
    }
}

fn hand_to(world: &mut World, who: &str, of: &Item) {
    let Some(mailbox) = world.mailboxes.get(who) else {
        return;
    };
    if mailbox.left.contains(&of.uid) {
        return;
    }
    let held = mailbox.named(&of.uid).cloned();
    let id = held.as_ref().map(|held| held.id.clone());
    let id = id.unwrap_or_else(|| format!("AAMk{}", world.draw()));
    let own = |part: &Part, before: Option<&Part>| {
        let same = |before: &&Part| {
            ["start", "end"]
                .iter()
                .all(|end| moment(&before.fields, end) == moment(&part.fields, end))
        };
        let before = before.filter(same);
        let mut fields = part.fields.clone();
        let shown_as = before
            .and_then(|before| before.fields.get("showAs"))
            .cloned();
        fields.insert(
            "showAs".to_owned(),
            shown_as.unwrap_or_else(|| "tentative".into()),
        );
        Part {
            fields,
            answer: before.map_or(("notResponded", None), |before| before.answer),
            is_off: false,
        }
    };
    let part = own(&of.part, held.as_ref().map(|held| &held.part));
    let mut exceptions = BTreeMap::new();
    for (day, exception) in &of.exceptions {
        let before = held.as_ref().and_then(|held| held.part(Some(*day)));
        let took_off = held
            .as_ref()
            .is_some_and(|held| held.exceptions.get(day) == Some(&None));
        let exception = match exception {
            // Whoever took it off does not get it back for being told the same again.
            _ if took_off => None,
            Some(exception) => Some(own(exception, before.as_ref())),
            None => before.map(|mut before| {
                off(&mut before);
                before
            }),
        };
        exceptions.insert(*day, exception);
    }
    let item = Item {
        id,
        uid: of.uid.clone(),
        chair: of.chair.clone(),
        part,
        exceptions,
        version: held.as_ref().map_or(0, |held| held.version),
        created: held.as_ref().map_or(world.now, |held| held.created),
        modified: held.as_ref().map_or(world.now, |held| held.modified),
    };
    if held.as_ref() != Some(&item) {
        put(world, who, item);
    }
}
