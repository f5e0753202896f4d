//! Google Calendar (API v3): the calendars that an account owns, each by its own sync token.
//!
//! What a person allowed is a refresh token ([`grant`]). A round gets an access token for it, asks which calendars there
//! are, and of each what changed. A token that Google does not know any more (410) means that everything is read anew;
//! what is gone meanwhile shows by comparison, and when it went is not known ([`Because::TokenLost`]).
//!
//! Where Google asks for fewer requests (429, or 403 with such a reason) the round ends with what it has; whoever calls
//! waits longer each time, for that person alone.

mod answer;
mod api;
mod calendar;
mod changes;
mod endpoints;
pub mod grant;

pub use endpoints::Endpoints;
pub use grant::Registration;

use super::Provider;
use super::cursor::{Cursor, GoogleCalendar, GoogleState, State};
use super::news::{Because, News, Object, Round};
use super::tally::{Named, Tally};
use crate::error::SourceError;
use crate::options::{Options, Secret};
use crate::web::client::Client;
use crate::web::shown;
use api::{Api, List, Since};
use calendar::{Listed, listed};
use changes::Taken;
use serde_json::Value;
use std::collections::BTreeMap;

/// One person's account, as it is reached.
#[derive(Clone, Debug)]
pub struct Account {
    /// Where Google is.
    pub endpoints: Endpoints,
    /// What Google knows this server by.
    pub registration: Registration,
    /// What the person allowed.
    pub refresh: Secret,
}

/// An account at Google that is kept up with. Nothing is asked of it yet.
///
/// # Errors
/// When the certificates named in `options` cannot be read. A user and a password in them are not used.
pub fn open(account: &Account, options: &Options) -> Result<Box<dyn Provider>, SourceError> {
    Ok(Box::new(Google {
        client: account.endpoints.client(options)?,
        account: account.clone(),
        access: None,
    }))
}

struct Google {
    client: Client,
    account: Account,
    access: Option<String>,
}

impl Provider for Google {
    fn round(&mut self, cursor: Option<&Cursor>) -> Result<Round, SourceError> {
        let empty = GoogleState::default();
        let known = match cursor.map(|cursor| &cursor.0) {
            Some(State::Google(known)) => known,
            // What another kind of source told says nothing here.
            _ => &empty,
        };
        let api = Api {
            client: &self.client,
            endpoints: &self.account.endpoints,
            registration: &self.account.registration,
            refresh: &self.account.refresh,
            access: &mut self.access,
            budget: self.client.limits().download_bytes,
        };
        let mut walk = Walk {
            api,
            tally: Tally::of(&known.calendars),
        };
        let entries = walk.api.calendars()?;
        if entries.is_empty() && !known.calendars.is_empty() {
            // Everybody has a calendar of their own there: an empty list is no answer.
            return Err(walk.odd("it lists no calendar at all"));
        }
        for entry in entries {
            if let Some(listed) = listed(&entry) {
                walk.calendar(listed)?;
            }
        }
        let gone = walk.tally.not_there();
        let cursor = |calendars| Cursor(State::Google(GoogleState { calendars }));
        walk.tally.round(gone, cursor)
    }
}

/// A walk over the calendars of an account.
struct Walk<'a> {
    api: Api<'a>,
    tally: Tally<'a, GoogleCalendar>,
}

impl Walk<'_> {
    fn calendar(&mut self, listed: Listed) -> Result<(), SourceError> {
        let Listed {
            id,
            name,
            owner,
            aside,
        } = listed;
        if let Some(why) = aside {
            let label = if name.is_empty() { id } else { name };
            self.tally.aside(label, why);
            return Ok(());
        }
        if self.tally.was_read(&id) || !self.tally.may_ask(&id) {
            return Ok(());
        }
        let came = self.events(&id);
        self.tally.read(Named { id, name, owner }, came)
    }

    /// What is new in one calendar, and what is remembered of it.
    fn events(&mut self, id: &str) -> Result<(News, GoogleCalendar), SourceError> {
        let Some(known) = self.tally.known.get(id) else {
            return self.whole(id, Because::First);
        };
        let list = match self.api.events(id, Some(&known.token))? {
            Since::Told(list) => list,
            Since::Lost => return self.whole(id, Because::TokenLost),
        };
        let token = self.token(&list)?;
        if list.items.is_empty() {
            let state = GoogleCalendar {
                token,
                ..known.clone()
            };
            return Ok((News::Unchanged, state));
        }
        let mut fetched: BTreeMap<String, Value> = BTreeMap::new();
        for series in changes::wanted(&known.series, &list.items) {
            let event = self.api.event(id, &series)?;
            fetched.extend(event.map(|event| (series, event)));
        }
        let taken = changes::since(&known.series, &list.items, &fetched);
        self.tell_unread(&taken);
        let news = News::Changes {
            put: objects(taken.put),
            gone: taken.gone.into_iter().collect(),
        };
        let state = GoogleCalendar {
            token,
            series: taken.series,
        };
        Ok((news, state))
    }

    /// Everything in one calendar.
    fn whole(&mut self, id: &str, because: Because) -> Result<(News, GoogleCalendar), SourceError> {
        let list = match self.api.events(id, None)? {
            Since::Told(list) => list,
            Since::Lost => {
                return Err(self.odd("it knows no token, and none was sent"));
            }
        };
        let token = self.token(&list)?;
        let nothing = changes::Series::new();
        let known = self.tally.known.get(id).map(|known| &known.series);
        let taken = changes::whole(known.unwrap_or(&nothing), &list.items);
        self.tell_unread(&taken);
        // What is not in a whole is gone, and an event that could not be read is not gone.
        let kept = taken.unread.iter().map(|(place, _)| place.clone());
        let news = News::Whole {
            kept: kept.collect(),
            objects: objects(taken.put),
            because,
        };
        let state = GoogleCalendar {
            token,
            series: taken.series,
        };
        Ok((news, state))
    }

    fn token(&self, list: &List) -> Result<String, SourceError> {
        let token = list.token.clone();
        token.ok_or_else(|| self.odd("it does not say where it was read up to"))
    }

    fn odd(&self, reason: &str) -> SourceError {
        SourceError::BadAnswer {
            address: shown::address(&self.api.endpoints.api),
            reason: reason.to_owned(),
        }
    }

    fn tell_unread(&mut self, taken: &Taken) {
        let unread = taken.unread.iter();
        self.tally
            .unread(unread.map(|(place, why)| (format!("event {place}"), why.to_string())));
    }
}

fn objects(put: BTreeMap<String, Vec<u8>>) -> Vec<Object> {
    let object = |(href, lines)| Object { href, lines };
    put.into_iter().map(object).collect()
}
