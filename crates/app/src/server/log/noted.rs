//! What happened that the ledger does not need: facts of a stream of their own, written for the log alone.

use super::{AuditorTurn, Entry, What};
use crate::server::ledger::whole_stream;
use crate::server::{ServerError, Viewer, facts};
use serde::{Deserialize, Serialize};
use steadfast_calendar::Instant;
use steadfast_store::{Expected, Facts, NewFact, Org};

/// Something to be told in the log of the stream's owner.
const NOTED: &str = "log.noted.v1";

/// The stream of what is told to `person`.
pub(in crate::server) fn log_of(person: &str) -> String {
    format!("log/{person}")
}

/// What a [`NOTED`] fact says. Its form never changes once written.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(tag = "what", rename_all = "snake_case")]
pub(in crate::server) enum Happened {
    /// A calendar was connected.
    Connected { label: String },
    /// A calendar was connected by the key of the organisation.
    Opened { label: String },
    /// A calendar was mended.
    Mended { label: String },
    /// A calendar was disconnected.
    Disconnected { label: String },
    /// A calendar did not answer.
    Silent {
        label: String,
        problem: String,
        stops: bool,
    },
    /// A calendar answered again; second of the last moment at which it was known.
    Answers { label: String, since: Option<i64> },
    /// Entries of a calendar that answered could not be read.
    Unread { label: String, entries: usize },
    /// An invitation was made.
    Invited { email: String },
    /// An invitation was accepted.
    Joined { email: String },
    /// Who the auditor is was said, or was to be said.
    Auditor(AuditorTurn),
    /// Something was done to a calendar, or was to be.
    Acted {
        intent: String,
        deed: String,
        to: Option<i64>,
        takes_back: bool,
        ended: String,
        policy: String,
        because: String,
        problem: Option<String>,
    },
    /// The guard would have done something about a 1:1 and did not: second of the promise, and the sentence.
    HeldBack { promised: Option<i64>, text: String },
}

impl Happened {
    /// As a fact of [`log_of`].
    pub(in crate::server) fn fact(&self, person: &str, now: Instant) -> NewFact {
        facts::said(NOTED, self, person, now)
    }

    fn what(self) -> What {
        match self {
            Self::Connected { label } => What::Connected { label },
            Self::Opened { label } => What::Opened { label },
            Self::Mended { label } => What::Mended { label },
            Self::Disconnected { label } => What::Disconnected { label },
            Self::Silent {
                label,
                problem,
                stops,
            } => What::Silent {
                label,
                problem,
                stops,
            },
            Self::Answers { label, since } => What::Answers {
                label,
                since: since.map(Instant::from_seconds),
            },
            Self::Unread { label, entries } => What::Unread { label, entries },
            Self::HeldBack { promised, text } => What::HeldBack {
                promised: promised.map(Instant::from_seconds),
                text,
            },
            Self::Invited { email } => What::Invited { email },
            Self::Joined { email } => What::Joined { email },
            Self::Auditor(turn) => What::Auditor(turn),
            Self::Acted {
                intent,
                deed,
                to,
                takes_back,
                ended,
                policy,
                because,
                problem,
            } => What::Acted {
                intent,
                deed,
                to: to.map(Instant::from_seconds),
                takes_back,
                ended,
                policy,
                because,
                problem,
            },
        }
    }
}

/// Notes it for `person`.
pub(in crate::server) async fn note<S: Facts>(
    store: &S,
    org: &Org,
    person: &str,
    now: Instant,
    happened: &Happened,
) -> Result<(), ServerError> {
    let fact = happened.fact(person, now);
    let stream = log_of(person);
    store
        .append(org, &stream, Expected::Any, &[fact], &[])
        .await?;
    Ok(())
}

