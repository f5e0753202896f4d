//! The content of objects: in pages by multiget, else one by one.

use super::entries::place;
use super::etag;
use super::listing::Listed;
use super::report::is_overloaded;
use crate::caldav::request::{self, not_done_here};
use crate::document::{Bounded, Kind, kind, size};
use crate::error::SourceError;
use crate::sync::news::Object;
use crate::web::client::{Ask, Client, broken_body};
use std::collections::BTreeMap;
use std::io::Read;
use url::Url;

/// How much content one round may hold.
pub(super) struct Budget {
    limit: u64,
    left: u64,
}

impl Budget {
    pub(super) fn new(limit: u64) -> Self {
        Self { limit, left: limit }
    }

    fn take(&mut self, address: String, bytes: usize) -> Result<(), SourceError> {
        match self.left.checked_sub(bytes as u64) {
            Some(left) => {
                self.left = left;
                Ok(())
            }
            None => Err(SourceError::TooLarge {
                what: address,
                limit: size(self.limit),
            }),
        }
    }
}

/// What became of the objects that were asked for. Each is in one of the three.
#[derive(Default)]
pub(super) struct Fetched {
    /// Their content and its ETag, by place.
    pub(super) objects: BTreeMap<String, (Object, String)>,
    /// Deleted since they were listed: then they are not there, and that is the truth.
    pub(super) gone: Vec<String>,
    /// Those that could not be read while the others could: place, href, address and reason.
    pub(super) failed: Vec<Failed>,
}

/// An object that could not be read.
pub(super) struct Failed {
    pub(super) name: String,
    pub(super) href: String,
    pub(super) address: String,
    pub(super) why: String,
}

/// Fetches objects. What is wrong with one of them is told of that one, what is wrong with the server is an error.
pub(super) fn fetch(
    client: &Client,
    collection: &Url,
    wanted: &BTreeMap<String, Listed>,
    budget: &mut Budget,
) -> Result<Fetched, SourceError> {
    let mut fetcher = Fetcher {
        client,
        collection,
        budget,
        one_by_one: false,
        fetched: Fetched::default(),
    };
    let all: Vec<(&String, &Listed)> = wanted.iter().collect();
    for page in all.chunks(client.limits().page.max(1)) {
        let singly = if fetcher.one_by_one {
            page.to_vec()
        } else {
            fetcher.multiget(page)?
        };
        for (name, listed) in singly {
            fetcher.single(name, listed)?;
        }
    }
    Ok(fetcher.fetched)
}

struct Fetcher<'a> {
    client: &'a Client,
    collection: &'a Url,
    budget: &'a mut Budget,
    one_by_one: bool,
    fetched: Fetched,
}

impl Fetcher<'_> {
    /// Fetches a page at once; returns those that came without content.
    fn multiget<'p>(
        &mut self,
        page: &[(&'p String, &'p Listed)],
    ) -> Result<Vec<(&'p String, &'p Listed)>, SourceError> {
        let body = request::multiget(page.iter().map(|(_, listed)| listed.href.as_str()));
        let answer = match request::ask(self.client, "REPORT", self.collection, "1", &body) {
            Ok(answer) => answer,
            Err(error) if not_done_here(&error) && !is_overloaded(&error) => {
                self.one_by_one = true;
                return Ok(page.to_vec());
            }
            Err(error) => return Err(error),
        };
        let mut missing: BTreeMap<&String, &Listed> = page.iter().copied().collect();
        for item in answer.items {
            let Some(name) = place(self.collection, &answer.url, &item.href) else {
                continue;
            };
            let Some((name, listed)) = missing.remove_entry(&name) else {
                continue;
            };
            match (item.status, item.data) {
                (Some(404 | 410), _) => self.fetched.gone.push(name.clone()),
                (_, Some(data)) if kind(data.as_bytes()) == Kind::Calendar => {
                    self.keep(name, data.into_bytes(), item.etag)?;
                }
                _ => {
                    missing.insert(name, listed);
                }
            }
        }
        Ok(missing.into_iter().collect())
    }

    fn keep(&mut self, name: &str, lines: Vec<u8>, tag: Option<String>) -> Result<(), SourceError> {
        self.budget
            .take(self.client.shown(self.collection), lines.len())?;
        // The content's own ETag: it may have changed since it was listed, and the next round must not fetch it again.
        let tag = tag.unwrap_or_else(|| etag::of_content(&lines));
        let object = Object {
            href: name.to_owned(),
            lines,
        };
        self.fetched.objects.insert(name.to_owned(), (object, tag));
        Ok(())
    }

    fn single(&mut self, name: &str, listed: &Listed) -> Result<(), SourceError> {
        let address = self
            .collection
            .join(&listed.href)
            .ok()
            .filter(|url| url.origin() == self.collection.origin());
        let Some(url) = address else {
            let address = self.client.shown(self.collection);
            let why = "an object on another host; not read".to_owned();
            self.fail(name, listed, address, why);
            return Ok(());
        };
        let address = self.client.shown(&url);
        let answer = self.client.send(&Ask::get(&url))?;
        match answer.status {
            200 => {}
            404 | 410 => {
                self.fetched.gone.push(name.to_owned());
                return Ok(());
            }
            status => {
                let error = answer.refusal(address.clone(), self.client.has_user());
                if is_overloaded(&error) {
                    return Err(error);
                }
                let why = format!("answered with status {status}; not read");
                self.fail(name, listed, address, why);
                return Ok(());
            }
        }
        let tag = answer.header("etag");
        let limit = self.budget.left;
        let mut body = Bounded::new(answer.body, limit);
        let mut lines = Vec::new();
        if let Err(error) = body.read_to_end(&mut lines) {
            if body.exceeded() {
                let why = format!("larger than {}; not read", size(limit));
                self.fail(name, listed, address, why);
                return Ok(());
            }
            return Err(broken_body(&address, &error));
        }
        let head = lines.get(..lines.len().min(8 * 1024)).unwrap_or_default();
        if kind(head) != Kind::Calendar {
            self.fail(name, listed, address, "not a calendar object".to_owned());
            return Ok(());
        }
        self.keep(name, lines, tag)
    }

    fn fail(&mut self, name: &str, listed: &Listed, address: String, why: String) {
        self.fetched.failed.push(Failed {
            name: name.to_owned(),
            href: listed.href.clone(),
            address,
            why,
        });
    }
}
