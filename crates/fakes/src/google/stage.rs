//! A calendar set to what iCalendar says, as if its people had done it: for playing lives that are known from elsewhere.

use super::instance::written;
use super::invite::with_self;
use super::world::{Fields, State, Stored, World, text};
use jiff::Timestamp;
use jiff::tz::TimeZone;
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use steadfast_calendar::{
    Attendee, Busy, CuType, End, Event, EventKind, Instant, PartStat, Role, Status, When,
};

/// What a calendar is to hold, by id; and the moment of the last change of each series.
struct Wanted {
    events: BTreeMap<String, (Fields, State)>,
    moments: BTreeMap<String, Option<Instant>>,
}

/// Sets `owner`'s calendar to `events`. With `shared_moments` all of a series says that it changed when any of it last did,
/// as Google does; without, each says when itself did.
pub(super) fn stage(world: &mut World, owner: &str, events: &[Event], shared_moments: bool) {
    let wanted = wanted(owner, events);
    let Some(calendar) = world.calendars.get_mut(owner) else {
        return;
    };
    let mut changed: BTreeSet<String> = BTreeSet::new();
    let mut fallen: BTreeSet<String> = BTreeSet::new();
    for (id, held) in &calendar.events {
        if held.state != State::Dropped && !wanted.events.contains_key(id) {
            fallen.insert(id.clone());
            changed.insert(calendar.series_of(id));
        }
    }
    let own = |fields: &Fields, state: State| {
        let mut own = fields.clone();
        if state == State::Off {
            own.retain(|name, _| {
                matches!(
                    name.as_str(),
                    "id" | "recurringEventId" | "originalStartTime"
                )
            });
        }
        own.remove("etag");
        if shared_moments {
            own.remove("updated");
        }
        (own, state)
    };
    for (id, (fields, state)) in &wanted.events {
        let same = calendar
            .events
            .get(id)
            .is_some_and(|held| own(&held.fields, held.state) == own(fields, *state));
        if !same {
            changed.insert(text(fields, "recurringEventId").unwrap_or(id).to_owned());
        }
    }
    if changed.is_empty() {
        return;
    }
    world.version += 1;
    let version = world.version;
    let etag = Value::from(format!("\"{}\"", version * 2));
    for (id, (mut fields, state)) in wanted.events {
        let series = text(&fields, "recurringEventId").unwrap_or(&id).to_owned();
        // All of a changed series is told anew.
        if !changed.contains(&series) {
            continue;
        }
        if let (true, Some(Some(moment))) = (shared_moments, wanted.moments.get(&series)) {
            fields.insert("updated".to_owned(), stamp(*moment).into());
        }
        fields.insert("etag".to_owned(), etag.clone());
        let stored = Stored {
            fields,
            state,
            version,
        };
        calendar.events.insert(id, stored);
    }
    for (_, held) in calendar
        .events
        .iter_mut()
        .filter(|(id, _)| fallen.contains(*id))
    {
        held.state = State::Dropped;
        held.version = version;
        held.fields.insert("etag".to_owned(), etag.clone());
    }
    let now = world.now;
    world.channels.tell(owner, now);
}

fn wanted(owner: &str, events: &[Event]) -> Wanted {
    let mut wanted = Wanted {
        events: BTreeMap::new(),
        moments: BTreeMap::new(),
    };
    let masters: BTreeSet<&str> = events
        .iter()
        .filter(|event| event.recurrence_id.is_none())
        .map(|event| &*event.uid)
        .collect();
    for event in events {
        let base = id_of(&event.uid);
        let moment = wanted.moments.entry(base.clone()).or_default();
        *moment = (*moment).max(event.last_modified);
        let mut fields = fields(owner, event);
        let Some(instance) = &event.recurrence_id else {
            let mut recurrence: Vec<Value> = Vec::new();
            if let Some(said) = &event.recurrence {
                recurrence.extend(said.rules.iter().map(|rule| json!(format!("RRULE:{rule}"))));
                for off in &said.except_dates {
                    let id = instance_id(&base, off);
                    let off = json!({"id": id, "recurringEventId": base, "originalStartTime": date_time(off)});
                    let off = off.as_object().cloned().unwrap_or_default();
                    wanted.events.insert(id, (off, State::Off));
                }
            }
            if !recurrence.is_empty() {
                fields.insert("recurrence".to_owned(), recurrence.into());
            }
            fields.insert("id".to_owned(), base.clone().into());
            wanted.events.insert(base, (fields, State::Stands));
            continue;
        };
        let id = instance_id(&base, &instance.at);
        fields.insert("id".to_owned(), id.clone().into());
        fields.insert("recurringEventId".to_owned(), base.into());
        fields.insert("originalStartTime".to_owned(), date_time(&instance.at));
        let is_off = event.status == Status::Cancelled && masters.contains(&*event.uid);
        let state = if is_off { State::Off } else { State::Stands };
        wanted.events.entry(id).or_insert((fields, state));
    }
    wanted
}

