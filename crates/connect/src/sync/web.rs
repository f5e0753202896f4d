//! A source behind http or https: which kind it is, the first round finds out.

use super::cursor::{Cursor, State};
use super::news::Round;
use super::{Provider, feed};
use crate::error::SourceError;
use crate::options::Options;
use crate::web::client::Client;
use crate::web::shown;
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

    fn first(&self) -> Result<Round, SourceError> {
        feed::round(&self.client, &self.url, None)
    }
}

impl Provider for Web {
    fn round(&mut self, cursor: Option<&Cursor>) -> Result<Round, SourceError> {
        match cursor.map(|cursor| &cursor.0) {
            // A source stays what it was found to be: a bad hour of the server does not make it something else.
            Some(State::Feed(known)) => feed::round(&self.client, &self.url, Some(known)),
            Some(State::Caldav(_)) | None => self.first(),
        }
    }
}