/// All that was noted for the viewer, the oldest first.
pub(in crate::server) async fn happened<S: Facts>(
    store: &S,
    viewer: &Viewer,
) -> Result<Vec<(Instant, Happened)>, ServerError> {
    let stream = log_of(viewer.person());
    let facts = whole_stream(store, viewer.org(), &stream).await?;
    let told = facts.iter().map(|fact| {
        let happened = facts::what_was_said(fact, NOTED)?;
        Ok((facts::at(fact), happened))
    });
    told.collect()
}

/// What was noted for the viewer since then.
pub(super) async fn told<S: Facts>(
    store: &S,
    viewer: &Viewer,
    since: Instant,
) -> Result<Vec<Entry>, ServerError> {
    let all = happened(store, viewer).await?.into_iter();
    let told = all.filter(|(at, _)| *at >= since);
    let entries = told.map(|(at, happened)| Entry {
        at,
        what: happened.what(),
    });
    Ok(entries.collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_form_of_what_is_noted_is_this_text_for_ever() {
        let label = || "maya at calendar.example".to_owned();
        for (happened, text) in [
            (
                Happened::Connected { label: label() },
                r#"{"what":"connected","label":"maya at calendar.example"}"#,
            ),
            (
                Happened::Opened { label: label() },
                r#"{"what":"opened","label":"maya at calendar.example"}"#,
            ),
            (
                Happened::Mended { label: label() },
                r#"{"what":"mended","label":"maya at calendar.example"}"#,
            ),
            (
                Happened::Disconnected { label: label() },
                r#"{"what":"disconnected","label":"maya at calendar.example"}"#,
            ),
            (
                Happened::Silent {
                    label: label(),
                    problem: "p".to_owned(),
                    stops: false,
                },
                r#"{"what":"silent","label":"maya at calendar.example","problem":"p","stops":false}"#,
            ),
            (
                Happened::Answers {
                    label: label(),
                    since: Some(7),
                },
                r#"{"what":"answers","label":"maya at calendar.example","since":7}"#,
            ),
            (
                Happened::Unread {
                    label: label(),
                    entries: 2,
                },
                r#"{"what":"unread","label":"maya at calendar.example","entries":2}"#,
            ),
            (
                Happened::Invited {
                    email: "ben@example.com".to_owned(),
                },
                r#"{"what":"invited","email":"ben@example.com"}"#,
            ),
            (
                Happened::Joined {
                    email: "ben@example.com".to_owned(),
                },
                r#"{"what":"joined","email":"ben@example.com"}"#,
            ),
            (
                Happened::Auditor(AuditorTurn::Named { person: None }),
                r#"{"what":"auditor","turn":"named","person":null}"#,
            ),
            (
                Happened::Auditor(AuditorTurn::Refused {
                    person: "p".to_owned(),
                    why: "w".to_owned(),
                }),
                r#"{"what":"auditor","turn":"refused","person":"p","why":"w"}"#,
            ),
            (
                Happened::Auditor(AuditorTurn::Became),
                r#"{"what":"auditor","turn":"became"}"#,
            ),
            (
                Happened::Auditor(AuditorTurn::Ceased),
                r#"{"what":"auditor","turn":"ceased"}"#,
            ),
            (
                Happened::Acted {
                    intent: "i".to_owned(),
                    deed: "move".to_owned(),
                    to: Some(7),
                    takes_back: false,
                    ended: "done".to_owned(),
                    policy: "p".to_owned(),
                    because: "b".to_owned(),
                    problem: None,
                },
                r#"{"what":"acted","intent":"i","deed":"move","to":7,"takes_back":false,"ended":"done","policy":"p","because":"b","problem":null}"#,
            ),
            (
                Happened::HeldBack {
                    promised: Some(7),
                    text: "t".to_owned(),
                },
                r#"{"what":"held_back","promised":7,"text":"t"}"#,
            ),
        ] {
            let fact = happened.fact("maya@example.com", Instant::from_seconds(0));
            assert_eq!(String::from_utf8(fact.payload).unwrap(), text);
            assert_eq!(serde_json::from_str::<Happened>(text).unwrap(), happened);
        }
    }
}
