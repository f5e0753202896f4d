//! The objects of one calendar: listed first, then fetched in pages as one stream of iCalendar text.

use super::multistatus::Item;
use super::path::decoded;
use super::request::{self, EVENTS, MEMBERS, cut_short, not_done_here};
use crate::document::{Bounded, size};
use crate::error::SourceError;
use crate::web::client::{Ask, Client};
use std::collections::{BTreeSet, VecDeque};
use std::io::{self, Read};
use url::Url;

/// The addresses of all objects that may hold events: by calendar-query, else by PROPFIND, else by
/// sync-collection, which a server may answer page by page.
pub(super) fn list(client: &Client, collection: &Url) -> Result<Vec<String>, SourceError> {
    let query = request::ask(client, "REPORT", collection, "1", EVENTS);
    match query {
        Ok(answer) if !cut_short(&answer.items) => return Ok(members(collection, &answer.items)),
        Err(error) if !not_done_here(&error) => return Err(error),
        _ => {}
    }
    let listing = request::ask(client, "PROPFIND", collection, "1", MEMBERS);
    match listing {
        Ok(answer) if !cut_short(&answer.items) => return Ok(members(collection, &answer.items)),
        Err(error) if !not_done_here(&error) => return Err(error),
        _ => {}
    }
    let (mut found, mut token) = (BTreeSet::new(), String::new());
    // Each page has to give something new, so a server cannot keep us here.
    loop {
        let answer = request::ask(client, "REPORT", collection, "0", &request::sync(&token))?;
        let before = found.len();
        found.extend(members(collection, &answer.items));
        let more = cut_short(&answer.items);
        match answer.token {
            Some(next) if more && found.len() > before && next != token => token = next,
            _ if more => {
                return Err(SourceError::BadAnswer {
                    address: client.shown(collection),
                    reason: "it lists only a part of the calendar".to_owned(),
                });
            }
            _ => return Ok(found.into_iter().collect()),
        }
    }
}

/// The objects among the items: not the collection itself, not what is gone, not what says it is something else.
fn members(collection: &Url, items: &[Item]) -> Vec<String> {
    let here = collection.path().trim_end_matches('/');
    let is_object = |item: &&Item| {
        let gone = item.status.is_some_and(|status| status >= 300);
        let itself = collection
            .join(&item.href)
            .is_ok_and(|url| url.path().trim_end_matches('/') == here);
        let calendar = item.content_type.is_empty()
            || item
                .content_type
                .to_ascii_lowercase()
                .starts_with("text/calendar");
        !gone && !itself && !item.is_collection && calendar && !item.href.is_empty()
    };
    let mut hrefs: Vec<String> = items
        .iter()
        .filter(is_object)
        .map(|item| item.href.clone())
        .collect();
    hrefs.sort();
    hrefs.dedup();
    hrefs
}

/// The events of a calendar as one stream: object after object, fetched as the reader comes to them.
pub(super) struct Events<'a> {
    client: &'a Client,
    collection: &'a Url,
    left: VecDeque<String>,
    page: Vec<u8>,
    read: usize,
    given: u64,
    one_by_one: bool,
    problems: Vec<(String, String)>,
    failure: Option<SourceError>,
}

impl<'a> Events<'a> {
    pub(super) fn new(client: &'a Client, collection: &'a Url, objects: Vec<String>) -> Self {
        Self {
            client,
            collection,
            left: objects.into(),
            page: Vec::new(),
            read: 0,
            given: 0,
            one_by_one: false,
            problems: Vec::new(),
            failure: None,
        }
    }

    /// Whether there is nothing to fetch.
    pub(super) fn is_empty(&self) -> bool {
        self.left.is_empty() && self.page.is_empty()
    }

    /// Bytes given so far.
    pub(super) fn given(&self) -> u64 {
        self.given
    }

    /// Objects that could not be fetched while the others could: address and reason.
    pub(super) fn problems(&mut self) -> Vec<(String, String)> {
        std::mem::take(&mut self.problems)
    }

