//! Push channels: Google says, to an address of ours, that something changed in a calendar, and not what. A channel ends by
//! itself after some days, which nobody is told; a message of it may be lost, or come twice. So whoever has channels goes on
//! asking all the same, and a message only makes them ask sooner.

use super::Account;
use super::answer::{self, No, SMALL, told_no};
use super::api::Api;
use crate::error::SourceError;
use crate::options::Options;
use crate::sync::cursor::{Cursor, State};
use crate::web::client::{Client, Sent};
use serde::Deserialize;
use serde_json::json;
use url::Url;

/// A channel that is open.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Channel {
    /// Its id, which this server drew.
    pub id: String,
    /// What Google calls what it watches: needed to stop it.
    pub resource: String,
    /// Millisecond since 1970 at which it ends; `None` where Google does not say.
    pub until: Option<i64>,
}

/// What Google says of a channel that it opened. Numbers of 64 bits are text there.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Opened {
    resource_id: String,
    expiration: Option<String>,
}

/// The calendars of an account that can be watched: those that were read up to somewhere.
pub fn watchable(cursor: &Cursor) -> Vec<String> {
    match &cursor.0 {
        State::Google(known) => known.calendars.keys().cloned().collect(),
        State::Feed(_) | State::Caldav(_) => Vec::new(),
    }
}

/// Channels of one account, opened and stopped.
pub struct Channels {
    client: Client,
    account: Account,
    access: Option<String>,
}

impl std::fmt::Debug for Channels {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Channels(…)")
    }
}

impl Channels {
    /// Those of `account`. Nothing is asked yet.
    ///
    /// # Errors
    /// When the certificates named in `options` cannot be read.
    pub fn of(account: &Account, options: &Options) -> Result<Self, SourceError> {
        Ok(Self {
            client: account.endpoints.client(options)?,
            account: account.clone(),
            access: None,
        })
    }

    /// Opens one. Messages go to `address`, which has to begin with https, with `id` and `token`.
    ///
    /// # Errors
    /// [`SourceError::Answered`] with status 400 where a calendar cannot be watched, or the address is not taken.
    pub fn open(
        &mut self,
        calendar: &str,
        (id, token): (&str, &str),
        address: &str,
    ) -> Result<Channel, SourceError> {
        let url = self.api().url(&["calendars", calendar, "events", "watch"]);
        let order = json!({"id": id, "type": "web_hook", "address": address, "token": token});
        let answer = self.api().ask(&url, Sent::Json(&order.to_string()))?;
        if answer.status != 200 {
            return Err(self.no(&url, answer));
        }
        let opened: Opened = answer::json(&self.client, answer, &mut { SMALL })?;
        Ok(Channel {
            id: id.to_owned(),
            resource: opened.resource_id,
            until: opened.expiration.and_then(|text| text.parse().ok()),
        })
    }

    /// Stops one: no message comes over it any more. One that is over already is stopped as well.
    ///
    /// # Errors
    /// When Google does not answer, or not as it should; it ends by itself then.
    pub fn stop(&mut self, channel: &Channel) -> Result<(), SourceError> {
        let url = self.api().url(&["channels", "stop"]);
        let order = json!({"id": channel.id, "resourceId": channel.resource});
        let answer = self.api().ask(&url, Sent::Json(&order.to_string()))?;
        match answer.status {
            200 | 204 | 404 => Ok(()),
            _ => Err(self.no(&url, answer)),
        }
    }

    fn no(&self, url: &Url, answer: crate::web::client::Answer) -> SourceError {
        told_no(url, &No::of(&self.client, answer))
    }

    fn api(&mut self) -> Api<'_> {
        Api {
            client: &self.client,
            endpoints: &self.account.endpoints,
            by: &self.account.by,
            access: &mut self.access,
            budget: SMALL,
        }
    }
}
