//! What was said of people, as it is kept. The forms never change once written: a new form is a new kind.
//!
//! Each stands in the stream of the organisation, and once more in the stream of every address it is about: whoever judges
//! a ledger reads only the addresses in it.

use crate::server::{ServerError, facts};
use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use steadfast_calendar::Instant;
use steadfast_store::{Fact, NewFact};

/// The stream of everything that was said of the organisation.
pub(super) const ORGANISATION: &str = "organisation";

const PERSON: &str = "person.known.v1";
const LEAVES: &str = "person.leaves.v1";
const LINE: &str = "line.known.v1";
const ADDRESS: &str = "address.known.v1";
const DELEGATE: &str = "delegate.known.v1";

/// The stream of what was said of one address.
pub(super) fn stream_of(address: &str) -> String {
    format!("person/{address}")
}

/// Somebody, or something, is in the organisation.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub(super) struct PersonKnown {
    /// Main address, lower case.
    pub address: String,
    /// Name; may be empty.
    pub name: String,
    /// `person`, `delegate`, `room` or `bot`.
    pub kind: String,
    /// Home zone, an IANA name.
    pub zone: Option<String>,
    /// False: not any more.
    pub holds: bool,
}

/// Somebody is taken out of the list with a last day that is to come: it stands before what says that they are in it no more.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub(super) struct PersonLeaves {
    /// Main address.
    pub address: String,
    /// Their last day.
    pub last: Date,
    /// When that is over where they live.
    pub over: Timestamp,
}

/// `report` reports to `manager` from one day to another, both inclusive. Manager, report and first day name the line.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub(super) struct LineKnown {
    pub manager: String,
    pub report: String,
    pub from: Option<Date>,
    pub to: Option<Date>,
    /// False: it was never so.
    pub holds: bool,
}

/// Another address of somebody.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub(super) struct AddressKnown {
    /// Their main address.
    pub person: String,
    /// The other one.
    pub address: String,
    /// Said by the person alone: it counts on their own calendars, and nowhere else.
    pub own_word: bool,
    /// False: not any more.
    pub holds: bool,
}

/// Somebody may move a person's 1:1s for them.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub(super) struct DelegateKnown {
    /// For whom.
    pub person: String,
    /// Who.
    pub delegate: String,
    /// False: not any more.
    pub holds: bool,
}

/// Anything said of people.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) enum Said {
    Person(PersonKnown),
    Leaves(PersonLeaves),
    Line(LineKnown),
    Address(AddressKnown),
    Delegate(DelegateKnown),
}

impl Said {
    /// The addresses it is about.
    pub(super) fn about(&self) -> Vec<&str> {
        match self {
            Self::Person(known) => vec![&known.address],
            Self::Leaves(leaves) => vec![&leaves.address],
            Self::Line(line) => vec![&line.manager, &line.report],
            Self::Address(known) => vec![&known.person, &known.address],
            Self::Delegate(known) => vec![&known.person, &known.delegate],
        }
    }

    /// As it is kept.
    pub(super) fn fact(&self, by: &str, now: Instant) -> NewFact {
        match self {
            Self::Person(known) => facts::said(PERSON, known, by, now),
            Self::Leaves(leaves) => facts::said(LEAVES, leaves, by, now),
            Self::Line(line) => facts::said(LINE, line, by, now),
            Self::Address(known) => facts::said(ADDRESS, known, by, now),
            Self::Delegate(known) => facts::said(DELEGATE, known, by, now),
        }
    }

    /// What a fact says.
    pub(super) fn read(fact: &Fact) -> Result<Self, ServerError> {
        Ok(match fact.kind.as_str() {
            PERSON => Self::Person(facts::what_was_said(fact, PERSON)?),
            LEAVES => Self::Leaves(facts::what_was_said(fact, LEAVES)?),
            LINE => Self::Line(facts::what_was_said(fact, LINE)?),
            ADDRESS => Self::Address(facts::what_was_said(fact, ADDRESS)?),
            DELEGATE => Self::Delegate(facts::what_was_said(fact, DELEGATE)?),
            _ => return Err(ServerError::Unreadable(fact.kind.clone())),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn the_forms_are_these_bytes_for_ever() {
        let text = |said: Said| {
            let fact = said.fact("maya@example.com", Instant::from_seconds(0));
            (fact.kind, String::from_utf8(fact.payload).unwrap())
        };
        let (maya, ben) = ("maya@example.com".to_owned(), "ben@example.com".to_owned());
        let person = PersonKnown {
            address: ben.clone(),
            name: "Ben".to_owned(),
            kind: "person".to_owned(),
            zone: None,
            holds: true,
        };
        let leaves = PersonLeaves {
            address: ben.clone(),
            last: date(2026, 3, 31),
            over: Timestamp::from_second(1_775_001_600).unwrap(),
        };
        let line = LineKnown {
            manager: maya.clone(),
            report: ben.clone(),
            from: Some(date(2026, 3, 1)),
            to: None,
            holds: true,
        };
        let address = AddressKnown {
            person: ben.clone(),
            address: "b@example.com".to_owned(),
            own_word: true,
            holds: true,
        };
        let delegate = DelegateKnown {
            person: maya,
            delegate: ben,
            holds: false,
        };
        for (said, kind, bytes) in [
            (
                Said::Person(person),
                "person.known.v1",
                r#"{"address":"ben@example.com","name":"Ben","kind":"person","zone":null,"holds":true}"#,
            ),
            (
                Said::Leaves(leaves),
                "person.leaves.v1",
                r#"{"address":"ben@example.com","last":"2026-03-31","over":"2026-04-01T00:00:00Z"}"#,
            ),
            (
                Said::Line(line),
                "line.known.v1",
                r#"{"manager":"maya@example.com","report":"ben@example.com","from":"2026-03-01","to":null,"holds":true}"#,
            ),
            (
                Said::Address(address),
                "address.known.v1",
                r#"{"person":"ben@example.com","address":"b@example.com","own_word":true,"holds":true}"#,
            ),
            (
                Said::Delegate(delegate),
                "delegate.known.v1",
                r#"{"person":"maya@example.com","delegate":"ben@example.com","holds":false}"#,
            ),
        ] {
            assert_eq!(text(said), (kind.to_owned(), bytes.to_owned()));
        }
    }
}
