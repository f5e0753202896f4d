//! What an answer of Google's means.

use crate::document::{Bounded, size};
use crate::error::SourceError;
use crate::web::client::{Answer, Client, broken_body};
use crate::web::shown;
use serde::de::DeserializeOwned;
use serde_json::Value;
use serde_json::error::Category;
use std::io::{self, BufReader};
use url::Url;

/// Bytes that may still be read; counted down.
pub(crate) type Budget = u64;

/// Enough for an answer about tokens, or an error.
pub(crate) const SMALL: Budget = 64 * 1024;

/// What the JSON of an answer says, no larger than `budget`, which it uses up. It is read as it comes: the answer itself is
/// never held whole.
pub(crate) fn json<T: DeserializeOwned>(
    client: &Client,
    answer: Answer,
    budget: &mut Budget,
) -> Result<T, SourceError> {
    let address = shown::address(&answer.url);
    let mut bounded = Bounded::new(answer.body, *budget);
    let read = serde_json::from_reader(BufReader::new(&mut bounded));
    *budget = bounded.left();
    read.map_err(|error| {
        if bounded.exceeded() {
            return SourceError::TooLarge {
                what: address,
                limit: size(client.limits().download_bytes),
            };
        }
        let what = match error.classify() {
            Category::Io => return broken_body(&address, &io::Error::from(error)),
            Category::Data => "it is not what was asked for",
            Category::Syntax | Category::Eof => "it is no JSON",
        };
        // Where it breaks, and nothing of what it says.
        SourceError::BadAnswer {
            address,
            reason: format!(
                "{what} from line {}, column {} on",
                error.line(),
                error.column()
            ),
        }
    })
}

/// An answer that gives nothing to read.
#[derive(Debug)]
pub(crate) struct No {
    pub(crate) status: u16,
    /// `error.errors[0].reason`, where one was given.
    pub(crate) reason: Option<String>,
    /// Seconds that it asks to wait (RFC 9110 §10.2.3), where it says so in seconds.
    pub(crate) after: Option<u32>,
}

impl No {
    /// Reads why.
    pub(crate) fn of(client: &Client, answer: Answer) -> Self {
        let status = answer.status;
        let after = answer
            .header("retry-after")
            .and_then(|text| text.parse().ok());
        // An error without a body that can be read is one all the same.
        let body = json::<Value>(client, answer, &mut { SMALL }).ok();
        Self {
            status,
            reason: body.as_ref().and_then(reason).map(str::to_owned),
            after,
        }
    }

    /// A status alone.
    pub(crate) fn status(status: u16) -> Self {
        Self {
            status,
            reason: None,
            after: None,
        }
    }
}

/// Why a body of an error says that it is one: `error.errors[0].reason`.
fn reason(body: &Value) -> Option<&str> {
    let first = body.get("error")?.get("errors")?.get(0)?;
    let reason = first.get("reason")?.as_str()?;
    reason
        .bytes()
        .all(|byte| byte.is_ascii_alphabetic())
        .then_some(reason)
}

/// The error that a status is, with its reason where one was given. Google says with 403 both that somebody may not and
/// that they shall wait.
pub(crate) fn told_no(url: &Url, no: &No) -> SourceError {
    let address = shown::address(url);
    let status = no.status;
    match (status, no.reason.as_deref()) {
        (429, _)
        | (
            403,
            Some(
                "rateLimitExceeded"
                | "userRateLimitExceeded"
                | "quotaExceeded"
                | "dailyLimitExceeded",
            ),
        ) => SourceError::SlowDown {
            address,
            status,
            after: no.after,
        },
        // Too little was allowed, or this program may not ask at all. Other refusals are of one calendar, or of the day.
        (401, reason) | (403, reason @ Some("insufficientPermissions" | "accessNotConfigured")) => {
            SourceError::GrantRefused {
                address,
                reason: reason.unwrap_or("no reason given").to_owned(),
            }
        }
        _ => SourceError::Answered { address, status },
    }
}
