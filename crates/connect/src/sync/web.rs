//! A source behind http or https: which kind it is, the first round finds out.

use super::cursor::{Cursor, State};
use super::news::Round;
use super::{Provider, caldav, feed};
use crate::error::SourceError;
use crate::options::Options;
use crate::web::client::Client;
use crate::web::{looks_like_file, may_be_caldav, shown, speaks_no_caldav};
use url::Url;

/// A feed, or CalDAV.
pub(super) struct Web {
    client: Client,
    url: Url,
}

impl Web {
    pub(super) fn new(url: &Url, options: &Options) -> Result<Self, SourceError> {
        if !matches!(url.scheme(), "http" | "https") {
            return Err(SourceError::BadAddress {
                address: format!("{}://…", url.scheme()),
                reason: "only http and https are read".to_owned(),
            });
        }
        if !url.username().is_empty() || url.password().is_some() {
            return Err(SourceError::BadAddress {
                address: shown::address(url),
                reason: "it holds a user name; give that apart from the address".to_owned(),
            });
        }
        Ok(Self {
            client: Client::new(url, options)?,
            url: url.clone(),
        })
    }

    /// The first round, which is asked of both kinds in the order in which a source is read once.
    fn first(&self) -> Result<Round, SourceError> {
        let feed = || feed::round(&self.client, &self.url, None);
        let caldav = || caldav::round(&self.client, &self.url, None);
        if self.client.has_user() && !looks_like_file(&self.url) {
            return match caldav() {
                Err(error) if speaks_no_caldav(&error) => feed().map_err(|_| error),
                other => other,
            };
        }
        match feed() {
            Err(error) if may_be_caldav(&error) => match caldav() {
                Err(second) if speaks_no_caldav(&second) => Err(error),
                other => other,
            },
            other => other,
        }
    }
}

impl Provider for Web {
    fn round(&mut self, cursor: Option<&Cursor>) -> Result<Round, SourceError> {
        match cursor.map(|cursor| &cursor.0) {
            // A source stays what it was found to be: a bad hour of the server does not make it something else.
            Some(State::Feed(known)) => feed::round(&self.client, &self.url, Some(known)),
            Some(State::Caldav(known)) => caldav::round(&self.client, &self.url, Some(known)),
            // What an account of Google's told does not say where an address was read up to.
            Some(State::Google(_)) | None => self.first(),
        }
    }
}
