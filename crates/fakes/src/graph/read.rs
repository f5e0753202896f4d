//! What is given out: an event, the instances of a window, and what changed in it since.

use super::refusal::{BAD, NOT_FOUND, NOT_HERE, Refusal, TOKEN_LOST};
use super::world::{Fields, Item, Mailbox, Part, Token, World, moment};
use crate::http::Request;
use jiff::civil::Date;
use jiff::{Timestamp, ToSpan};
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// An event by its id.
pub(super) fn event(
    world: &World,
    who: &str,
    id: &str,
    request: &Request,
) -> Result<Value, Refusal> {
    let mailbox = world.mailboxes.get(who).ok_or(NOT_FOUND)?;
    let (item, day) = mailbox.find(id).ok_or(NOT_FOUND)?;
    let part = item.part(day).ok_or(NOT_FOUND)?;
    let shown = shown(item, &part, day, who).ok_or(BAD)?;
    Ok(selected(shown, request.parameter("$select")))
}

/// What stands in a window, in pages; of one series only, where one is named.
pub(super) fn view(
    world: &World,
    who: &str,
    series: Option<&str>,
    request: &Request,
) -> Result<Value, Refusal> {
    refuse_others(
        request,
        &["$top", "$skip", "$select", "startDateTime", "endDateTime"],
    )?;
    let mailbox = world.mailboxes.get(who).ok_or(NOT_FOUND)?;
    if series.is_some_and(|series| !mailbox.items.contains_key(series)) {
        return Err(NOT_FOUND);
    }
    let window = window(request)?;
    let all = standing(mailbox, who, window);
    let of_it = all.into_iter().filter(|(_, _, value)| {
        let of = value.get("seriesMasterId").and_then(Value::as_str);
        value.get("type") != Some(&json!("seriesMaster"))
            && series.is_none_or(|one| of == Some(one))
    });
    let number = |name: &str| match request.parameter(name) {
        Some(text) => text.parse::<usize>().map(Some).map_err(|_| BAD),
        None => Ok(None),
    };
    let (top, skip) = (
        number("$top")?.unwrap_or(10).min(world.page),
        number("$skip")?.unwrap_or(0),
    );
    let mut rest = of_it.map(|(_, _, value)| value).skip(skip);
    let select = request.parameter("$select");
    let page: Vec<Value> = rest
        .by_ref()
        .take(top)
        .map(|value| selected(value, select))
        .collect();
    let mut body = json!({"value": page});
    if rest.next().is_some() {
        let next = link(request, &[("$skip", &(skip + top).to_string())]);
        body["@odata.nextLink"] = next.into();
    }
    Ok(body)
}

/// What changed in a window: all that stands in it first, then by the link that came with that.
pub(super) fn delta(world: &mut World, who: &str, request: &Request) -> Result<Value, Refusal> {
    let known = [
        "$deltatoken",
        "$skiptoken",
        "$select",
        "startDateTime",
        "endDateTime",
    ];
    refuse_others(request, &known)?;
    let token = request
        .parameter("$deltatoken")
        .or(request.parameter("$skiptoken"));
    let mut token = match token {
        Some(name) => {
            let token = world.tokens.get(name).filter(|token| token.mailbox == who);
            token.cloned().ok_or(TOKEN_LOST)?
        }
        None => Token {
            mailbox: who.to_owned(),
            window: window(request)?,
            select: request.parameter("$select").map(str::to_owned),
            told: BTreeMap::new(),
            rest: Vec::new(),
        },
    };
    if request.parameter("$skiptoken").is_none() {
        let mailbox = world.mailboxes.get(who).ok_or(NOT_FOUND)?;
        changed(&mut token, mailbox, who);
    }
    let asked = request
        .header("prefer")
        .and_then(|prefer| prefer.split_once("odata.maxpagesize="));
    let asked = asked.and_then(|(_, size)| size.split([',', ';']).next()?.trim().parse().ok());
    let size = asked.unwrap_or(10).clamp(1, world.page);
    let rest = token.rest.split_off(size.min(token.rest.len()));
    let page = std::mem::replace(&mut token.rest, rest);
    let is_last = token.rest.is_empty();
    let name = world.draw();
    world.tokens.insert(name.clone(), token);
    let (field, parameter) = if is_last {
        ("@odata.deltaLink", "$deltatoken")
    } else {
        ("@odata.nextLink", "$skiptoken")
    };
    let bare = Request {
        query: Vec::new(),
        raw_path: request.raw_path.clone(),
        headers: request.headers.clone(),
        ..Request::default()
    };
    Ok(json!({"value": page, field: link(&bare, &[(parameter, &name)])}))
}

