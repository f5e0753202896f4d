//! From the URL a person has (a calendar, the account, or just the server) to the calendars behind it.

use super::multistatus::Item;
use super::path::decoded;
use super::request::{self, Multistatus, WHAT_IS_IT, WHAT_IS_IT_NOW};
use crate::error::SourceError;
use crate::names;
use crate::web::client::Client;
use std::collections::BTreeMap;
use url::Url;

/// A calendar that was found.
pub(crate) struct Calendar {
    pub(crate) url: Url,
    /// What people call it.
    pub(crate) name: String,
    /// Whose it is: an address of its owner's principal.
    pub(crate) owner: Option<String>,
    /// Whether the server fetches it from elsewhere.
    pub(crate) subscribed: bool,
    /// Whether it may hold events.
    pub(crate) holds_events: bool,
    /// The marks of its state, where asked for and told.
    pub(crate) token: Option<String>,
    pub(crate) ctag: Option<String>,
}

/// What an account has.
pub(crate) struct Account {
    /// Its calendars, in order of address.
    pub(crate) calendars: Vec<Calendar>,
    /// Decoded paths of what the server showed an error for where it listed calendars, or of a list that it cut
    /// short. A calendar at or below one of them may be there all the same.
    pub(crate) doubtful: Vec<String>,
    /// Whether the address is itself a calendar, the only one here.
    pub(crate) single: bool,
}

/// The calendar at `url`, or all calendars of the account that `url` belongs to, in order of address.
pub(crate) fn calendars(client: &Client, url: &Url) -> Result<Vec<Calendar>, SourceError> {
    find(client, url, WHAT_IS_IT).map(|account| account.calendars)
}

/// The same, with the marks of their state.
pub(crate) fn calendars_now(client: &Client, url: &Url) -> Result<Account, SourceError> {
    find(client, url, WHAT_IS_IT_NOW)
}

fn find(client: &Client, url: &Url, question: &'static str) -> Result<Account, SourceError> {
    let mut finder = Finder {
        client,
        question,
        owners: BTreeMap::new(),
        doubtful: Vec::new(),
    };
    let first = match finder.look(url, "0") {
        Ok(answer) => answer,
        // Just the server's name: RFC 6764 says where to ask instead.
        Err(error @ SourceError::Answered { .. }) => {
            let Ok(well_known) = url.join("/.well-known/caldav") else {
                return Err(error);
            };
            finder.look(&well_known, "0").map_err(|_| error)?
        }
        Err(error) => return Err(error),
    };
    let base = first.url.clone();
    let Some(this) = first.items.into_iter().next() else {
        return Err(no_calendar_here(client, &base));
    };
    if this.is_calendar {
        let calendar = finder.calendar(&base, base.clone(), &this);
        return Ok(Account {
            calendars: vec![calendar],
            doubtful: Vec::new(),
            single: true,
        });
    }
    let mut found = finder.children_of_homes(&base, &this.homes)?;
    found.extend(finder.children_of_others(&base, &this.proxied));
    if found.is_empty() && this.is_collection {
        found = finder.children(&base)?;
    }
    if found.is_empty() {
        let principal = this
            .principal
            .as_deref()
            .map(|href| finder.resolve(&base, href));
        if let Some(principal) = principal.transpose()? {
            let answer = finder.look(&principal, "0")?;
            let item = answer.items.into_iter().next().unwrap_or_default();
            found = finder.children_of_homes(&answer.url, &item.homes)?;
            found.extend(finder.children_of_others(&answer.url, &item.proxied));
        } else if this.homes.is_empty() && base.path() != "/.well-known/caldav" {
            return Err(unnamed_or_empty(client, &base));
        }
    }
    if found.is_empty() {
        return Err(no_calendar_here(client, &base));
    }
    found.sort_by(|a, b| a.url.as_str().cmp(b.url.as_str()));
    found.dedup_by(|a, b| a.url == b.url);
    Ok(Account {
        calendars: found,
        doubtful: finder.doubtful,
        single: false,
    })
}

/// A server that names no principal wants to know who asks, whatever the status.
fn unnamed_or_empty(client: &Client, url: &Url) -> SourceError {
    if client.has_user() {
        return no_calendar_here(client, url);
    }
    SourceError::Unauthorized {
        address: client.shown(url),
        status: 401,
        as_user: false,
    }
}

fn no_calendar_here(client: &Client, url: &Url) -> SourceError {
    SourceError::BadAnswer {
        address: client.shown(url),
        reason: "there is no calendar here, and it names no place where one is".to_owned(),
    }
}

struct Finder<'a> {
    client: &'a Client,
    /// What is asked of each place.
    question: &'static str,
    doubtful: Vec<String>,
    /// The address of each principal asked so far.
    owners: BTreeMap<String, Option<String>>,
}

