//! What there is at a place: an event with all that Google tells of the same series.

use super::Outcome;
use super::said::by_error;
use crate::google::{Oddity, Said, read, together};
use crate::sync::google::answer::{No, told_no};
use crate::sync::google::api::{Api, EVENT};
use crate::write::{Basis, Order};
use serde::Deserialize;
use serde_json::Value;
use std::collections::BTreeMap;
use steadfast_calendar::edit::holds;
use steadfast_calendar::{Instant, says_in_pieces};

/// Pages of one series. One with ten thousand exceptions is no 1:1.
const PAGES: usize = 40;

/// An event, and whatever belongs to it.
#[derive(Default)]
pub(super) struct There {
    /// The calendar.
    pub(super) calendar: String,
    /// Id of the event that is named.
    pub(super) id: String,
    /// All that is told of it, by id; also what was called off. Empty: there is nothing.
    pub(super) events: BTreeMap<String, Value>,
    text: Option<Vec<u8>>,
    says: String,
}

/// One page of a list.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Page {
    #[serde(default)]
    pub(super) items: Vec<Value>,
    next_page_token: Option<String>,
}

impl There {
    /// Reads it: the place is the calendar's id, a stroke, and the event's.
    pub(super) fn read(api: &mut Api<'_>, place: &str) -> Result<Self, Box<Outcome>> {
        let Some((calendar, id)) = place.rsplit_once('/') else {
            return Err(Box::new(Outcome::Refused {
                why: "this is no place at Google".to_owned(),
            }));
        };
        let mut there = Self {
            calendar: calendar.to_owned(),
            id: id.to_owned(),
            ..Self::default()
        };
        let mut url = api.url(&["calendars", calendar, "events", id]);
        url.query_pairs_mut()
            .append_pair("fields", &format!("{EVENT},etag"));
        let named: Value = match api.get(&url).map_err(|error| failed(&error))? {
            Ok(event) => event,
            Err(No {
                status: 404 | 410, ..
            }) => return Ok(there),
            Err(no) => return Err(failed(&told_no(&url, &no))),
        };
        if is_off(&named) {
            return Ok(there);
        }
        if named.get("recurrence").is_some() || series_of(&named).is_some() {
            let uid = word(&named, "iCalUID").unwrap_or_default().to_owned();
            there.events = series(api, calendar, &uid)?;
        }
        // It is read first: what the list says of it is later.
        there.events.entry(id.to_owned()).or_insert(named);
        let said = there.events.values().map(read);
        let said: Vec<Said> = said.collect::<Result<_, Oddity>>().map_err(|oddity| {
            Box::new(Outcome::Refused {
                why: format!("Google says of it what cannot be read: {oddity}"),
            })
        })?;
        if let Some((text, pieces)) = together(&said) {
            there.says = says_in_pieces(pieces.iter().map(Vec::as_slice));
            there.text = Some(text);
        }
        Ok(there)
    }

    /// As one object.
    pub(super) fn text(&self) -> Option<&[u8]> {
        self.text.as_deref()
    }

    pub(super) fn into_text(self) -> Option<Vec<u8>> {
        self.text
    }

    /// In few characters; empty where there is nothing.
    pub(super) fn says(&self) -> &str {
        &self.says
    }

    pub(super) fn version(&self) -> Option<String> {
        version(self.events.get(&self.id)?)
    }

    /// Whether it is what was decided on.
    pub(super) fn is_as_decided(&self, order: &Order) -> bool {
        match (&order.basis, self.text()) {
            (Basis::Nothing, None) => true,
            (Basis::Version(version), Some(_)) => self.version().as_ref() == Some(version),
            (Basis::Says(said), Some(_)) => self.says == *said,
            (Basis::After(edit), Some(text)) => order.by(|by| holds(Some(text), edit, by)),
            _ => false,
        }
    }

    /// The event that is named; of a series that is told, the series.
    pub(super) fn own(&self) -> Option<&Value> {
        self.events.get(&self.id)
    }

    /// Whether its instances are events of their own.
    pub(super) fn repeats(&self) -> bool {
        let is_piece =
            |event: &Value| event.get("recurrence").is_some() || series_of(event).is_some();
        self.events.values().any(is_piece)
    }

    /// The exceptions that stand.
    pub(super) fn exceptions(&self) -> impl Iterator<Item = &Value> {
        let pieces = self.events.values();
        pieces.filter(|event| series_of(event).is_some() && !is_off(event))
    }

    /// The instance that its series puts at `occurrence`, as far as something was said of it.
    pub(super) fn exception(&self, occurrence: Instant) -> Option<&Value> {
        let mut pieces = self.events.values();
        pieces.find(|event| is_instance(event, occurrence))
    }

    /// Id of the series.
    pub(super) fn series(&self) -> Option<&str> {
        let mut all = self.events.values();
        all.find_map(|event| {
            series_of(event)
                .or_else(|| word(event, "id").filter(|_| event.get("recurrence").is_some()))
        })
    }
}

/// All that is told of one UID in a calendar.
fn series(
    api: &mut Api<'_>,
    calendar: &str,
    uid: &str,
) -> Result<BTreeMap<String, Value>, Box<Outcome>> {
    let mut events = BTreeMap::new();
    let mut next: Option<String> = None;
    for _ in 0..PAGES {
        let mut url = api.url(&["calendars", calendar, "events"]);
        url.query_pairs_mut()
            .append_pair("iCalUID", uid)
            .append_pair("fields", &format!("nextPageToken,items({EVENT},etag)"))
            .extend_pairs(next.as_ref().map(|page| ("pageToken", page)));
        let page: Page = match api.get(&url).map_err(|error| failed(&error))? {
            Ok(page) => page,
            Err(no) => return Err(failed(&told_no(&url, &no))),
        };
        for event in page.items {
            if let Some(id) = word(&event, "id").map(str::to_owned) {
                events.insert(id, event);
            }
        }
        next = page.next_page_token;
        if next.is_none() {
            return Ok(events);
        }
    }
    Err(Box::new(Outcome::Refused {
        why: "its series has more exceptions than can be read".to_owned(),
    }))
}

pub(super) fn failed(error: &crate::error::SourceError) -> Box<Outcome> {
    Box::new(by_error(error))
}

/// Whether an event is the instance that its series puts there.
pub(super) fn is_instance(event: &Value, occurrence: Instant) -> bool {
    let original = event
        .get("originalStartTime")
        .and_then(|original| word(original, "dateTime"))
        .and_then(|text| text.parse::<jiff::Timestamp>().ok());
    series_of(event).is_some() && original.map(Instant::from) == Some(occurrence)
}

/// Whether it was called off, or is gone.
pub(super) fn is_off(event: &Value) -> bool {
    word(event, "status") == Some("cancelled")
}

pub(super) fn version(event: &Value) -> Option<String> {
    word(event, "etag").map(str::to_owned)
}

fn series_of(event: &Value) -> Option<&str> {
    word(event, "recurringEventId")
}

pub(super) fn word<'a>(event: &'a Value, name: &str) -> Option<&'a str> {
    event.get(name)?.as_str()
}
