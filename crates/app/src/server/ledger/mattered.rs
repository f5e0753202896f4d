//! Whether it mattered to the report that a 1:1 did not go as promised: for themselves alone.
//!
//! It is kept in a stream of theirs that no use case of anybody else reads, and it enters no ledger: it changes no count, and is
//! evidence of nothing about anybody. So there is no way to share it.

use super::looks::whole_stream;
use super::view::report;
use crate::report::model::Pair;
use crate::report::seat::subordinate;
use crate::server::facts::{self, said, what_was_said};
use crate::server::{ServerError, Viewer};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use steadfast_calendar::Instant;
use steadfast_ledger::occurrence::Occurrence;
use steadfast_ledger::verdict::Outcome;
use steadfast_store::{Expected, Facts, Sources};

/// A [`Said`].
const SAID: &str = "mattered.said.v1";

/// The stream of what `person` said mattered to them.
pub(in crate::server) fn mattered_to(person: &str) -> String {
    format!("mattered/{person}")
}

/// Its form never changes once written.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
struct Said {
    pair: String,
    /// Day of the promise, in the report's zone.
    date: Date,
    /// `None` takes back what was said.
    mattered: Option<bool>,
}

/// Whether `reader`, one of the two, can say of this one whether it mattered: the report can, once it did not go as promised.
pub fn may_matter(pair: &Pair, one: &Occurrence, reader: &str) -> bool {
    let is_report = subordinate(pair).is_some_and(|report| *report.address == *reader);
    is_report && !matches!(one.verdict.outcome, Outcome::Open | Outcome::Unknown) && !went_well(one)
}

fn went_well(one: &Occurrence) -> bool {
    one.verdict.outcome == Outcome::Kept && one.verdict.cut.is_none()
}

/// Says whether it mattered to the viewer what became of the 1:1 of `pair` promised on `date`, or takes that back.
///
/// # Errors
/// [`ServerError::NotFound`] when the viewer has no such 1:1; [`ServerError::Input`] where it is not theirs to say, or it went as
/// promised.
pub async fn say_whether_it_mattered<S: Facts + Sources>(
    store: &S,
    viewer: &Viewer,
    now: Instant,
    pair: &str,
    date: Date,
    mattered: Option<bool>,
) -> Result<(), ServerError> {
    let view = report(store, viewer, now).await?;
    let view = view.ok_or(ServerError::NotFound)?;
    let known = view.pairs.iter().find(|one| one.id == pair);
    let known = known.ok_or(ServerError::NotFound)?;
    let on_that_day = |one: &&Occurrence| one.promised.start.date(&view.zone) == date;
    let promised: Vec<&Occurrence> = known.occurrences.iter().filter(on_that_day).collect();
    if promised.is_empty() {
        return Err(ServerError::NotFound);
    }
    let may = |one: &&Occurrence| may_matter(known, one, viewer.person());
    if mattered.is_some() && !promised.iter().any(may) {
        return Err(ServerError::Input(
            "whether it mattered is for the report to say, of one that did not go as promised"
                .to_owned(),
            "see its page for what can be said of it".to_owned(),
        ));
    }
    let what = Said {
        pair: pair.to_owned(),
        date,
        mattered,
    };
    let fact = said(SAID, &what, viewer.person(), now);
    let stream = mattered_to(viewer.person());
    store
        .append(viewer.org(), &stream, Expected::Any, &[fact], &[])
        .await?;
    Ok(())
}

/// What the viewer said of it, as it stands, by 1:1 and day.
///
/// # Errors
/// [`ServerError::Store`], [`ServerError::Unreadable`].
pub async fn what_mattered<S: Facts>(
    store: &S,
    viewer: &Viewer,
) -> Result<BTreeMap<(String, Date), bool>, ServerError> {
    let mut stands = BTreeMap::new();
    for (_, said) in all_that_mattered(store, viewer).await? {
        let ((pair, date), mattered) = said;
        match mattered {
            Some(mattered) => stands.insert((pair, date), mattered),
            None => stands.remove(&(pair, date)),
        };
    }
    Ok(stands)
}

/// What was said of one 1:1, and whether it mattered.
pub(in crate::server) type Mattered = ((String, Date), Option<bool>);

/// Everything they ever said of it, oldest first.
pub(in crate::server) async fn all_that_mattered<S: Facts>(
    store: &S,
    viewer: &Viewer,
) -> Result<Vec<(Instant, Mattered)>, ServerError> {
    let facts = whole_stream(store, viewer.org(), &mattered_to(viewer.person())).await?;
    let said = facts.iter().map(|fact| {
        let said: Said = what_was_said(fact, SAID)?;
        Ok((facts::at(fact), ((said.pair, said.date), said.mattered)))
    });
    said.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_form_of_what_is_said_is_this_text_for_ever() {
        let text = r#"{"pair":"p","date":"2026-03-03","mattered":true}"#;
        let said: Said = serde_json::from_str(text).unwrap();
        assert_eq!(serde_json::to_string(&said).unwrap(), text);
    }
}
