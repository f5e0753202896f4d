//! What a person allowed (OAuth 2.0 for server-side web apps): asked for, taken, used, given back.

use super::answer::{self, No, told_no};
use super::endpoints::Endpoints;
use super::service::{self, Service};
use crate::error::SourceError;
use crate::options::{Options, Secret};
use crate::web::client::{Call, Client, Sent};
use crate::web::shown;
use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use serde_json::Value;
use sha2::{Digest, Sha256};
use std::sync::Arc;
use url::{Url, form_urlencoded};

/// The fewest scopes with which 1:1s can be seen: which calendars there are, and the events on those that the person owns.
/// Nothing can be changed with them, and calendars that others share with the person stay unread.
pub const SCOPES: [&str; 2] = [
    "https://www.googleapis.com/auth/calendar.calendarlist.readonly",
    "https://www.googleapis.com/auth/calendar.events.owned.readonly",
];

/// What is asked besides where the person wants Steadfast to write: to change events on the calendars that they own, and on no
/// others. It opens reading them as well.
pub const WRITES: &str = "https://www.googleapis.com/auth/calendar.events.owned";

/// What Google knows a server of ours by: made once in Google's console by whoever runs it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Registration {
    /// The client id.
    pub client_id: String,
    /// The client secret.
    pub client_secret: Secret,
}

/// What a person who comes back from Google's page brings, and what they were sent off with.
#[derive(Clone)]
pub struct Returned<'a> {
    /// The `code` that Google gave them.
    pub code: &'a str,
    /// The verifier whose challenge they took along (RFC 7636 §4.1): 43 to 128 letters and digits drawn at random.
    pub verifier: &'a str,
    /// The address that they came back to, as it was said before.
    pub redirect: &'a str,
}

impl std::fmt::Debug for Returned<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Returned(…)")
    }
}

/// The address of Google's page on which a person allows what is asked. `state` comes back with them and ties the answer
/// to who asked (RFC 6749 §10.12); `verifier` is kept and never sent there (RFC 7636). `writes`: whether to ask for [`WRITES`].
pub fn page(
    endpoints: &Endpoints,
    registration: &Registration,
    redirect: &str,
    (state, verifier): (&str, &str),
    writes: bool,
) -> Url {
    let scopes: Vec<&str> = SCOPES.into_iter().chain(writes.then_some(WRITES)).collect();
    let challenge = BASE64_URL_SAFE_NO_PAD.encode(Sha256::digest(verifier.as_bytes()));
    let mut url = endpoints.authorize.clone();
    url.query_pairs_mut()
        .append_pair("client_id", &registration.client_id)
        .append_pair("redirect_uri", redirect)
        .append_pair("response_type", "code")
        .append_pair("scope", &scopes.join(" "))
        .append_pair("state", state)
        .append_pair("code_challenge", &challenge)
        .append_pair("code_challenge_method", "S256")
        // A refresh token is given only for these two: to be asked while nobody is there, and, to who allowed it before,
        // again.
        .append_pair("access_type", "offline")
        .append_pair("prompt", "consent");
    url
}

/// What a person allowed.
#[derive(Clone)]
pub struct Allowed {
    /// The refresh token, which is to be kept sealed, or given back.
    pub refresh: String,
    /// Whether all of [`SCOPES`] was allowed: each can be unticked.
    pub is_enough: bool,
    /// Whether [`WRITES`] was.
    pub writes: bool,
}

impl std::fmt::Debug for Allowed {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Allowed")
            .field("is_enough", &self.is_enough)
            .field("writes", &self.writes)
            .finish_non_exhaustive()
    }
}

/// Takes what the person allowed. What is not enough is for the caller to give back: that ends whatever else the same person
/// allowed this server ([`give_back`]).
///
/// # Errors
/// [`SourceError::GrantRefused`] when the code is not good, or opens nothing.
pub fn take(
    endpoints: &Endpoints,
    registration: &Registration,
    returned: &Returned<'_>,
    options: &Options,
) -> Result<Allowed, SourceError> {
    let form = form_urlencoded::Serializer::new(String::new())
        .append_pair("grant_type", "authorization_code")
        .append_pair("code", returned.code)
        .append_pair("code_verifier", returned.verifier)
        .append_pair("redirect_uri", returned.redirect)
        .append_pair("client_id", &registration.client_id)
        .append_pair("client_secret", registration.client_secret.reveal())
        .finish();
    let client = endpoints.client(options)?;
    let said = token(&client, endpoints, &form)?;
    let allowed = said
        .get("scope")
        .and_then(Value::as_str)
        .unwrap_or_default();
    let refresh = said.get("refresh_token").and_then(Value::as_str);
    let is_allowed = |scope: &str| allowed.split(' ').any(|one| one == scope);
    let [calendars, events] = SCOPES;
    let writes = is_allowed(WRITES);
    let allowed = refresh.map(|refresh| Allowed {
        refresh: refresh.to_owned(),
        is_enough: is_allowed(calendars) && (writes || is_allowed(events)),
        writes,
    });
    allowed.ok_or_else(|| SourceError::GrantRefused {
        address: shown::address(&endpoints.token),
        reason: "no refresh token was given".to_owned(),
    })
}

