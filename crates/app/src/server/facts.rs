//! The facts of the ledger as they are kept. Their forms never change once written: a new form is a new kind.

use super::ServerError;
use flate2::{Compression, read::DeflateDecoder, write::DeflateEncoder};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::io::{Read, Write};
use steadfast_calendar::Instant;
use steadfast_store::{Fact, Micros, NewFact};

/// What was seen of somebody's calendar: the deflated lines of [`steadfast_calendar::minimal`].
pub(super) const SEEN: &str = "calendar.seen.v1";
/// What was new in a connected calendar: a deflated [`CalendarNews`].
pub(super) const NEWS: &str = "calendar.news.v1";
/// A calendar that is not watched any more: a [`CalendarLeft`].
pub(super) const LEFT: &str = "calendar.left.v1";
/// Who reports to whom, as somebody says: a [`Line`].
pub(super) const LINE: &str = "line.said.v1";
/// A person's word on one occurrence: a [`Word`].
pub(super) const WORD: &str = "word.given.v1";
/// What somebody answered to the questions of the proof: a [`ProofAnswered`].
pub(super) const PROOF: &str = "proof.answered.v1";
/// What this program did to somebody's calendar: an [`Acted`].
pub(super) const ACTED: &str = "calendar.acted.v1";
/// What one of two said about the rhythm of their 1:1: a [`CadenceSaid`].
pub(super) const CADENCE: &str = "cadence.said.v1";

/// Bytes that one look may grow to; what is taken in is bounded by less.
const MOST_BYTES: u64 = 1 << 30;

/// The stream of what was seen of `person`'s calendar.
pub(super) fn calendar_of(person: &str) -> String {
    format!("calendar/{person}")
}

/// The stream of what `person` says about who reports to whom.
pub(super) fn lines_said_by(person: &str) -> String {
    format!("lines/{person}")
}

/// The stream of what others say about whom `person` manages or reports to. What is said stands in both streams, so that
/// neither of the two has to look through what everybody says.
pub(super) fn lines_said_of(person: &str) -> String {
    format!("lines-of/{person}")
}

/// The stream of what two people said about their 1:1s.
pub(super) fn words_on(pair: &str) -> String {
    format!("{WORDS}{pair}")
}

/// What all streams of [`words_on`] begin with.
pub(super) const WORDS: &str = "words/";
/// The stream of what this program did to `person`'s calendar.
pub(super) fn acts_on(person: &str) -> String {
    format!("acts/{person}")
}

/// The stream of what two people said about the rhythm of their 1:1.
pub(super) fn cadence_of(pair: &str) -> String {
    format!("cadence/{pair}")
}

/// The stream of what `person` answered to the questions of the proof. Nobody else's use case reads it.
pub(super) fn proof_of(person: &str) -> String {
    format!("proof/{person}")
}

/// What was new in one calendar of a source.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub(super) struct CalendarNews {
    /// The source.
    pub source: String,
    /// The calendar within it.
    pub calendar: String,
    /// Second of the last moment at which everything was known before; `None`: this is the first round.
    pub after: Option<i64>,
    /// What happened since then was not seen: the source had lost the thread.
    pub blind: bool,
    /// New text by place: the kept lines of an object, or of the events of one UID.
    pub put: Vec<(String, String)>,
    /// Places that are empty now.
    pub gone: Vec<String>,
}

/// A calendar is not watched any more: what becomes of it is not known.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub(super) struct CalendarLeft {
    /// The source.
    pub source: String,
    /// The calendar within it; `None`: all of them.
    pub calendar: Option<String>,
}

/// "`report` reports to `manager`", or no longer.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub(super) struct Line {
    /// Address of the manager.
    pub manager: String,
    /// Address of the report.
    pub report: String,
    /// False: it is so no more.
    pub holds: bool,
}

