//! Google Calendar (API v3): the calendars that an account owns, each by its own sync token.
//!
//! What a person allowed is a refresh token ([`grant`]); an organisation may have a key instead that opens the accounts of its
//! people ([`Service`]). A round gets an access token for it, asks which calendars there
//! are, and of each what changed. A token that Google does not know any more (410) means that everything is read anew;
//! what is gone meanwhile shows by comparison, and when it went is not known ([`Because::TokenLost`]).
//!
//! Where Google asks for fewer requests (429, or 403 with such a reason) the round ends with what it has; whoever calls
//! waits longer each time, for that person alone. Of a list that is not read to its end then the next round reads the rest.
//!
//! That something changed Google says over push channels as well ([`push`]).

pub(crate) mod answer;
pub(crate) mod api;
mod calendar;
mod changes;
mod endpoints;
pub mod grant;
mod item;
pub mod push;
mod service;

pub use endpoints::Endpoints;
pub use grant::{By, Registration};
pub(super) use item::Item;
pub use service::Service;

use super::Provider;
use super::cursor::{Begun, Cursor, GoogleCalendar, GoogleState, State};
use super::news::{Because, News, Object, Round};
use super::tally::{Named, Tally};
use crate::error::SourceError;
use crate::options::Options;
use crate::web::client::Client;
use crate::web::shown;
use api::{Api, List, Read};
use calendar::Listed;
use changes::Taken;
use std::collections::BTreeMap;

/// Events of a list that was not read to its end and are kept until the next round: some twenty megabytes. Of one that is
/// longer the next round begins anew.
const MOST_BEGUN: usize = 50_000;

/// One person's account, as it is reached.
#[derive(Clone, Debug)]
pub struct Account {
    /// Where Google is.
    pub endpoints: Endpoints,
    /// By what it is opened.
    pub by: By,
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
            by: &self.account.by,
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
        for listed in entries {
            walk.calendar(listed)?;
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
        let mut state = self.tally.known.get(&id).cloned().unwrap_or_default();
        let mut begun = state.begun.take().unwrap_or_else(|| Begun {
            is_whole: state.token.is_empty(),
            ..Begun::default()
        });
        let before = begun.read();
        match self.events(&id, &state, &mut begun) {
            Err(error) if begun.came_on(before) && begun.items.len() <= MOST_BEGUN => {
                state.begun = Some(begun);
                self.tally.goes_on(&id, state, error)
            }
            came => self.tally.read(Named { id, name, owner }, came),
        }
    }

    /// What is new in one calendar, and what is remembered of it. Where something comes in the way, `begun` has what was read.
    fn events(
        &mut self,
        id: &str,
        known: &GoogleCalendar,
        begun: &mut Begun,
    ) -> Result<(News, GoogleCalendar), SourceError> {
        self.list(id, &known.token, begun)?;
        let token = begun.token.clone();
        let token = token.ok_or_else(|| self.odd("it does not say where it was read up to"))?;
        if begun.is_whole {
            return Ok(self.whole(known, token, std::mem::take(begun)));
        }
        if begun.items.is_empty() {
            let state = GoogleCalendar {
                token,
                ..known.clone()
            };
            return Ok((News::Unchanged, state));
        }
        let taking = changes::since(&known.series, begun.items.iter().cloned());
        for series in taking.wanted() {
            if !begun.fetched.contains_key(series) {
                let event = self.api.event(id, series)?;
                begun.fetched.insert(series.clone(), event);
            }
        }
        let fetched = std::mem::take(&mut begun.fetched).into_iter();
        let fetched = fetched.filter_map(|(series, event)| Some((series, event?)));
        let taken = taking.finish(fetched.collect());
        self.tell_unread(&taken);
        let news = News::Changes {
            put: objects(taken.put),
            gone: taken.gone.into_iter().collect(),
        };
        let state = GoogleCalendar {
            token,
            series: taken.series,
            begun: None,
        };
        Ok((news, state))
    }

    /// Reads a list to its end, from where it was begun; from the beginning where that is not known there any more.
    fn list(&mut self, id: &str, token: &str, begun: &mut Begun) -> Result<(), SourceError> {
        if begun.token.is_some() {
            // All of it was read; something else came in the way.
            return Ok(());
        }
        let mut goes_on = begun.page.is_some();
        loop {
            let mut list = List {
                items: std::mem::take(&mut begun.items),
                page: begun.page.take(),
                token: None,
            };
            let before = list.items.len();
            let since = Some(token).filter(|_| !begun.is_whole);
            let read = self.api.events(id, since, &mut list);
            let is_first = list.items.len() == before;
            (begun.items, begun.page, begun.token) = (list.items, list.page, list.token);
            match read {
                Ok(Read::Whole) => return Ok(()),
                Ok(Read::Lost) if begun.is_whole && !goes_on => {
                    return Err(self.odd("it knows no token, and none was sent"));
                }
                Ok(Read::Lost) => {
                    *begun = Begun {
                        is_whole: true,
                        ..Begun::default()
                    };
                }
                // The page is not known there any more.
                Err(SourceError::Answered {
                    status: 400 | 404, ..
                }) if goes_on && is_first => {
                    *begun = Begun {
                        is_whole: begun.is_whole,
                        ..Begun::default()
                    };
                }
                Err(error) => return Err(error),
            }
            goes_on = false;
        }
    }

    /// Everything in one calendar.
    fn whole(
        &mut self,
        known: &GoogleCalendar,
        token: String,
        begun: Begun,
    ) -> (News, GoogleCalendar) {
        let taken = changes::whole(&known.series, begun.items);
        self.tell_unread(&taken);
        // What is not in a whole is gone, and an event that could not be read is not gone.
        let kept = taken.unread.iter().map(|(place, _)| place.clone());
        let news = News::Whole {
            kept: kept.collect(),
            objects: objects(taken.put),
            because: if known.token.is_empty() {
                Because::First
            } else {
                Because::TokenLost
            },
        };
        let state = GoogleCalendar {
            token,
            series: taken.series,
            begun: None,
        };
        (news, state)
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
