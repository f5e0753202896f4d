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
use super::news::{Because, CalendarNews, News, Object, Round};
use crate::error::SourceError;
use crate::intake::SetAside;
use crate::options::{Options, Secret};
use crate::web::client::Client;
use crate::web::shown;
use api::{Api, List, Since};
use calendar::{Listed, listed};
use changes::Taken;
use serde_json::Value;
use std::collections::BTreeMap;

/// Calendars that broke off or took too long before the round is given up.
const PATIENCE: usize = 2;

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
        let mut tally = Tally {
            api,
            known: &known.calendars,
            next: BTreeMap::new(),
            news: BTreeMap::new(),
            set_aside: Vec::new(),
            unreadable: Vec::new(),
            broken: 0,
            stopped: false,
            last_error: None,
        };
        for entry in tally.api.calendars()? {
            if let Some(listed) = listed(&entry) {
                tally.calendar(listed)?;
            }
        }
        tally.round()
    }
}

/// A round as it comes together.
struct Tally<'a> {
    api: Api<'a>,
    known: &'a BTreeMap<String, GoogleCalendar>,
    next: BTreeMap<String, GoogleCalendar>,
    news: BTreeMap<String, CalendarNews>,
    set_aside: Vec<SetAside>,
    unreadable: Vec<(String, String)>,
    broken: usize,
    /// Google asked for fewer requests: the rest has to wait for the next round.
    stopped: bool,
    last_error: Option<SourceError>,
}

impl Tally<'_> {
    fn calendar(&mut self, listed: Listed) -> Result<(), SourceError> {
        let Listed {
            id,
            name,
            owner,
            aside,
        } = listed;
        if let Some(why) = aside {
            self.set_aside.push(SetAside {
                label: if name.is_empty() { id } else { name },
                why: why.to_owned(),
            });
            return Ok(());
        }
        if self.next.contains_key(&id) {
            return Ok(());
        }
        if self.stopped {
            self.keep(&id, "not asked: Google wants fewer requests".to_owned());
            return Ok(());
        }
        match self.events(&id) {
            Ok((news, state)) => {
                self.next.insert(id.clone(), state);
                let news = CalendarNews {
                    id: id.clone(),
                    name,
                    owner,
                    news,
                };
                self.news.insert(id, news);
                Ok(())
            }
            Err(error) if self.ends_the_round(&error) => Err(error),
            Err(error) => {
                self.keep(&id, error.to_string());
                self.last_error = Some(error);
                Ok(())
            }
        }
    }

    /// What is new in one calendar, and what is remembered of it.
    fn events(&mut self, id: &str) -> Result<(News, GoogleCalendar), SourceError> {
        let Some(known) = self.known.get(id) else {
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
        let taken = changes::whole(&list.items);
        if let (Because::TokenLost, Some((_, why))) = (because, taken.unread.first()) {
            // What is not in a whole is gone, and an event that could not be read is not gone.
            return Err(self.odd(&format!("an event cannot be read: {why}")));
        }
        self.tell_unread(&taken);
        let objects = objects(taken.put);
        let state = GoogleCalendar {
            token,
            series: taken.series,
        };
        Ok((News::Whole { objects, because }, state))
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
        self.unreadable
            .extend(unread.map(|(place, why)| (format!("event {place}"), why.to_string())));
    }

    /// Whether an error over one calendar says that nothing can be said of the others either.
    fn ends_the_round(&mut self, error: &SourceError) -> bool {
        match error {
            SourceError::GrantRefused { .. } | SourceError::UnknownHost { .. } => true,
            SourceError::SlowDown { .. } => {
                self.stopped = true;
                false
            }
            SourceError::TimedOut { .. } | SourceError::Unreachable { .. } => {
                self.broken += 1;
                self.broken >= PATIENCE
            }
            _ => false,
        }
    }

    /// A calendar of which nothing can be said this time.
    fn keep(&mut self, id: &str, why: String) {
        if let Some(state) = self.known.get(id) {
            self.next.insert(id.to_owned(), state.clone());
        }
        self.unreadable.push((id.to_owned(), why));
    }

    fn round(self) -> Result<Round, SourceError> {
        if let Some(error) = self.last_error.filter(|_| self.news.is_empty()) {
            return Err(error);
        }
        let known = self.known.keys();
        let gone = known.filter(|id| !self.next.contains_key(*id));
        Ok(Round {
            gone: gone.cloned().collect(),
            calendars: self.news.into_values().collect(),
            unreadable: self.unreadable,
            set_aside: self.set_aside,
            cursor: Cursor(State::Google(GoogleState {
                calendars: self.next,
            })),
        })
    }
}

fn objects(put: BTreeMap<String, Vec<u8>>) -> Vec<Object> {
    let object = |(href, lines)| Object { href, lines };
    put.into_iter().map(object).collect()
}
