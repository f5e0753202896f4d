//! Where somebody's outbox is (RFC 6638 §2.1.1), and as whom they ask.

use super::NotAsked;
use crate::caldav::multistatus::Item;
use crate::caldav::request::{self, Multistatus};
use crate::error::SourceError;
use crate::web::client::Client;
use url::Url;

/// Where the outbox is, and what its owner is called.
const WHERE: &str = r#"<?xml version="1.0" encoding="utf-8"?>
<d:propfind xmlns:d="DAV:" xmlns:c="urn:ietf:params:xml:ns:caldav"><d:prop>
<d:current-user-principal/><c:schedule-outbox-URL/><c:calendar-user-address-set/>
</d:prop></d:propfind>"#;

/// Somebody's outbox.
pub(super) struct Outbox {
    pub(super) url: Url,
    /// Addresses of theirs that the server knows, without `mailto:`.
    addresses: Vec<String>,
}

impl Outbox {
    /// The address by which they ask: one that the server knows as theirs, where it knows any.
    pub(super) fn from(&self, mine: &[String]) -> String {
        let known = |one: &&String| {
            let mut theirs = self.addresses.iter();
            theirs.any(|known| known.eq_ignore_ascii_case(one))
        };
        let first = mine.iter().find(known).or_else(|| self.addresses.first());
        first.or(mine.first()).cloned().unwrap_or_default()
    }
}

/// The outbox of whoever has the account or the calendar at `url`.
pub(super) fn find(client: &Client, url: &Url) -> Result<Outbox, NotAsked> {
    let look = |url: &Url| request::ask(client, "PROPFIND", url, "0", WHERE);
    let first = match look(url) {
        Ok(answer) => answer,
        Err(error @ SourceError::Answered { .. }) => {
            let Ok(well_known) = url.join("/.well-known/caldav") else {
                return Err(error.into());
            };
            look(&well_known).map_err(|_| error)?
        }
        Err(error) => return Err(error.into()),
    };
    if let Some(outbox) = of(client, &first)? {
        return Ok(outbox);
    }
    let principal = first.items.first().and_then(|item| item.principal.clone());
    let Some(principal) = principal else {
        return Err(none(client, &first.url));
    };
    let principal = resolve(client, &first.url, &principal)?;
    let second = look(&principal)?;
    of(client, &second)?.ok_or_else(|| none(client, &second.url))
}

fn of(client: &Client, answer: &Multistatus) -> Result<Option<Outbox>, SourceError> {
    let Some(item) = answer.items.first() else {
        return Ok(None);
    };
    let Some(href) = &item.outbox else {
        return Ok(None);
    };
    Ok(Some(Outbox {
        url: resolve(client, &answer.url, href)?,
        addresses: mailboxes(item),
    }))
}

fn mailboxes(item: &Item) -> Vec<String> {
    let mail = item.addresses.iter().filter_map(|address| {
        let (scheme, mail) = address.split_at_checked("mailto:".len())?;
        scheme
            .eq_ignore_ascii_case("mailto:")
            .then(|| mail.to_ascii_lowercase())
    });
    mail.collect()
}

/// What is asked there goes with the password, to nobody who does not have it already.
fn resolve(client: &Client, base: &Url, href: &str) -> Result<Url, SourceError> {
    let url = base.join(href).ok();
    let url = url.filter(|url| url.origin() == base.origin() || client.trusts(url));
    url.ok_or_else(|| SourceError::BadAnswer {
        address: client.shown(base),
        reason: "its outbox is said to be on another host".to_owned(),
    })
}

fn none(client: &Client, url: &Url) -> NotAsked {
    NotAsked::NoOutbox(SourceError::BadAnswer {
        address: client.shown(url),
        reason: "it names no outbox to ask when others are busy".to_owned(),
    })
}
