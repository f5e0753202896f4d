//! A message to a chat's incoming webhook: one POST of JSON to an address that whoever reads the chat got from it. Slack,
//! Mattermost, Rocket.Chat and Microsoft Teams all have such addresses; what the JSON is differs, and is the caller's.
//!
//! The address is a secret: whoever has it can write there. Nothing that is said of a failure holds more of it than its host.

use crate::error::SourceError;
use crate::options::{Limits, Options};
use crate::web::client::{Client, NoAnswer, Write};
use std::fmt;
use std::io::Read;
use std::time::Duration;
use url::Url;

/// A chat answers in a second or not at all.
const ANSWER: Duration = Duration::from_secs(15);
/// So much of an answer is looked at.
const LOOKED_AT: u64 = 4_096;
/// What Microsoft's older webhooks answer with status 200 where they could not pass a message on.
const NOT_PASSED_ON: &str = "Webhook message delivery failed";

/// Why a message was not taken.
#[derive(Debug)]
pub enum ChatError {
    /// It is no address of a webhook: why.
    BadAddress(&'static str),
    /// The chat answered, and not that it took it: its status.
    Answered(u16),
    /// It never got there.
    NotSent(SourceError),
    /// It may have been taken.
    PerhapsTaken(SourceError),
}

impl ChatError {
    /// Whether sending the same again is no use: the webhook was taken away, or does not take such messages.
    pub fn is_refusal(&self) -> bool {
        match self {
            Self::BadAddress(_) => true,
            Self::Answered(status) => (400..500).contains(status) && !matches!(status, 408 | 429),
            Self::NotSent(SourceError::PrivateAddress { .. }) => true,
            Self::NotSent(_) | Self::PerhapsTaken(_) => false,
        }
    }

    /// The status that the chat answered with.
    pub fn status(&self) -> Option<u16> {
        match self {
            Self::Answered(status) => Some(*status),
            _ => None,
        }
    }
}

impl fmt::Display for ChatError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::BadAddress(why) => write!(f, "this is no address of a webhook: {why}"),
            Self::Answered(status) => write!(f, "the chat answered {status}"),
            Self::NotSent(why) => write!(f, "the chat was not reached: {why}"),
            Self::PerhapsTaken(why) => write!(f, "the chat did not say whether it took it: {why}"),
        }
    }
}

impl std::error::Error for ChatError {}

/// Whether a text can be a webhook's address: https, or, where private addresses are allowed, http too.
///
/// # Errors
/// [`ChatError::BadAddress`].
pub fn check(address: &str, options: &Options) -> Result<(), ChatError> {
    parse(address, options).map(|_| ())
}

fn parse(address: &str, options: &Options) -> Result<Url, ChatError> {
    let url = Url::parse(address).map_err(|_| ChatError::BadAddress("it is no address at all"))?;
    let is_safe = url.scheme() == "https" || (url.scheme() == "http" && options.allow_private);
    if !is_safe || !url.has_host() {
        return Err(ChatError::BadAddress("it does not begin with https://"));
    }
    if !url.username().is_empty() || url.password().is_some() {
        return Err(ChatError::BadAddress("a name or a password stands in it"));
    }
    Ok(url)
}

/// Posts a JSON message, once: nothing is sent again and no redirect is followed.
///
/// # Errors
/// Why it was not taken, as far as that is known.
pub fn post(address: &str, json: &str, options: &Options) -> Result<(), ChatError> {
    let url = parse(address, options)?;
    let options = Options {
        limits: Limits {
            answer: ANSWER,
            whole: ANSWER,
            ..options.limits.clone()
        },
        user: None,
        password: None,
        ..options.clone()
    };
    let client = Client::for_writing(&url, &options).map_err(ChatError::NotSent)?;
    let write = Write {
        method: "POST",
        url: &url,
        body: Some(("application/json; charset=utf-8", json.as_bytes())),
        condition: None,
        bearer: None,
    };
    let answer = client.write(&write).map_err(|none| match none {
        NoAnswer::NotSent(why) => ChatError::NotSent(why),
        NoAnswer::PerhapsTaken(why) => ChatError::PerhapsTaken(why),
    })?;
    if !(200..300).contains(&answer.status) {
        return Err(ChatError::Answered(answer.status));
    }
    let mut said = String::new();
    // It was taken, whatever comes after the status.
    let _ = answer.body.take(LOOKED_AT).read_to_string(&mut said);
    if said.starts_with(NOT_PASSED_ON) {
        return Err(ChatError::Answered(503));
    }
    Ok(())
}