impl Finder<'_> {
    fn look(&self, url: &Url, depth: &'static str) -> Result<Multistatus, SourceError> {
        request::ask(self.client, "PROPFIND", url, depth, self.question)
    }

    fn children_of_homes(
        &mut self,
        base: &Url,
        homes: &[String],
    ) -> Result<Vec<Calendar>, SourceError> {
        let mut found = Vec::new();
        for href in homes {
            let home = self.resolve(base, href)?;
            found.extend(self.children(&home)?);
        }
        Ok(found)
    }

    /// The calendars of the people that this account acts or reads for. One of them that cannot be asked leaves in
    /// doubt what is missing.
    fn children_of_others(&mut self, base: &Url, principals: &[String]) -> Vec<Calendar> {
        let mut found = Vec::new();
        for href in principals {
            match self.children_of(base, href) {
                Ok(calendars) => found.extend(calendars),
                Err(_) => self.doubtful.push("/".to_owned()),
            }
        }
        found
    }

    fn children_of(&mut self, base: &Url, principal: &str) -> Result<Vec<Calendar>, SourceError> {
        let principal = self.resolve(base, principal)?;
        let answer = self.look(&principal, "0")?;
        let item = answer.items.into_iter().next().unwrap_or_default();
        self.children_of_homes(&answer.url, &item.homes)
    }

    /// The calendars directly below a collection. In- and outboxes of scheduling are no calendars.
    fn children(&mut self, home: &Url) -> Result<Vec<Calendar>, SourceError> {
        let answer = self.look(home, "1")?;
        let mut found = Vec::new();
        for item in &answer.items {
            let failed = item.failed
                || item
                    .status
                    .is_some_and(|status| status >= 400 && !matches!(status, 404 | 410));
            if failed && let Ok(url) = answer.url.join(&item.href) {
                self.doubtful.push(decoded(url.path()));
            }
        }
        for item in answer
            .items
            .iter()
            .filter(|item| item.is_calendar || item.is_subscribed)
        {
            let url = self.resolve(&answer.url, &item.href)?;
            found.push(self.calendar(&answer.url, url, item));
        }
        Ok(found)
    }

    fn calendar(&mut self, base: &Url, url: Url, item: &Item) -> Calendar {
        let principal = item.owner.clone().or_else(|| item.principal.clone());
        Calendar {
            url,
            name: item.name.clone(),
            owner: principal.and_then(|href| self.address_of(base, &href)),
            subscribed: item.is_subscribed,
            holds_events: item.components.is_empty()
                || item.components.iter().any(|name| name == "VEVENT"),
            token: item.sync_token.clone(),
            ctag: item.ctag.clone(),
        }
    }

    /// A principal's mail address. Not every server tells; then the calendar's own text has to.
    fn address_of(&mut self, base: &Url, principal: &str) -> Option<String> {
        if let Some(known) = self.owners.get(principal) {
            return known.clone();
        }
        let asked = self
            .resolve(base, principal)
            .and_then(|url| self.look(&url, "0"));
        let address = asked.ok().and_then(|answer| {
            let addresses = answer.items.into_iter().next()?.addresses;
            addresses.iter().find_map(|address| {
                let mail = address
                    .strip_prefix("mailto:")
                    .or_else(|| address.strip_prefix("MAILTO:"))?;
                names::owner(mail)
            })
        });
        self.owners.insert(principal.to_owned(), address.clone());
        address
    }

    /// The URL of an href. Another host is followed only where it is a sister of the trusted one, as big providers
    /// have it (`caldav.example.com` sends to `p42-caldav.example.com`); it then sees the password too.
    fn resolve(&self, base: &Url, href: &str) -> Result<Url, SourceError> {
        let refuse = |reason: String| SourceError::BadAnswer {
            address: self.client.shown(base),
            reason,
        };
        let url = base
            .join(href)
            .map_err(|error| refuse(format!("it names no address: {error}")))?;
        if url.origin() == base.origin() || self.client.trusts(&url) {
            return Ok(url);
        }
        if url.scheme() == "https" && sisters(base, &url) {
            self.client.trust(&url);
            return Ok(url);
        }
        let host = url.host_str().unwrap_or_default();
        Err(refuse(format!(
            "it sends on to another host, {host}; give that host's address if you trust it"
        )))
    }
}

/// Whether two hosts have the same parent of at least two names. The port may differ.
fn sisters(one: &Url, other: &Url) -> bool {
    let parent = |url: &Url| {
        let domain = url.domain()?.to_owned();
        let (_, parent) = domain.split_once('.')?;
        parent.contains('.').then(|| parent.to_owned())
    };
    let same_host = one.host().is_some() && one.host() == other.host();
    same_host || parent(one).is_some() && parent(one) == parent(other)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_sister_hosts_are_sent_on_to() {
        fn check(one: &str, other: &str, expected: bool) {
            let url = |host: &str| Url::parse(&format!("https://{host}/")).expect("a URL");
            assert_eq!(sisters(&url(one), &url(other)), expected, "{one} {other}");
        }
        check("caldav.example.com", "p42-caldav.example.com:443", true);
        check("cloud.example.com", "cloud.example.com:8443", true);
        check("example.com", "evil.com", false);
        check("caldav.example.com", "caldav.evil.com", false);
        check("example.com", "dav.example.com", false);
        check("10.0.0.1", "10.0.0.2", false);
    }
}
