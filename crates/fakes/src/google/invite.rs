//! What reaches whom: an organiser's copy is handed round to everybody who is invited and has a calendar here.

use super::world::{Fields, State, Stored, World, guests, organizer, text};
use super::write::take_off;
use serde_json::Value;
use std::collections::BTreeSet;

/// The fields of an event as they look on `owner`'s calendar: who is oneself.
pub(super) fn with_self(fields: &Fields, owner: &str) -> Fields {
    let mut fields = fields.clone();
    let mark = |person: &mut Value| {
        if let Some(person) = person.as_object_mut() {
            if text(person, "email") == Some(owner) {
                person.insert("self".to_owned(), true.into());
            } else {
                person.remove("self");
            }
        }
    };
    for name in ["creator", "organizer"] {
        fields.get_mut(name).into_iter().for_each(mark);
    }
    let chair = organizer(&fields).map(str::to_owned);
    let all = fields.get_mut("attendees").and_then(Value::as_array_mut);
    for guest in all.into_iter().flatten() {
        mark(guest);
        if let Some(guest) = guest
            .as_object_mut()
            .filter(|guest| text(guest, "email") == chair.as_deref())
        {
            guest.insert("organizer".to_owned(), true.into());
        }
    }
    fields
}

/// Hands the event `id` of the organiser's calendar round, with all of its series.
pub(super) fn hand_round(world: &mut World, chair: &str, id: &str) {
    let Some(found) = world.calendars.get(chair) else {
        return;
    };
    let series = found.series_of(id);
    let all: Vec<(String, Stored)> = found
        .events
        .iter()
        .filter(|(other, event)| {
            **other == series || text(&event.fields, "recurringEventId") == Some(series.as_str())
        })
        .map(|(other, event)| (other.clone(), event.clone()))
        .collect();
    let mut people: BTreeSet<String> = BTreeSet::new();
    for (_, event) in &all {
        people.extend(
            guests(&event.fields)
                .filter_map(|guest| text(guest, "email"))
                .map(str::to_owned),
        );
    }
    // Whoever had it may not be invited any more.
    let held = world
        .calendars
        .iter()
        .filter(|(_, calendar)| calendar.events.contains_key(&series));
    people.extend(held.map(|(who, _)| who.clone()));
    people.retain(|who| who != chair && world.knows(who));
    for who in people {
        for (other, event) in &all {
            hand_to(world, &who, other, event);
        }
    }
}

/// Brings somebody's copy of one event in line with the organiser's.
fn hand_to(world: &mut World, who: &str, id: &str, event: &Stored) {
    let Some(calendar) = world.calendars.get(who) else {
        return;
    };
    let series = text(&event.fields, "recurringEventId");
    let has_left =
        calendar.left.contains(id) || series.is_some_and(|series| calendar.left.contains(series));
    let invited = guests(&event.fields).any(|guest| text(guest, "email") == Some(who));
    let held = calendar.events.get(id);
    if has_left || !invited || event.state != State::Stands {
        let is_here = held.is_some_and(|held| held.state == State::Stands);
        // An instance that nothing was said about before is here as its series gives it.
        let as_ruled = held.is_none() && series.is_some_and(|series| calendar.stands(series));
        if (is_here || as_ruled) && !has_left {
            let gone = held.cloned().unwrap_or_else(|| event.clone());
            let gone = Stored {
                fields: with_self(&gone.fields, who),
                ..gone
            };
            take_off(world, who, id, gone);
        }
        return;
    }
    let fields = with_self(&event.fields, who);
    let differs = |held: &Stored| {
        held.state != State::Stands
            || fields.iter().any(|(name, value)| {
                !matches!(
                    name.as_str(),
                    "etag" | "updated" | "transparency" | "visibility" | "colorId" | "reminders"
                ) && held.fields.get(name) != Some(value)
            })
    };
    if held.is_none_or(differs) {
        let stored = Stored {
            fields,
            state: State::Stands,
            version: world.version,
        };
        if let Some(calendar) = world.calendars.get_mut(who) {
            calendar.events.insert(id.to_owned(), stored);
        }
        world.touch(who, id);
    }
}
