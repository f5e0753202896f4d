//! Everything that is in a calendar, without its content.

use super::entries::{self, Entries, Entry};
use super::report::{self, Since, is_overloaded};
use crate::caldav::discovery::Calendar;
use crate::caldav::request::{self, EVENTS, MEMBERS, cut_short, not_done_here};
use crate::error::SourceError;
use crate::web::client::Client;
use std::collections::BTreeMap;
use url::Url;

/// An object in a list.
#[derive(Clone, Debug)]
pub(super) struct Listed {
    pub(super) href: String,
    pub(super) etag: Option<String>,
}

/// A list, and the mark of the state that it shows.
pub(super) struct Listing {
    pub(super) objects: BTreeMap<String, Listed>,
    pub(super) token: Option<String>,
    pub(super) ctag: Option<String>,
}

/// The whole list, with a token if the server has such. `expected` says that the calendar was not empty: then an
/// empty list has to be shown twice, in two ways.
pub(super) fn all(
    client: &Client,
    calendar: &Calendar,
    expected: bool,
) -> Result<Listing, SourceError> {
    let listing = match report::since(client, &calendar.url, "")? {
        Since::Told { entries, token } => Listing {
            objects: there(entries),
            token,
            // The mark was read before the list: what changes in between is seen next time.
            ctag: calendar.ctag.clone(),
        },
        Since::Lost | Since::NotDone => return plain(client, calendar, expected),
    };
    if expected && listing.objects.is_empty() {
        let again = plain(client, calendar, expected)?;
        if !again.objects.is_empty() {
            return Err(contradicts_itself(client, &calendar.url));
        }
    }
    Ok(listing)
}

/// The whole list by PROPFIND, else by calendar-query; without a token.
pub(super) fn plain(
    client: &Client,
    calendar: &Calendar,
    expected: bool,
) -> Result<Listing, SourceError> {
    let url = &calendar.url;
    let objects = match one_way(client, url, "PROPFIND", MEMBERS)? {
        Ok(found) if found.is_empty() && expected => {
            match one_way(client, url, "REPORT", EVENTS)? {
                Ok(again) if !again.is_empty() => return Err(contradicts_itself(client, url)),
                _ => found,
            }
        }
        Ok(found) => found,
        Err(_) => one_way(client, url, "REPORT", EVENTS)??,
    };
    Ok(Listing {
        objects,
        token: None,
        ctag: calendar.ctag.clone(),
    })
}

/// One way to ask for the list. The inner error says that the server does not do it, or only a part of it, so that
/// another way may.
fn one_way(
    client: &Client,
    url: &Url,
    method: &'static str,
    body: &str,
) -> Result<Result<BTreeMap<String, Listed>, SourceError>, SourceError> {
    let answer = match request::ask(client, method, url, "1", body) {
        Ok(answer) => answer,
        Err(error) if is_overloaded(&error) || !not_done_here(&error) => return Err(error),
        // Not there at all, rather than not done.
        Err(error @ SourceError::Answered { status: 404, .. }) => return Err(error),
        Err(error) => return Ok(Err(error)),
    };
    if cut_short(&answer.items) || entries::collection_failed(url, &answer.url, &answer.items) {
        return Ok(Err(SourceError::BadAnswer {
            address: client.shown(url),
            reason: "it lists only a part of the calendar".to_owned(),
        }));
    }
    let mut found = Entries::new();
    entries::add(&mut found, url, &answer.url, &answer.items);
    Ok(Ok(there(found)))
}

fn there(entries: Entries) -> BTreeMap<String, Listed> {
    let only_there = |(name, entry)| match entry {
        Entry::There { href, etag } => Some((name, Listed { href, etag })),
        Entry::Gone => None,
    };
    entries.into_iter().filter_map(only_there).collect()
}

fn contradicts_itself(client: &Client, url: &Url) -> SourceError {
    SourceError::BadAnswer {
        address: client.shown(url),
        reason: "one list of the calendar is empty and another is not".to_owned(),
    }
}
