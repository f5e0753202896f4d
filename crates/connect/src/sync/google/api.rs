//! The requests: lists in pages, and one event. Only what is read is asked for (`fields`): no descriptions, places,
//! attachments, links or notes ever leave Google.

use super::answer::{self, Budget, SMALL, reason, told_no};
use super::endpoints::Endpoints;
use super::grant::{self, Registration};
use crate::error::SourceError;
use crate::options::Secret;
use crate::web::client::{Call, Client};
use crate::web::shown;
use serde_json::Value;
use std::collections::HashSet;
use url::Url;

/// What is read of an event.
const EVENT: &str = "id,iCalUID,status,eventType,created,updated,sequence,summary,transparency,start,end,recurrence,\
    recurringEventId,originalStartTime,organizer(email,displayName,self),attendees(email,displayName,responseStatus,\
    resource,optional,self),attendeesOmitted,guestsCanSeeOtherGuests";
/// What is read of a calendar.
const CALENDAR: &str = "id,summary,summaryOverride,accessRole,primary,deleted,dataOwner";
/// The most that Google puts onto a page of events, and of calendars.
const EVENTS_A_PAGE: &str = "2500";
const CALENDARS_A_PAGE: &str = "250";
/// Pages of one list. A million events are no calendar.
const PAGES: usize = 400;

/// A list, read to its end.
pub(super) struct List {
    /// Its elements.
    pub(super) items: Vec<Value>,
    /// Where the next list of what changed begins.
    pub(super) token: Option<String>,
}

/// What came of asking for what changed.
pub(super) enum Since {
    /// This.
    Told(List),
    /// The token is good no more (410): everything has to be read anew.
    Lost,
}

/// Google, asked for one person.
pub(super) struct Api<'a> {
    pub(super) client: &'a Client,
    pub(super) endpoints: &'a Endpoints,
    pub(super) registration: &'a Registration,
    pub(super) refresh: &'a Secret,
    /// The access token in use.
    pub(super) access: &'a mut Option<String>,
    pub(super) budget: Budget,
}

impl Api<'_> {
    /// The calendars that the person owns.
    pub(super) fn calendars(&mut self) -> Result<Vec<Value>, SourceError> {
        let mut url = self.url(&["users", "me", "calendarList"]);
        url.query_pairs_mut()
            .append_pair("minAccessRole", "owner")
            .append_pair("maxResults", CALENDARS_A_PAGE)
            .append_pair("fields", &format!("nextPageToken,items({CALENDAR})"));
        match self.list(&url)? {
            Since::Told(list) => Ok(list.items),
            Since::Lost => Err(told_no(&url, 410, None)),
        }
    }

    /// The events of a calendar: all that stand, or what changed since `token`. Series come as series, not as instances.
    pub(super) fn events(
        &mut self,
        calendar: &str,
        token: Option<&str>,
    ) -> Result<Since, SourceError> {
        let mut url = self.url(&["calendars", calendar, "events"]);
        url.query_pairs_mut()
            .append_pair("maxResults", EVENTS_A_PAGE)
            .append_pair(
                "fields",
                &format!("nextPageToken,nextSyncToken,items({EVENT})"),
            )
            .extend_pairs(token.map(|token| ("syncToken", token)));
        self.list(&url)
    }

    /// One event; `None` where there is none.
    pub(super) fn event(&mut self, calendar: &str, id: &str) -> Result<Option<Value>, SourceError> {
        let mut url = self.url(&["calendars", calendar, "events", id]);
        url.query_pairs_mut().append_pair("fields", EVENT);
        match self.get(&url)? {
            (200, event) => Ok(Some(event)),
            (404 | 410, _) => Ok(None),
            (status, body) => Err(told_no(&url, status, reason(&body))),
        }
    }

    fn url(&self, path: &[&str]) -> Url {
        let mut url = self.endpoints.api.clone();
        if let Ok(mut parts) = url.path_segments_mut() {
            parts.pop_if_empty().extend(path);
        }
        url
    }

    /// All pages. A token in the middle that leads back would lead round for ever.
    fn list(&mut self, first: &Url) -> Result<Since, SourceError> {
        let mut items = Vec::new();
        let mut seen = HashSet::new();
        let mut url = first.clone();
        let odd = |reason: &str| SourceError::BadAnswer {
            address: shown::address(first),
            reason: reason.to_owned(),
        };
        for _ in 0..PAGES {
            let (status, mut body) = self.get(&url)?;
            match status {
                200 => {}
                410 => return Ok(Since::Lost),
                _ => return Err(told_no(&url, status, reason(&body))),
            }
            match body.get_mut("items").map(Value::take) {
                Some(Value::Array(page)) => items.extend(page),
                // A page on which nothing is left after the fields were chosen.
                None => {}
                Some(_) => return Err(odd("its items are no list")),
            }
            let text = |name: &str| body.get(name).and_then(Value::as_str).map(str::to_owned);
            let Some(next) = text("nextPageToken") else {
                let token = text("nextSyncToken");
                return Ok(Since::Told(List { items, token }));
            };
            url = first.clone();
            url.query_pairs_mut().append_pair("pageToken", &next);
            if !seen.insert(next) {
                return Err(odd("its pages go round in a circle"));
            }
        }
        Err(odd("it has no last page"))
    }

    /// An answer that is for the caller to judge: 200, and what else says something of the thing asked for.
    fn get(&mut self, url: &Url) -> Result<(u16, Value), SourceError> {
        let (status, body) = self.once(url)?;
        if status != 401 {
            return Ok((status, body));
        }
        // An access token is good for an hour, and can be taken back before.
        *self.access = None;
        self.once(url)
    }

    fn once(&mut self, url: &Url) -> Result<(u16, Value), SourceError> {
        let access = match self.access.take() {
            Some(access) => access,
            None => grant::access(self.client, self.endpoints, self.registration, self.refresh)?,
        };
        let answer = self.client.call(&Call {
            url,
            bearer: Some(&access),
            form: None,
        });
        *self.access = Some(access);
        let answer = answer?;
        let status = answer.status;
        if status == 200 {
            return Ok((status, answer::json(self.client, answer, &mut self.budget)?));
        }
        // An error without a body that can be read is one all the same.
        let body = answer::json(self.client, answer, &mut { SMALL });
        Ok((status, body.unwrap_or(Value::Null)))
    }
}