/// A change of a meeting that this program made in somebody's calendar.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub(super) struct Acted {
    /// UID of the meeting.
    pub uid: String,
    /// Second of the original start of the instance; `None`: the meeting as a whole.
    pub occurrence: Option<i64>,
    /// First and last second of where it was put; `None`: it was taken away.
    pub to: Option<(i64, i64)>,
    /// Seconds between which it was made.
    pub within: (i64, i64),
    /// `person`, `program` or `both`.
    pub by: String,
}

/// What somebody said about the 1:1 promised on one day.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub(super) struct WordGiven {
    /// Address of who said it.
    pub by: String,
    /// Whether they said it as the manager of the two.
    pub as_manager: bool,
    /// Day of the promise, in the report's zone.
    pub date: Date,
    /// The word of the contract; `None` takes back what was said.
    pub word: Option<String>,
    /// Whether the other one of the two may see it.
    pub shared: bool,
}

/// What one of two said about the rhythm of their 1:1.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub(super) struct CadenceSaid {
    /// Address of who said it.
    pub by: String,
    /// `propose`, `agree`, `drop` or `end`.
    pub word: String,
    /// Days between two promises, with the first two.
    pub days: Option<i64>,
}

/// All that somebody answered to the questions of the proof, as it stands.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub(super) struct ProofAnswered {
    /// In the order of the questions.
    pub answers: Vec<ProofAnswer>,
}

/// One answer.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub(super) struct ProofAnswer {
    /// Key of the question.
    pub question: String,
    /// Key of what was chosen.
    pub choice: String,
    /// In their own words; may be empty.
    pub words: String,
}

pub(super) fn seen(lines: &[u8], person: &str, now: Instant) -> NewFact {
    fact(SEEN, person, now, deflated(lines))
}

pub(super) fn news(news: &CalendarNews, person: &str, seen: Instant) -> NewFact {
    fact(NEWS, person, seen, news_payload(news))
}

/// The payload of a [`NEWS`] fact.
pub(super) fn news_payload(news: &CalendarNews) -> Vec<u8> {
    // Every key is a string: it can always be written.
    deflated(&serde_json::to_vec(news).unwrap_or_default())
}

/// What a [`NEWS`] fact says.
pub(super) fn news_told(fact: &Fact) -> Result<CalendarNews, ServerError> {
    inflated(fact, NEWS)
        .and_then(|text| serde_json::from_slice(&text).ok())
        .ok_or_else(|| ServerError::Unreadable(fact.kind.clone()))
}

pub(super) fn deflated(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = DeflateEncoder::new(Vec::new(), Compression::default());
    // Memory takes everything.
    let _ = encoder.write_all(bytes);
    encoder.finish().unwrap_or_default()
}

pub(super) fn inflated(fact: &Fact, kind: &str) -> Option<Vec<u8>> {
    let mut bytes = Vec::new();
    let read = DeflateDecoder::new(&*fact.payload)
        .take(MOST_BYTES)
        .read_to_end(&mut bytes);
    (fact.kind == kind && read.is_ok()).then_some(bytes)
}

/// The lines of a [`SEEN`] fact.
pub(super) fn lines_seen(fact: &Fact) -> Result<Vec<u8>, ServerError> {
    inflated(fact, SEEN).ok_or_else(|| ServerError::Unreadable(fact.kind.clone()))
}

pub(super) fn said(kind: &str, what: &impl Serialize, person: &str, now: Instant) -> NewFact {
    // Every key is a string: it can always be written.
    fact(
        kind,
        person,
        now,
        serde_json::to_vec(what).unwrap_or_default(),
    )
}

/// What a fact of `kind` says.
pub(super) fn what_was_said<'a, T: Deserialize<'a>>(
    fact: &'a Fact,
    kind: &str,
) -> Result<T, ServerError> {
    if fact.kind == kind
        && let Ok(what) = serde_json::from_slice(&fact.payload)
    {
        return Ok(what);
    }
    Err(ServerError::Unreadable(fact.kind.clone()))
}