/// Google's id of a UID of Google's.
fn id_of(uid: &str) -> String {
    uid.strip_suffix("@google.com").unwrap_or(uid).to_owned()
}

fn instance_id(base: &str, at: &When) -> String {
    match at {
        When::Date(date) => format!("{base}_{}", date.strftime("%Y%m%d")),
        other => {
            let at = other.instant(&TimeZone::UTC).timestamp();
            format!("{base}_{}", at.strftime("%Y%m%dT%H%M%SZ"))
        }
    }
}

fn date_time(at: &When) -> Value {
    match at {
        When::Date(date) => json!({"date": date.to_string()}),
        other => {
            let zone = other.zone(&TimeZone::UTC).clone();
            let name = zone.iana_name().unwrap_or("UTC").to_owned();
            json!({"dateTime": written(other.instant(&TimeZone::UTC).timestamp(), &zone), "timeZone": name})
        }
    }
}

fn stamp(at: Instant) -> String {
    let at: Timestamp = at.timestamp();
    at.strftime("%Y-%m-%dT%H:%M:%S.000Z").to_string()
}

fn end(event: &Event) -> Value {
    match &event.end {
        End::At(end) => date_time(end),
        End::Lasts { days, seconds } => {
            let zone = event.start.zone(&TimeZone::UTC).clone();
            let end = event
                .start
                .instant(&TimeZone::UTC)
                .plus_days(i64::from(*days))
                .plus_seconds(*seconds);
            date_time(&When::Zoned(end.civil(&zone), zone))
        }
        End::Unsaid => date_time(&event.start),
    }
}

fn fields(owner: &str, event: &Event) -> Fields {
    let said = json!({
        "iCalUID": &*event.uid, "summary": &*event.summary, "sequence": event.sequence,
        "start": date_time(&event.start), "end": end(event),
        "status": if event.status == Status::Tentative { "tentative" } else { "confirmed" },
        "eventType": match event.kind {
            EventKind::OutOfOffice => "outOfOffice",
            EventKind::FocusTime => "focusTime",
            EventKind::WorkingLocation => "workingLocation",
            EventKind::Birthday => "birthday",
            EventKind::Ordinary => "default",
        },
    });
    let mut fields = said.as_object().cloned().unwrap_or_default();
    let mut put = |name: &str, value: Value| drop(fields.insert(name.to_owned(), value));
    if let Some(at) = event.created {
        put("created", stamp(at).into());
    }
    if let Some(at) = event.last_modified {
        put("updated", stamp(at).into());
    }
    if event.busy == Busy::Free {
        put("transparency", json!("transparent"));
    }
    let chair = event.organizer.as_ref();
    let address = chair.map_or(owner, |chair| &*chair.address);
    let mut who = json!({"email": address});
    if let (Some(chair), Some(who)) = (
        chair.filter(|chair| !chair.name.is_empty()),
        who.as_object_mut(),
    ) {
        who.insert("displayName".to_owned(), json!(&*chair.name));
    }
    put("creator", who.clone());
    put("organizer", who);
    if !event.attendees.is_empty() {
        put("attendees", event.attendees.iter().map(guest).collect());
    }
    with_self(&fields, owner)
}

fn guest(guest: &Attendee) -> Value {
    let mut said = json!({
        "email": &*guest.address,
        "responseStatus": match guest.answer {
            PartStat::Accepted => "accepted",
            PartStat::Declined => "declined",
            PartStat::Tentative => "tentative",
            PartStat::NeedsAction | PartStat::Delegated => "needsAction",
        },
    });
    if let Some(fields) = said.as_object_mut() {
        if !guest.name.is_empty() {
            fields.insert("displayName".to_owned(), json!(&*guest.name));
        }
        if matches!(guest.cutype, CuType::Resource | CuType::Room) {
            fields.insert("resource".to_owned(), true.into());
        }
        if guest.role == Role::Optional {
            fields.insert("optional".to_owned(), true.into());
        }
    }
    said
}