    /// Why the stream broke off, if it did.
    pub(super) fn failure(&mut self) -> Option<SourceError> {
        self.failure.take()
    }

    /// Fetches the next page. Empty only at the end.
    fn next_page(&mut self) -> Result<(), SourceError> {
        self.page.clear();
        self.read = 0;
        while self.page.is_empty() && !self.left.is_empty() {
            let count = self.client.limits().page.max(1).min(self.left.len());
            let hrefs: Vec<String> = self.left.drain(..count).collect();
            let singly = if self.one_by_one {
                hrefs
            } else {
                self.multiget(hrefs)?
            };
            for href in singly {
                self.single(&href)?;
            }
        }
        Ok(())
    }

    /// Fetches a page at once; returns those that came without content.
    fn multiget(&mut self, hrefs: Vec<String>) -> Result<Vec<String>, SourceError> {
        let body = request::multiget(hrefs.iter().map(String::as_str));
        let answer = match request::ask(self.client, "REPORT", self.collection, "1", &body) {
            Ok(answer) => answer,
            Err(error) if not_done_here(&error) => {
                self.one_by_one = true;
                return Ok(hrefs);
            }
            Err(error) => return Err(error),
        };
        let path = |href: &str| {
            self.collection
                .join(href)
                .map(|url| decoded(url.path()))
                .ok()
        };
        let mut missing: BTreeSet<String> = hrefs.iter().filter_map(|href| path(href)).collect();
        for item in answer.items {
            let Some(key) = path(&item.href) else {
                continue;
            };
            // Deleted since it was listed: then it is not there, and that is the truth.
            if item.status == Some(404) {
                missing.remove(&key);
                continue;
            }
            if let Some(data) = item.data.filter(|_| missing.remove(&key)) {
                self.page.extend_from_slice(data.as_bytes());
                self.page.extend_from_slice(b"\r\n");
            }
        }
        let still = |href: &String| path(href).is_some_and(|key| missing.contains(&key));
        Ok(hrefs.into_iter().filter(still).collect())
    }

    /// Fetches one object. What is wrong with it alone is a problem, what is wrong with the server an error.
    fn single(&mut self, href: &str) -> Result<(), SourceError> {
        let address = self
            .collection
            .join(href)
            .ok()
            .filter(|url| url.origin() == self.collection.origin());
        let Some(url) = address else {
            let problem = (
                self.client.shown(self.collection),
                "an object on another host; not read".to_owned(),
            );
            self.problems.push(problem);
            return Ok(());
        };
        let answer = self.client.send(&Ask::get(&url))?;
        match answer.status {
            200 => {}
            404 | 410 => return Ok(()),
            status @ (401 | 429 | 503) => {
                let address = self.client.shown(&url);
                return Err(match status {
                    401 => answer.refusal(address, self.client.has_user()),
                    status => SourceError::Answered { address, status },
                });
            }
            status => {
                self.problems.push((
                    self.client.shown(&url),
                    format!("answered with status {status}; not read"),
                ));
                return Ok(());
            }
        }
        let limit = self.client.limits().download_bytes;
        let mut body = Bounded::new(answer.body, limit);
        let before = self.page.len();
        if let Err(error) = body.read_to_end(&mut self.page) {
            self.page.truncate(before);
            if body.exceeded() {
                self.problems.push((
                    self.client.shown(&url),
                    format!("larger than {}; not read", size(limit)),
                ));
                return Ok(());
            }
            return Err(crate::web::client::broken_body(
                &self.client.shown(&url),
                &error,
            ));
        }
        self.page.extend_from_slice(b"\r\n");
        Ok(())
    }
}

impl Read for Events<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.failure.is_some() {
            return Err(io::Error::other("the server stopped answering"));
        }
        if self.read >= self.page.len()
            && let Err(error) = self.next_page()
        {
            let words = error.to_string();
            self.failure = Some(error);
            return Err(io::Error::other(words));
        }
        let count = self
            .page
            .get(self.read..)
            .unwrap_or_default()
            .read(buffer)?;
        self.read += count;
        self.given += count as u64;
        Ok(count)
    }
}
