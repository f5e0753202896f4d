//! What is kept about mail in one person's name, in a stream of their own. The forms never change once written.

use crate::server::ServerError;
use crate::server::facts::{self, what_was_said};
use serde::{Deserialize, Serialize};
use steadfast_calendar::Instant;
use steadfast_store::{Fact, NewFact};

/// Mails that are to go out: a [`Written`].
const WRITTEN: &str = "imip.written.v1";
/// What became of one: an [`Ended`].
const ENDED: &str = "imip.ended.v1";

/// The stream of mail in the name of `person`.
pub(in crate::server) fn mail_in_name_of(person: &str) -> String {
    format!("imip/{person}")
}

/// Mails that their sender read and approved.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub(super) struct Written {
    /// Name of what was done, in the outbox.
    pub(super) deed: String,
    /// Names the text that was read.
    pub(super) mark: String,
    /// One to each.
    pub(super) mails: Vec<ToGo>,
}

/// One mail that is to go out.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub(super) struct ToGo {
    /// Its Message-ID, without the brackets.
    pub(super) id: String,
    /// To whom.
    pub(super) to: String,
}

/// What became of a mail.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub(super) struct Ended {
    pub(super) id: String,
    pub(super) how: How,
    /// The mail server's code, where it refused.
    pub(super) code: Option<u16>,
    /// Why it was not sent, in plain words that name nobody.
    pub(super) why: Option<String>,
}

/// How a mail ended.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(in crate::server) enum How {
    /// The mail server took it.
    Sent,
    /// The mail server will not take it.
    Refused,
    /// It was not so any more, or was not allowed any more, before it went out.
    Dropped,
    /// It was tried as often as it is; whether it arrived is not known.
    GivenUp,
}

/// What a fact of the stream says.
pub(super) enum Said {
    Written(Written),
    Ended(Ended),
}

/// What a fact of the stream says.
///
/// # Errors
/// [`ServerError::Unreadable`].
pub(super) fn read(fact: &Fact) -> Result<Said, ServerError> {
    match fact.kind.as_str() {
        WRITTEN => Ok(Said::Written(what_was_said(fact, WRITTEN)?)),
        _ => Ok(Said::Ended(what_was_said(fact, ENDED)?)),
    }
}

impl Written {
    pub(super) fn fact(&self, person: &str, now: Instant) -> NewFact {
        facts::said(WRITTEN, self, person, now)
    }
}

impl Ended {
    pub(super) fn fact(&self, person: &str, now: Instant) -> NewFact {
        facts::said(ENDED, self, person, now)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_forms_of_what_is_kept_about_mail_in_somebodys_name_are_these_bytes_for_ever() {
        let now = Instant::from_seconds(0);
        let text = |fact: NewFact| String::from_utf8(fact.payload).unwrap();
        let written = Written {
            deed: "guard/p/1/book/2".to_owned(),
            mark: "0a".to_owned(),
            mails: vec![ToGo {
                id: "i@example.org".to_owned(),
                to: "ben@example.org".to_owned(),
            }],
        };
        assert_eq!(
            text(written.fact("a", now)),
            r#"{"deed":"guard/p/1/book/2","mark":"0a","mails":[{"id":"i@example.org","to":"ben@example.org"}]}"#
        );
        let ended = Ended {
            id: "i@example.org".to_owned(),
            how: How::GivenUp,
            code: None,
            why: Some("w".to_owned()),
        };
        assert_eq!(
            text(ended.fact("a", now)),
            r#"{"id":"i@example.org","how":"given_up","code":null,"why":"w"}"#
        );
    }
}