pub(super) fn fact(kind: &str, person: &str, now: Instant, payload: Vec<u8>) -> NewFact {
    NewFact {
        kind: kind.to_owned(),
        at: Micros(now.seconds().saturating_mul(1_000_000)),
        actor: person.to_owned(),
        payload,
    }
}

/// When a fact was observed.
pub(super) fn at(fact: &Fact) -> Instant {
    Instant::from_seconds(fact.at.0.div_euclid(1_000_000))
}

#[cfg(test)]
mod tests {
    use super::*;
    use steadfast_store::{Position, Version};

    fn kept(fact: NewFact) -> Fact {
        Fact {
            stream: "s".to_owned(),
            version: Version(1),
            position: Position(1),
            kind: fact.kind,
            at: fact.at,
            actor: fact.actor,
            payload: fact.payload,
        }
    }

    #[test]
    fn what_is_kept_is_read_back() {
        let now = Instant::from_seconds(1_772_000_000);
        let fact = kept(seen(b"BEGIN:VCALENDAR\r\n", "maya@example.com", now));
        assert_eq!(lines_seen(&fact).unwrap(), b"BEGIN:VCALENDAR\r\n");
        assert_eq!(at(&fact), now);
    }

    #[test]
    fn the_forms_of_said_facts_are_these_bytes_for_ever() {
        let now = Instant::from_seconds(0);
        let line = Line {
            manager: "maya@example.com".to_owned(),
            report: "ben@example.com".to_owned(),
            holds: true,
        };
        assert_eq!(
            String::from_utf8(said(LINE, &line, "maya@example.com", now).payload).unwrap(),
            r#"{"manager":"maya@example.com","report":"ben@example.com","holds":true}"#
        );
        let left = CalendarLeft {
            source: "s".to_owned(),
            calendar: None,
        };
        assert_eq!(
            String::from_utf8(said(LEFT, &left, "maya@example.com", now).payload).unwrap(),
            r#"{"source":"s","calendar":null}"#
        );
        let answered = ProofAnswered {
            answers: vec![ProofAnswer {
                question: "work".to_owned(),
                choice: "people".to_owned(),
                words: String::new(),
            }],
        };
        assert_eq!(
            String::from_utf8(said(PROOF, &answered, "maya@example.com", now).payload).unwrap(),
            r#"{"answers":[{"question":"work","choice":"people","words":""}]}"#
        );
        let cadence = CadenceSaid {
            by: "maya@example.com".to_owned(),
            word: "propose".to_owned(),
            days: Some(14),
        };
        assert_eq!(
            String::from_utf8(said(CADENCE, &cadence, "maya@example.com", now).payload).unwrap(),
            r#"{"by":"maya@example.com","word":"propose","days":14}"#
        );
        let word = WordGiven {
            by: "ben@example.com".to_owned(),
            as_manager: false,
            date: jiff::civil::date(2026, 3, 3),
            word: Some("asked".to_owned()),
            shared: false,
        };
        assert_eq!(
            String::from_utf8(said(WORD, &word, "ben@example.com", now).payload).unwrap(),
            r#"{"by":"ben@example.com","as_manager":false,"date":"2026-03-03","word":"asked","shared":false}"#
        );
    }

    #[test]
    fn the_form_of_news_is_this_text_for_ever() {
        let text = r#"{"source":"s","calendar":"/own/","after":7,"blind":false,"put":[["1.ics","BEGIN"]],"gone":["2.ics"]}"#;
        let told: CalendarNews = serde_json::from_str(text).unwrap();
        let fact = kept(news(&told, "maya@example.com", Instant::from_seconds(0)));
        assert_eq!(inflated(&fact, NEWS).unwrap(), text.as_bytes());
        assert_eq!(news_told(&fact).unwrap(), told);
    }

    #[test]
    fn a_fact_of_another_kind_is_not_read_as_this_one() {
        let fact = kept(seen(b"x", "maya@example.com", Instant::from_seconds(0)));
        assert!(what_was_said::<Line>(&fact, LINE).is_err());
    }
}
