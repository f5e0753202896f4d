//! An office at the fake, and rounds written down as lines.

use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::time::Duration;
use steadfast_connect::sync::google::{self, Account, By, Endpoints, Registration, grant};
use steadfast_connect::sync::{Cursor, News, Provider, Round};
use steadfast_connect::{Limits, Options, Secret, SourceError};
use steadfast_fakes::google::Google;
use url::Url;

pub(crate) const MAYA: &str = "maya@example.com";
pub(crate) const BEN: &str = "ben@example.com";
pub(crate) const REDIRECT: &str = "https://steadfast.example/calendars/google";

/// A Google with Maya and Ben, on which this program is registered.
pub(crate) fn office() -> Google {
    let google = Google::start("2026-01-05T08:00:00Z".parse().unwrap()).unwrap();
    google.join(MAYA, "Europe/Paris");
    google.join(BEN, "Europe/Paris");
    google.register("client", "hush", REDIRECT);
    google
}

pub(crate) fn endpoints(google: &Google) -> Endpoints {
    Endpoints::on_this_machine(&Url::parse(&google.url()).unwrap()).unwrap()
}

pub(crate) fn registration() -> Registration {
    Registration {
        client_id: "client".to_owned(),
        client_secret: Secret::new("hush"),
    }
}

pub(crate) fn options() -> Options {
    Options {
        limits: Limits {
            download_bytes: 4 << 20,
            answer: Duration::from_secs(30),
            whole: Duration::from_secs(30),
            ..Limits::default()
        },
        ..Options::default()
    }
}

/// Somebody's account, as they allowed it.
pub(crate) fn account(google: &Google, person: &str) -> Account {
    allowed(google, person, &grant::SCOPES)
}

/// Somebody's account, of which they allowed so much.
pub(crate) fn allowed(google: &Google, person: &str, scopes: &[&str]) -> Account {
    let refresh = google.allow(person, "client", scopes);
    Account {
        endpoints: endpoints(google),
        by: By::Allowed {
            registration: registration(),
            refresh: Secret::new(refresh),
        },
    }
}

/// Somebody's account that is kept up with, with the mirror of it that a caller would have.
pub(crate) struct Keeper {
    provider: Box<dyn Provider>,
    cursor: Option<String>,
    /// Text by calendar and place, its lines unfolded.
    pub(crate) mirror: BTreeMap<(String, String), String>,
}

impl Keeper {
    pub(crate) fn new(google: &Google, person: &str) -> Self {
        Self::of(&account(google, person))
    }

    pub(crate) fn of(account: &Account) -> Self {
        Self {
            provider: google::open(account, &options()).unwrap(),
            cursor: None,
            mirror: BTreeMap::new(),
        }
    }

    pub(crate) fn try_round(&mut self) -> Result<Round, SourceError> {
        let cursor = self
            .cursor
            .as_deref()
            .map(|text| Cursor::from_json(text).unwrap());
        let round = self.provider.round(cursor.as_ref())?;
        let text = round.cursor.to_json();
        assert!(
            !text.contains("refresh") && !text.contains("ya29"),
            "{text}"
        );
        self.cursor = Some(text);
        for gone in &round.gone {
            self.mirror.retain(|(calendar, _), _| calendar != gone);
        }
        for calendar in &round.calendars {
            let place = |href: &String| (calendar.id.clone(), href.clone());
            let (put, gone) = match &calendar.news {
                News::Unchanged => continue,
                News::Whole { objects, kept, .. } => {
                    self.mirror
                        .retain(|(id, href), _| *id != calendar.id || kept.contains(href));
                    (objects, &Vec::new())
                }
                News::Changes { put, gone } => (put, gone),
            };
            for href in gone {
                assert!(
                    put.iter().all(|object| object.href != *href),
                    "{href} is put and gone"
                );
                self.mirror.remove(&place(href));
            }
            for object in put {
                let text = String::from_utf8(object.lines.clone()).unwrap();
                let text = text.replace("\r\n ", "");
                self.mirror.insert(place(&object.href), text);
            }
        }
        Ok(round)
    }

    pub(crate) fn round(&mut self) -> Round {
        self.try_round().unwrap()
    }

    /// The next round in lines.
    pub(crate) fn told(&mut self) -> Vec<String> {
        told(&self.round())
    }
}

pub(crate) fn told(round: &Round) -> Vec<String> {
    let mut lines = Vec::new();
    for calendar in &round.calendars {
        let id = &calendar.id;
        let (objects, gone) = match &calendar.news {
            News::Unchanged => {
                lines.push(format!("{id} unchanged"));
                continue;
            }
            News::Whole {
                objects, because, ..
            } => {
                lines.push(format!("{id} whole, {because:?}"));
                (objects, &Vec::new())
            }
            News::Changes { put, gone } => {
                lines.push(format!("{id} changes"));
                (put, gone)
            }
        };
        for object in objects {
            let text = std::str::from_utf8(&object.lines).unwrap();
            let told = ["SUMMARY", "DTSTART", "RECURRENCE-ID", "EXDATE"]
                .iter()
                .flat_map(|name| {
                    let lines = text.lines().filter(move |line| line.starts_with(name));
                    lines.filter_map(|line| line.rsplit(':').next())
                });
            lines.push(format!("  {}", told.collect::<Vec<_>>().join(" ")));
        }
        lines.extend((!gone.is_empty()).then(|| format!("  gone {}", gone.len())));
    }
    lines.extend(round.gone.iter().map(|id| format!("gone {id}")));
    lines.extend(
        round
            .set_aside
            .iter()
            .map(|one| format!("aside {}: {}", one.label, one.why)),
    );
    lines.extend(
        round
            .unreadable
            .iter()
            .map(|(what, why)| format!("unreadable {what}: {why}")),
    );
    lines
}

/// Tuesdays at 15:00 in Paris from 6 January on, with these guests.
pub(crate) fn weekly(title: &str, guests: &[&str]) -> Value {
    let guests: Vec<Value> = guests.iter().map(|guest| json!({"email": guest})).collect();
    json!({
        "summary": title, "attendees": guests, "recurrence": ["RRULE:FREQ=WEEKLY;BYDAY=TU"],
        "description": "salary", "location": "Room 5",
        "start": {"dateTime": "2026-01-06T15:00:00+01:00", "timeZone": "Europe/Paris"},
        "end": {"dateTime": "2026-01-06T15:30:00+01:00", "timeZone": "Europe/Paris"},
    })
}

/// A new time, on the day and at the hour in Paris.
pub(crate) fn at(day: &str, hour: u32) -> Value {
    json!({
        "start": {"dateTime": format!("{day}T{hour:02}:00:00+01:00"), "timeZone": "Europe/Paris"},
        "end": {"dateTime": format!("{day}T{hour:02}:30:00+01:00"), "timeZone": "Europe/Paris"},
    })
}

/// Does something as somebody, and gives the event that comes of it.
pub(crate) fn done(
    google: &Google,
    person: &str,
    method: &str,
    path: &str,
    body: Option<&Value>,
) -> Value {
    let path = format!("calendars/primary/events{path}");
    let (status, body) = google.ask(person, method, &path, None, body);
    assert!(
        matches!(status, 200 | 204),
        "{method} {path}: {status} {body}"
    );
    body
}

/// Makes an event; its id.
pub(crate) fn made(google: &Google, person: &str, event: &Value) -> String {
    let made = done(google, person, "POST", "", Some(event));
    made["id"].as_str().unwrap().to_owned()
}
