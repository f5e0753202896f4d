//! When others are busy, asked of somebody's calendar server: a question posted to their outbox, answered for each person
//! (RFC 6638 §5). The server tells each what it lets them know anyway: spans of time.
//!
//! Reading only: nothing is invited, and nobody is told that they were asked about. What cannot be told stays unknown.

mod outbox;
mod response;

use crate::document::Bounded;
use crate::error::SourceError;
use crate::options::Options;
use crate::web::client::{Client, NoAnswer, Write};
use response::Told;
use std::collections::BTreeMap;
use std::error::Error;
use std::fmt;
use std::io::Read;
use steadfast_calendar::free_busy::{self, MOST, busy};
use steadfast_calendar::{Instant, Slot};
use url::Url;

/// Days of one question.
pub const DAYS: i64 = 45;
/// Bytes of an answer: a month of sixty full calendars has some hundred kilobytes.
const ANSWER: u64 = 4 << 20;
/// Seconds beyond what was asked about by which a server may round what it tells.
const ROUNDED: i64 = 60;

/// What is asked.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Question {
    /// All addresses of whoever asks.
    pub from: Vec<String>,
    /// Addresses of those it is about, at most [`free_busy::MOST`].
    pub about: Vec<String>,
    /// Within which time, at most [`DAYS`].
    pub span: Slot,
    /// Now.
    pub now: Instant,
}

/// When one of them is busy.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Known {
    /// Within which time that is known.
    pub span: Slot,
    /// When they are busy in it, in order.
    pub busy: Vec<Slot>,
}

/// Why nobody was told of.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum NotAsked {
    /// It names no outbox: it does not schedule (RFC 6638 §2.1.1).
    NoOutbox(SourceError),
    /// It does not answer, or refuses.
    Failed(SourceError),
}

impl From<SourceError> for NotAsked {
    fn from(error: SourceError) -> Self {
        Self::Failed(error)
    }
}

impl fmt::Display for NotAsked {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoOutbox(error) | Self::Failed(error) => error.fmt(f),
        }
    }
}

impl Error for NotAsked {}

/// Asks the server of the account or calendar at `url`. Whoever it does not tell of is not among the answers.
///
/// # Errors
/// When it cannot be asked at all: it has no outbox, does not answer, or refuses.
pub fn ask(
    url: &Url,
    options: &Options,
    question: &Question,
) -> Result<BTreeMap<String, Known>, NotAsked> {
    let client = Client::new(url, options)?;
    let outbox = outbox::find(&client, url)?;
    let from = outbox.from(&question.from);
    let about: Vec<String> = question.about.iter().take(MOST).cloned().collect();
    let longest = question.span.start.plus_days(DAYS);
    let span = Slot::new(question.span.start, question.span.end.min(longest));
    let uid = format!("steadfast-free-busy-{}", question.now.seconds());
    let text = free_busy::Question {
        uid: &uid,
        from: &from,
        about: &about,
        span,
        now: question.now,
    };
    // Nobody is left who could be asked about.
    let Some(text) = text.text() else {
        return Ok(BTreeMap::new());
    };
    let answer = post(&client, &outbox.url, text.as_bytes())?;
    let bad = |reason: String| SourceError::BadAnswer {
        address: client.shown(&outbox.url),
        reason,
    };
    let told = response::parse(&answer).map_err(bad)?;
    let asked = |told: Told| {
        let address = about
            .iter()
            .find(|one| one.eq_ignore_ascii_case(&told.address))?;
        Some((address.clone(), known(&told, span)?))
    };
    Ok(told.into_iter().filter_map(asked).collect())
}

fn post(client: &Client, url: &Url, text: &[u8]) -> Result<String, SourceError> {
    let write = Write {
        method: "POST",
        url,
        body: Some(("text/calendar; charset=utf-8; method=REQUEST", text)),
        condition: None,
        bearer: None,
    };
    // It changes nothing: whether it was taken makes no difference.
    let answer = client.write(&write).map_err(|error| match error {
        NoAnswer::NotSent(error) | NoAnswer::PerhapsTaken(error) => error,
    })?;
    let address = client.shown(url);
    if answer.status != 200 {
        return Err(answer.refusal(address, client.has_user()));
    }
    let mut text = String::new();
    let mut bounded = Bounded::new(answer.body, ANSWER);
    match bounded.read_to_string(&mut text) {
        Ok(_) => Ok(text),
        Err(_) if bounded.exceeded() => Err(SourceError::TooLarge {
            what: address,
            limit: crate::document::size(ANSWER),
        }),
        Err(error) => Err(crate::web::client::broken_body(&address, &error)),
    }
}

/// What is known of one of them within `asked`; `None`: nothing is. A server that does not say within which time it tells is
/// taken to answer what it was asked.
fn known(told: &Told, asked: Slot) -> Option<Known> {
    if !told.is_told {
        return None;
    }
    let busy = busy(told.data.as_deref()?.as_bytes())?;
    let span = match busy.span {
        None => asked,
        Some(span) => {
            let near = |one: Instant, other: Instant| one.seconds_since(other).abs() <= ROUNDED;
            let start = if near(span.start, asked.start) {
                asked.start
            } else {
                span.start.max(asked.start)
            };
            let end = if near(span.end, asked.end) {
                asked.end
            } else {
                span.end.min(asked.end)
            };
            if start >= end {
                return None;
            }
            Slot::new(start, end)
        }
    };
    let within = busy.slots.into_iter().filter(|slot| slot.overlaps(span));
    Some(Known {
        span,
        busy: within.collect(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_known_beyond_what_a_server_tells_of() {
        let at = |hour: i64| Instant::from_seconds(hour * 3_600);
        let told = |is_told, span: &str| Told {
            address: "ben@example.org".to_owned(),
            is_told,
            data: Some(format!(
                "BEGIN:VFREEBUSY\r\n{span}FREEBUSY:19700101T050000Z/PT1H\r\nEND:VFREEBUSY\r\n"
            )),
        };
        let asked = Slot::new(at(2), at(40));
        let day = "DTSTART:19700101T000000Z\r\nDTEND:19700102T000000Z\r\n";
        let busy = vec![Slot::new(at(5), at(6))];
        let of = |told: &Told| known(told, asked);
        let expected = |span| {
            Some(Known {
                span,
                busy: busy.clone(),
            })
        };
        assert_eq!(of(&told(true, day)), expected(Slot::new(at(2), at(24))));
        assert_eq!(of(&told(true, "")), expected(asked));
        assert_eq!(of(&told(false, "")), None);
        let before = "DTSTART:19700101T000000Z\r\nDTEND:19700101T010000Z\r\n";
        assert_eq!(of(&told(true, before)), None);
    }
}
