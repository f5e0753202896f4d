//! The requests: lists in pages, and one event. Only what is read is asked for (`fields`): no descriptions, places,
//! attachments, links or notes ever leave Google by it. ([`crate::write`] asks for those of a lost 1:1, to write them into the new one.)

use super::answer::{self, Budget, No, told_no};
use super::calendar::{Entry, Listed};
use super::endpoints::Endpoints;
use super::grant::{self, By};
use super::item::{Item, Told};
use crate::error::SourceError;
use crate::web::client::{Answer, Call, Client, Sent};
use crate::web::shown;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use std::collections::HashSet;
use url::Url;

/// What is read of an event.
pub(crate) const EVENT: &str = "id,iCalUID,status,eventType,visibility,created,updated,sequence,summary,transparency,start,end,recurrence,\
    recurringEventId,originalStartTime,organizer(email,displayName,self),attendees(email,displayName,responseStatus,\
    resource,optional,self),attendeesOmitted,guestsCanSeeOtherGuests";
/// What is read of a calendar.
const CALENDAR: &str = "id,summary,summaryOverride,accessRole,primary,deleted,dataOwner";
/// The most that Google puts onto a page of events, and of calendars.
const EVENTS_A_PAGE: &str = "2500";
const CALENDARS_A_PAGE: &str = "250";
/// Pages of one list. A million events are no calendar.
const PAGES: usize = 400;

/// A list, as far as it was read.
#[derive(Debug)]
pub(crate) struct List<T> {
    /// Its elements.
    pub(crate) items: Vec<T>,
    /// The page that comes next.
    pub(crate) page: Option<String>,
    /// Where the next list of what changed begins: said on the last page.
    pub(crate) token: Option<String>,
}

impl<T> Default for List<T> {
    fn default() -> Self {
        Self {
            items: Vec::new(),
            page: None,
            token: None,
        }
    }
}

/// What came of reading a list.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Read {
    /// It was read to its end.
    Whole,
    /// Its token is good no more (410): everything has to be read anew.
    Lost,
}

/// One page.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Page<T> {
    // A page on which nothing is left after the fields were chosen has none.
    #[serde(default = "Vec::new")]
    items: Vec<T>,
    next_page_token: Option<String>,
    next_sync_token: Option<String>,
}

/// Google, asked for one person.
pub(crate) struct Api<'a> {
    pub(crate) client: &'a Client,
    pub(crate) endpoints: &'a Endpoints,
    pub(crate) by: &'a By,
    /// The access token in use.
    pub(crate) access: &'a mut Option<String>,
    pub(crate) budget: Budget,
}

impl Api<'_> {
    /// The calendars that the person owns.
    pub(super) fn calendars(&mut self) -> Result<Vec<Listed>, SourceError> {
        let mut url = self.url(&["users", "me", "calendarList"]);
        url.query_pairs_mut()
            .append_pair("minAccessRole", "owner")
            .append_pair("maxResults", CALENDARS_A_PAGE)
            .append_pair("fields", &format!("nextPageToken,items({CALENDAR})"));
        let mut list = List::default();
        match self.list(&url, &mut list, |Entry(listed)| listed)? {
            Read::Whole => Ok(list.items.into_iter().flatten().collect()),
            Read::Lost => Err(told_no(&url, &No::status(410))),
        }
    }

    /// The events of a calendar: all that stand, or what changed since `token`. Series come as series, not as instances.
    /// `list` goes on where it was read up to, and holds what was read also when it could not be read to its end.
    pub(super) fn events(
        &mut self,
        calendar: &str,
        token: Option<&str>,
        list: &mut List<Item>,
    ) -> Result<Read, SourceError> {
        let mut url = self.url(&["calendars", calendar, "events"]);
        url.query_pairs_mut()
            .append_pair("maxResults", EVENTS_A_PAGE)
            .append_pair(
                "fields",
                &format!("nextPageToken,nextSyncToken,items({EVENT})"),
            )
            .extend_pairs(token.map(|token| ("syncToken", token)));
        self.list(&url, list, |Told(item)| item)
    }

    /// One event; `None` where there is none.
    pub(super) fn event(&mut self, calendar: &str, id: &str) -> Result<Option<Item>, SourceError> {
        let mut url = self.url(&["calendars", calendar, "events", id]);
        url.query_pairs_mut().append_pair("fields", EVENT);
        match self.get(&url)? {
            Ok(Told(event)) => Ok(Some(event)),
            Err(No {
                status: 404 | 410, ..
            }) => Ok(None),
            Err(no) => Err(told_no(&url, &no)),
        }
    }

    pub(crate) fn url(&self, path: &[&str]) -> Url {
        let mut url = self.endpoints.api.clone();
        if let Ok(mut parts) = url.path_segments_mut() {
            parts.pop_if_empty().extend(path);
        }
        url
    }

    /// The pages from where the list was read up to. A token in the middle that leads back would lead round for ever.
    fn list<W: DeserializeOwned, T>(
        &mut self,
        first: &Url,
        list: &mut List<T>,
        read: impl Fn(W) -> T,
    ) -> Result<Read, SourceError> {
        let mut seen = HashSet::new();
        let odd = |reason: &str| SourceError::BadAnswer {
            address: shown::address(first),
            reason: reason.to_owned(),
        };
        for _ in 0..PAGES {
            let mut url = first.clone();
            if let Some(page) = &list.page {
                url.query_pairs_mut().append_pair("pageToken", page);
            }
            let page: Page<W> = match self.get(&url)? {
                Ok(page) => page,
                Err(No { status: 410, .. }) => return Ok(Read::Lost),
                Err(no) => return Err(told_no(&url, &no)),
            };
            list.items.extend(page.items.into_iter().map(&read));
            list.page = page.next_page_token;
            list.token = page.next_sync_token;
            match &list.page {
                None => return Ok(Read::Whole),
                Some(next) if !seen.insert(next.clone()) => {
                    list.page = None;
                    return Err(odd("its pages go round in a circle"));
                }
                Some(_) => {}
            }
        }
        list.page = None;
        Err(odd("it has no last page"))
    }

    /// What a GET answers, or the no that is for the caller to judge.
    pub(crate) fn get<T: DeserializeOwned>(
        &mut self,
        url: &Url,
    ) -> Result<Result<T, No>, SourceError> {
        let answer = self.ask(url, Sent::Nothing)?;
        if answer.status == 200 {
            return answer::json(self.client, answer, &mut self.budget).map(Ok);
        }
        Ok(Err(No::of(self.client, answer)))
    }

    /// Asks, with an access token that is good.
    pub(crate) fn ask(&mut self, url: &Url, sent: Sent<'_>) -> Result<Answer, SourceError> {
        let answer = self.once(url, sent)?;
        if answer.status != 401 {
            return Ok(answer);
        }
        // An access token is good for an hour, and can be taken back before.
        *self.access = None;
        self.once(url, sent)
    }

    fn once(&mut self, url: &Url, sent: Sent<'_>) -> Result<Answer, SourceError> {
        let access = match self.access.take() {
            Some(access) => access,
            None => grant::access(self.client, self.endpoints, self.by)?,
        };
        let answer = self.client.call(&Call {
            url,
            bearer: Some(&access),
            sent,
        });
        *self.access = Some(access);
        answer
    }
}