/// What is to be told, and what will have been.
fn changed(token: &mut Token, mailbox: &Mailbox, who: &str) {
    let mut now = BTreeMap::new();
    for (id, version, value) in standing(mailbox, who, token.window) {
        if token.told.get(&id) != Some(&version) {
            let mut value = value;
            if value.get("type") == Some(&json!("occurrence")) {
                value = selected(value, Some("type,seriesMasterId,start,end"));
            }
            token.rest.push(selected(value, token.select.as_deref()));
        }
        now.insert(id, version);
    }
    for id in token.told.keys().filter(|id| !now.contains_key(*id)) {
        token.rest.push(json!({
            "@odata.type": "#microsoft.graph.event", "id": id, "@removed": {"reason": "deleted"},
        }));
    }
    token.told = now;
}

/// All that stands in a window, by id, with the version of its item; the series of what stands as well.
fn standing(
    mailbox: &Mailbox,
    who: &str,
    window: (Timestamp, Timestamp),
) -> Vec<(String, u64, Value)> {
    let mut all = Vec::new();
    for item in mailbox.items.values() {
        let mut put = |day: Option<Date>, part: &Part| {
            let value = shown(item, part, day, who);
            all.extend(value.map(|value| (instance_id(item, day), item.version, value)));
        };
        let stands = |part: &Part| {
            let (start, end) = (moment(&part.fields, "start"), moment(&part.fields, "end"));
            start
                .zip(end)
                .is_some_and(|(start, end)| start < window.1 && window.0 < end)
        };
        let Some(recurrence) = item
            .part
            .fields
            .get("recurrence")
            .filter(|said| !said.is_null())
        else {
            if stands(&item.part) {
                put(None, &item.part);
            }
            continue;
        };
        let last = item.zone().0.to_datetime(window.1).date();
        let ruled = item
            .first()
            .map(|first| super::pattern::days(recurrence, first, last));
        let mut days = ruled.unwrap_or_default();
        days.extend(item.exceptions.keys());
        days.sort_unstable();
        days.dedup();
        let parts = days
            .into_iter()
            .filter_map(|day| Some((day, item.part(Some(day))?)));
        let parts: Vec<(Date, Part)> = parts.filter(|(_, part)| stands(part)).collect();
        if !parts.is_empty() {
            put(None, &item.part);
        }
        for (day, part) in &parts {
            put(Some(*day), part);
        }
    }
    all
}

fn instance_id(item: &Item, day: Option<Date>) -> String {
    match day {
        Some(day) => format!("{}.{}", item.id, day.strftime("%Y%m%d")),
        None => item.id.clone(),
    }
}

