//! What is kept about mail to one person, in a stream of their own. The forms never change once written.

use crate::server::ServerError;
use crate::server::facts::{self, what_was_said};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use steadfast_calendar::Instant;
use steadfast_guard::telling::{Channel, Topic, Wish};
use steadfast_guard::world::person::Quiet;
use steadfast_store::{Fact, NewFact};

/// What somebody chose: a [`Choice`].
const CHOSEN: &str = "mail.chosen.v1";
/// A mail that is to go out: a [`ToGo`].
const WRITTEN: &str = "mail.written.v1";
/// What became of one: an [`End`].
const ENDED: &str = "mail.ended.v1";

/// The stream of mail to `person`.
pub(in crate::server) fn mail_of(person: &str) -> String {
    format!("mail/{person}")
}

/// What somebody chose, as a whole.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub(super) struct Choice {
    /// Whether anything is sent.
    on: bool,
    /// Topics of which nothing is.
    without: Vec<String>,
    /// Minutes since midnight: the first of quiet, and the first after.
    quiet: (u16, u16),
    weekends: bool,
    urgent: bool,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    by: Option<String>,
}

/// A mail that is to go out.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub(super) struct ToGo {
    /// Its Message-ID, without the brackets.
    pub(super) id: String,
    /// What it tells of.
    pub(super) tells: Vec<Tells>,
    /// By which way, where it is not mail.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub(super) by: Option<String>,
}

/// One thing that a mail tells of.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub(super) struct Tells {
    /// Names the event.
    pub(super) event: String,
    /// Its topic.
    pub(super) topic: String,
    /// The 1:1.
    pub(super) pair: String,
    /// Second of the promise.
    pub(super) promised: i64,
}

/// What became of a mail.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
struct End {
    id: String,
    how: How,
    /// The mail server's code, where it refused.
    code: Option<u16>,
}

/// How a mail ended.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(in crate::server) enum How {
    /// The mail server took it.
    Sent,
    /// The mail server will not take it.
    Refused,
    /// It was not true any more before it went out.
    Dropped,
}

/// What a fact of the stream says.
pub(super) enum Said {
    Chosen(Wish),
    Written(ToGo),
    Ended(String, How, Option<u16>),
}

/// What a fact of the stream says.
///
/// # Errors
/// [`ServerError::Unreadable`].
pub(super) fn read(fact: &Fact) -> Result<Said, ServerError> {
    match fact.kind.as_str() {
        CHOSEN => Ok(Said::Chosen(
            what_was_said::<Choice>(fact, CHOSEN)?.into_wish(),
        )),
        WRITTEN => Ok(Said::Written(what_was_said(fact, WRITTEN)?)),
        _ => {
            let End { id, how, code } = what_was_said(fact, ENDED)?;
            Ok(Said::Ended(id, how, code))
        }
    }
}

pub(super) fn choice(wish: &Wish, person: &str, now: Instant) -> NewFact {
    facts::said(CHOSEN, &Choice::of(wish), person, now)
}

pub(super) fn written(to_go: &ToGo, person: &str, now: Instant) -> NewFact {
    facts::said(WRITTEN, to_go, person, now)
}

pub(super) fn ended(
    id: &str,
    (how, code): (How, Option<u16>),
    person: &str,
    now: Instant,
) -> NewFact {
    let end = End {
        id: id.to_owned(),
        how,
        code,
    };
    facts::said(ENDED, &end, person, now)
}

/// A way as it is kept: the usual one is not said.
pub(super) fn kept(by: Channel) -> Option<String> {
    (!by.is_usual()).then(|| by.as_str().to_owned())
}

/// The way that is kept so.
pub(super) fn channel(by: Option<&str>) -> Channel {
    by.map_or_else(Channel::default, Channel::named)
}

impl Choice {
    fn of(wish: &Wish) -> Self {
        let without = wish.without.iter();
        Self {
            on: wish.on,
            without: without.map(|topic| topic.as_str().to_owned()).collect(),
            quiet: (wish.quiet.from, wish.quiet.to),
            weekends: wish.quiet.weekends,
            urgent: wish.urgent_comes_through,
            by: kept(wish.by),
        }
    }

    fn into_wish(self) -> Wish {
        let without: BTreeSet<Topic> = Topic::ALL
            .into_iter()
            .filter(|topic| self.without.iter().any(|one| one == topic.as_str()))
            .collect();
        Wish {
            on: self.on,
            without,
            quiet: Quiet {
                from: self.quiet.0,
                to: self.quiet.1,
                weekends: self.weekends,
            },
            urgent_comes_through: self.urgent,
            by: channel(self.by.as_deref()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_forms_of_what_is_kept_about_mail_are_these_bytes_for_ever() {
        let now = Instant::from_seconds(0);
        let text = |fact: NewFact| String::from_utf8(fact.payload).unwrap();
        let wish = Wish {
            without: BTreeSet::from([Topic::Offer]),
            ..Wish::default()
        };
        assert_eq!(
            text(choice(&wish, "a", now)),
            r#"{"on":true,"without":["offer"],"quiet":[1140,480],"weekends":true,"urgent":false}"#
        );
        assert_eq!(Choice::of(&wish).into_wish(), wish);
        let by_chat = Wish {
            by: Channel::Chat,
            ..wish
        };
        assert_eq!(
            text(choice(&by_chat, "a", now)),
            r#"{"on":true,"without":["offer"],"quiet":[1140,480],"weekends":true,"urgent":false,"by":"chat"}"#
        );
        assert_eq!(Choice::of(&by_chat).into_wish(), by_chat);
        let to_go = ToGo {
            id: "i@example.org".to_owned(),
            tells: vec![Tells {
                event: "e".to_owned(),
                topic: "threat".to_owned(),
                pair: "p".to_owned(),
                promised: 1,
            }],
            by: None,
        };
        assert_eq!(
            text(written(&to_go, "a", now)),
            r#"{"id":"i@example.org","tells":[{"event":"e","topic":"threat","pair":"p","promised":1}]}"#
        );
        assert_eq!(
            text(ended("i", (How::Refused, Some(550)), "a", now)),
            r#"{"id":"i","how":"refused","code":550}"#
        );
    }
}