/// Gives it back: from then on the refresh token opens nothing, and no other one that the same person allowed the same server
/// does. One that is good no more already is given back as well.
///
/// # Errors
/// When Google does not answer, or not as it should; the token may still be good then.
pub fn give_back(
    endpoints: &Endpoints,
    refresh: &Secret,
    options: &Options,
) -> Result<(), SourceError> {
    let form = form_urlencoded::Serializer::new(String::new())
        .append_pair("token", refresh.reveal())
        .finish();
    let client = endpoints.client(options)?;
    let reply = client.call(&Call {
        url: &endpoints.revoke,
        bearer: None,
        sent: Sent::Form(&form),
    })?;
    match reply.status {
        200 => Ok(()),
        400 => {
            let said: Value = answer::json(&client, reply, &mut { answer::SMALL })?;
            match said.get("error").and_then(Value::as_str) {
                Some("invalid_token") => Ok(()),
                _ => Err(refused(&endpoints.revoke, 400)),
            }
        }
        status => Err(refused(&endpoints.revoke, status)),
    }
}

fn refused(url: &Url, status: u16) -> SourceError {
    SourceError::Answered {
        address: shown::address(url),
        status,
    }
}

/// By what somebody's account is opened.
#[derive(Clone, Debug)]
pub enum By {
    /// By what its owner allowed on Google's page.
    Allowed {
        /// What Google knows this server by.
        registration: Registration,
        /// What the person allowed.
        refresh: Secret,
    },
    /// By the key of their organisation.
    Key {
        /// The key.
        service: Arc<Service>,
        /// Whose account: an address.
        person: String,
        /// What time it is, in seconds since 1970: Google takes what was signed within the hour.
        now: i64,
    },
}

/// A new access token, good for about an hour.
pub(crate) fn access(
    client: &Client,
    endpoints: &Endpoints,
    by: &By,
) -> Result<String, SourceError> {
    let mut form = form_urlencoded::Serializer::new(String::new());
    match by {
        By::Allowed {
            registration,
            refresh,
        } => form
            .append_pair("grant_type", "refresh_token")
            .append_pair("refresh_token", refresh.reveal())
            .append_pair("client_id", &registration.client_id)
            .append_pair("client_secret", registration.client_secret.reveal()),
        By::Key {
            service,
            person,
            now,
        } => form.append_pair("grant_type", service::GRANT).append_pair(
            "assertion",
            &service.assertion(person, &endpoints.token, *now)?,
        ),
    };
    let said = token(client, endpoints, &form.finish())?;
    let access = said.get("access_token").and_then(Value::as_str);
    access
        .filter(|token| token.bytes().all(|byte| byte.is_ascii_graphic()))
        .map(str::to_owned)
        .ok_or_else(|| SourceError::BadAnswer {
            address: shown::address(&endpoints.token),
            reason: "there is no access token in it".to_owned(),
        })
}

/// Asks the token endpoint.
fn token(client: &Client, endpoints: &Endpoints, form: &str) -> Result<Value, SourceError> {
    let reply = client.call(&Call {
        url: &endpoints.token,
        bearer: None,
        sent: Sent::Form(form),
    })?;
    let status = reply.status;
    if !matches!(status, 200 | 400 | 401) {
        return Err(told_no(&endpoints.token, &No::of(client, reply)));
    }
    let said: Value = answer::json(client, reply, &mut { answer::SMALL })?;
    if status == 200 {
        return Ok(said);
    }
    // `invalid_grant`: taken back, or not used for half a year. `invalid_client`: the registration (RFC 6749 §5.2).
    let reason = said
        .get("error")
        .and_then(Value::as_str)
        .unwrap_or("no reason given");
    let is_word = reason
        .bytes()
        .all(|byte| byte.is_ascii_lowercase() || byte == b'_');
    Err(SourceError::GrantRefused {
        address: shown::address(&endpoints.token),
        reason: if is_word { reason } else { "no reason given" }.to_owned(),
    })
}
