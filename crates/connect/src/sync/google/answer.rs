//! What an answer of Google's means.

use crate::document::{Bounded, size};
use crate::error::SourceError;
use crate::web::client::{Answer, Client, broken_body};
use crate::web::shown;
use serde_json::Value;
use std::io::Read;
use url::Url;

/// Bytes that may still be read; counted down.
pub(super) type Budget = u64;

/// Enough for an answer about tokens, or an error.
pub(super) const SMALL: Budget = 64 * 1024;

/// The JSON of an answer, no larger than `budget`, which it uses up.
pub(super) fn json(
    client: &Client,
    answer: Answer,
    budget: &mut Budget,
) -> Result<Value, SourceError> {
    let address = shown::address(&answer.url);
    let mut bounded = Bounded::new(answer.body, *budget);
    let mut bytes = Vec::new();
    if let Err(error) = bounded.read_to_end(&mut bytes) {
        if bounded.exceeded() {
            return Err(SourceError::TooLarge {
                what: address,
                limit: size(client.limits().download_bytes),
            });
        }
        return Err(broken_body(&address, &error));
    }
    *budget = budget.saturating_sub(bytes.len() as u64);
    serde_json::from_slice(&bytes).map_err(|error| SourceError::BadAnswer {
        address,
        // Where it breaks, and nothing of what it says.
        reason: format!(
            "it is no JSON from line {}, column {} on",
            error.line(),
            error.column()
        ),
    })
}

/// Why a body of an error says that it is one: `error.errors[0].reason`.
pub(super) fn reason(body: &Value) -> Option<&str> {
    let first = body.get("error")?.get("errors")?.get(0)?;
    let reason = first.get("reason")?.as_str()?;
    reason
        .bytes()
        .all(|byte| byte.is_ascii_alphabetic())
        .then_some(reason)
}

/// The error that a status is, with its reason where one was given. Google says with 403 both that somebody may not and
/// that they shall wait.
pub(super) fn told_no(url: &Url, status: u16, reason: Option<&str>) -> SourceError {
    let address = shown::address(url);
    match (status, reason) {
        (429, _)
        | (
            403,
            Some(
                "rateLimitExceeded"
                | "userRateLimitExceeded"
                | "quotaExceeded"
                | "dailyLimitExceeded",
            ),
        ) => SourceError::SlowDown { address, status },
        // Too little was allowed, or this program may not ask at all. Other refusals are of one calendar, or of the day.
        (401, _) | (403, Some("insufficientPermissions" | "accessNotConfigured")) => {
            SourceError::GrantRefused {
                address,
                reason: reason.unwrap_or("no reason given").to_owned(),
            }
        }
        _ => SourceError::Answered { address, status },
    }
}
