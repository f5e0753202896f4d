//! Everything that is so: people, their calendars, what was allowed, and what time it is.

use super::channels::Channels;
use super::refusal::{Refusal, TOO_MANY};
use super::service::Service;
use crate::faults::Faults;
use crate::oauth::Allowed;
use jiff::{Timestamp, ToSpan};
use serde_json::{Map, Value, json};
use std::collections::{BTreeMap, BTreeSet};

/// Fields of an event, as they are given out.
pub(super) type Fields = Map<String, Value>;

#[derive(Debug)]
pub(super) struct World {
    /// The fake's own clock.
    pub(super) now: Timestamp,
    /// Grows with every change of anything.
    pub(super) version: u64,
    /// By id; a person's own has their address.
    pub(super) calendars: BTreeMap<String, Calendar>,
    pub(super) allowed: Allowed,
    /// Service accounts that may ask for the people of a domain, by their address.
    pub(super) services: BTreeMap<String, Service>,
    pub(super) faults: Faults,
    pub(super) channels: Channels,
    /// What was not as described, in either direction.
    pub(super) violations: Vec<String>,
    /// Requests to the API, as `GET calendar.events.list`, …
    pub(super) asked: Vec<String>,
    /// Those that change something, with whom it was to be told to.
    pub(super) changed: Vec<String>,
    /// Events on a page at most, whatever is asked for.
    pub(super) page: usize,
    /// Requests that each person is answered in a minute.
    pub(super) a_minute: Option<usize>,
    /// The minute in which each last asked, and how often.
    spent: BTreeMap<String, (i64, usize)>,
    made: u64,
}

/// One calendar.
#[derive(Debug, Default)]
pub(super) struct Calendar {
    /// Who owns it.
    pub(super) owner: String,
    pub(super) summary: String,
    pub(super) zone: String,
    /// By id; what was deleted stays as what it was, and says so.
    pub(super) events: BTreeMap<String, Stored>,
    /// Sync tokens from before this are lost.
    pub(super) oldest_token: u64,
    /// Ids of what its owner took off it: nobody puts that there again.
    pub(super) left: BTreeSet<String>,
}

/// One event of a calendar.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Stored {
    pub(super) fields: Fields,
    pub(super) state: State,
    /// Of the world, when it last changed.
    pub(super) version: u64,
}

/// Whether an event stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum State {
    Stands,
    /// An instance that was called off: its series says so.
    Off,
    /// It is gone.
    Dropped,
}

impl World {
    pub(super) fn new(now: Timestamp) -> Self {
        Self {
            now,
            version: 1,
            calendars: BTreeMap::new(),
            allowed: Allowed::new(["4/code", "1//refresh", "ya29"]),
            services: BTreeMap::new(),
            faults: Faults::default(),
            channels: Channels::default(),
            violations: Vec::new(),
            asked: Vec::new(),
            changed: Vec::new(),
            page: 250,
            a_minute: None,
            spent: BTreeMap::new(),
            made: 0,
        }
    }

    /// An id as Google makes them: 26 letters and digits of base32hex.
    pub(super) fn new_id(&mut self) -> String {
        self.made += 1;
        // Weyl's sequence: no two alike, and none looks like the next.
        let mut bits = self.made.wrapping_mul(0x9E37_79B9_7F4A_7C15);
        let mut id = String::with_capacity(26);
        for place in 0..26_u32 {
            let digit = u32::try_from((bits >> (5 * (place % 12))) & 31).unwrap_or(0);
            id.extend(char::from_digit(digit, 32));
            if place % 12 == 11 {
                bits = bits.rotate_left(17) ^ self.made;
            }
        }
        id
    }

    /// Counts a request of somebody's, as long as they have any left.
    pub(super) fn spend(&mut self, person: &str) -> Result<(), Refusal> {
        let Some(most) = self.a_minute else {
            return Ok(());
        };
        let minute = self.now.as_second().div_euclid(60);
        let spent = self.spent.entry(person.to_owned()).or_default();
        if spent.0 != minute {
            *spent = (minute, 0);
        }
        if spent.1 >= most {
            return Err(TOO_MANY);
        }
        spent.1 += 1;
        Ok(())
    }

    /// The moment as Google writes it.
    pub(super) fn stamp(&self) -> String {
        self.now.strftime("%Y-%m-%dT%H:%M:%S.000Z").to_string()
    }

    /// Whether somebody has a calendar here.
    pub(super) fn knows(&self, address: &str) -> bool {
        self.calendars.contains_key(address)
    }

    /// Marks an event as changed now, and with it all of its series: they share one ETag and one moment.
    pub(super) fn touch(&mut self, calendar: &str, id: &str) {
        self.version += 1;
        let (version, stamp) = (self.version, self.stamp());
        let Some(found) = self.calendars.get_mut(calendar) else {
            return;
        };
        let series = found.series_of(id);
        for (other, event) in &mut found.events {
            let is_of_it = *other == series
                || text(&event.fields, "recurringEventId") == Some(series.as_str());
            if is_of_it && (event.state != State::Dropped || other == id) {
                event.version = version;
                event
                    .fields
                    .insert("updated".to_owned(), stamp.clone().into());
                event
                    .fields
                    .insert("etag".to_owned(), format!("\"{}\"", version * 2).into());
            }
        }
        self.channels.tell(calendar, self.now);
    }

    /// Lets the clock go on.
    pub(super) fn pass(&mut self, seconds: i64) {
        self.now = self
            .now
            .saturating_add(seconds.seconds())
            .unwrap_or(self.now);
    }
}

impl Calendar {
    /// The id of the series that an event is of; its own where it is none's.
    pub(super) fn series_of(&self, id: &str) -> String {
        let event = self.events.get(id);
        event
            .and_then(|event| text(&event.fields, "recurringEventId"))
            .unwrap_or(id)
            .to_owned()
    }

    /// Whether a series stands here.
    pub(super) fn stands(&self, id: &str) -> bool {
        self.events
            .get(id)
            .is_some_and(|event| event.state == State::Stands)
    }
}

impl Stored {
    /// As it is given out.
    pub(super) fn shown(&self) -> Value {
        let keep = |names: &[&str]| {
            let mut shown = Fields::new();
            for name in names {
                if let Some(value) = self.fields.get(*name) {
                    shown.insert((*name).to_owned(), value.clone());
                }
            }
            shown.insert("kind".to_owned(), json!("calendar#event"));
            shown.insert("status".to_owned(), json!("cancelled"));
            Value::Object(shown)
        };
        match self.state {
            State::Stands => {
                let mut shown = self.fields.clone();
                shown.insert("kind".to_owned(), json!("calendar#event"));
                Value::Object(shown)
            }
            State::Off => keep(&["etag", "id", "recurringEventId", "originalStartTime"]),
            State::Dropped => keep(&["etag", "id"]),
        }
    }
}

/// A field that is text.
pub(super) fn text<'a>(fields: &'a Fields, name: &str) -> Option<&'a str> {
    fields.get(name).and_then(Value::as_str)
}

/// The guests of an event.
pub(super) fn guests(fields: &Fields) -> impl Iterator<Item = &Fields> {
    let guests = fields.get("attendees").and_then(Value::as_array);
    guests.into_iter().flatten().filter_map(Value::as_object)
}

/// The organiser's address.
pub(super) fn organizer(fields: &Fields) -> Option<&str> {
    fields
        .get("organizer")
        .and_then(|one| one.get("email"))
        .and_then(Value::as_str)
}