/// An event as it is given out to `who`.
pub(super) fn shown(item: &Item, part: &Part, day: Option<Date>, who: &str) -> Option<Value> {
    let is_series = day.is_none() && part.fields.get("recurrence").is_some_and(Value::is_object);
    let is_changed = day.is_some_and(|day| item.exceptions.contains_key(&day));
    let kind = match (day, is_series) {
        (Some(_), _) if is_changed => "exception",
        (Some(_), _) => "occurrence",
        (None, true) => "seriesMaster",
        (None, false) => "singleInstance",
    };
    let time = |end: &str| {
        let at = moment(&part.fields, end)?;
        Some(
            json!({"dateTime": at.strftime("%Y-%m-%dT%H:%M:%S.0000000").to_string(), "timeZone": "UTC"}),
        )
    };
    let stamp = |at: Timestamp| at.strftime("%Y-%m-%dT%H:%M:%SZ").to_string();
    let key = format!("{:016X}", item.version);
    let mine = item.chair == who;
    let (answer, answered) = part.answer;
    let mut shown = json!({
        "@odata.etag": format!("W/\"{key}\""), "id": instance_id(item, day), "changeKey": key, "categories": [],
        "createdDateTime": stamp(item.created), "lastModifiedDateTime": stamp(item.modified),
        "iCalUId": name_of(&item.uid, day), "type": kind, "isOrganizer": mine, "isCancelled": part.is_off,
        "isDraft": false, "hideAttendees": false, "isAllDay": false, "showAs": "busy", "sensitivity": "normal",
        "importance": "normal", "subject": "", "attendees": [], "recurrence": null,
        "originalStartTimeZone": item.zone().1, "originalEndTimeZone": item.zone().1,
        "seriesMasterId": day.map(|_| &item.id), "start": time("start")?, "end": time("end")?,
        "organizer": {"emailAddress": {"name": item.chair, "address": item.chair}},
        "responseStatus": {
            "response": answer,
            "time": answered.map_or_else(|| "0001-01-01T00:00:00Z".to_owned(), stamp),
        },
    });
    let fields = shown.as_object_mut()?;
    for (name, value) in &part.fields {
        if !matches!(name.as_str(), "start" | "end") {
            fields.insert(name.clone(), value.clone());
        }
    }
    if let Some(day) = day.filter(|_| is_changed) {
        let at = original(item, day)?;
        fields.insert("originalStart".to_owned(), stamp(at).into());
    }
    Some(shown)
}

/// When an instance was to begin.
fn original(item: &Item, day: Date) -> Option<Timestamp> {
    let zone = item.zone().0;
    let first = zone.to_datetime(moment(&item.part.fields, "start")?);
    let at = day.to_datetime(first.time());
    zone.to_ambiguous_timestamp(at).compatible().ok()
}

/// The name of an instance has its day in it (MS-OXOCAL).
fn name_of(uid: &str, day: Option<Date>) -> String {
    let Some(day) = day else {
        return uid.to_owned();
    };
    let (head, tail) = uid.split_at(32);
    let day = format!("{:04X}{:02X}{:02X}", day.year(), day.month(), day.day());
    format!("{head}{day}{}", tail.get(8..).unwrap_or_default())
}

/// Of an event what was asked for; its id and its ETag always come.
fn selected(value: Value, select: Option<&str>) -> Value {
    let Some(select) = select else { return value };
    let chosen: Vec<&str> = select.split(',').map(str::trim).collect();
    match value {
        Value::Object(fields) => {
            let is_asked =
                |name: &str| name == "id" || name.starts_with('@') || chosen.contains(&name);
            let fields: Fields = fields
                .into_iter()
                .filter(|(name, _)| is_asked(name))
                .collect();
            Value::Object(fields)
        }
        other => other,
    }
}

fn window(request: &Request) -> Result<(Timestamp, Timestamp), Refusal> {
    let at = |name: &str| {
        let text = request.parameter(name).ok_or(BAD)?;
        let moment = text.parse::<Timestamp>();
        // Without an offset it is UTC.
        moment
            .or_else(|_| format!("{text}Z").parse())
            .map_err(|_| BAD)
    };
    let (from, to) = (at("startDateTime")?, at("endDateTime")?);
    let years = from.checked_add((24 * 366 * 5).hours());
    if from < to && years.is_ok_and(|most| to <= most) {
        Ok((from, to))
    } else {
        Err(BAD)
    }
}

fn refuse_others(request: &Request, known: &[&str]) -> Result<(), Refusal> {
    let mut names = request.query.iter().map(|(name, _)| name.as_str());
    let is_told_otherwise = request
        .header("prefer")
        .is_some_and(|prefer| prefer.contains("outlook.timezone"));
    if names.all(|name| known.contains(&name)) && !is_told_otherwise {
        Ok(())
    } else {
        Err(NOT_HERE)
    }
}

/// The address of a request, with some parameters set.
pub(super) fn link(request: &Request, set: &[(&str, &str)]) -> String {
    let host = request.header("host").unwrap_or("graph.invalid");
    let is_set = |name: &str| set.iter().any(|(one, _)| *one == name);
    let mut query = url::form_urlencoded::Serializer::new(String::new());
    query.extend_pairs(request.query.iter().filter(|(name, _)| !is_set(name)));
    query.extend_pairs(set);
    format!("http://{host}{}?{}", request.raw_path, query.finish())
}
