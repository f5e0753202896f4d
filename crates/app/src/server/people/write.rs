//! Keeping what was said: in one stroke in the stream of the organisation and in those of everybody it is about, with what it
//! means for their accounts.

use super::forms::{ORGANISATION, Said, stream_of};
use crate::server::accounts::Closing;
use crate::server::{ServerError, Viewer};
use std::collections::BTreeMap;
use steadfast_calendar::Instant;
use steadfast_store::{Append, Expected, Facts, NewFact, Version, Write};

/// Keeps `said`, which was made from the state `from`.
///
/// # Errors
/// [`ServerError::Busy`] when the organisation is in another state by now; [`ServerError::Store`].
pub(super) async fn write<S: Facts>(
    store: &S,
    viewer: &Viewer,
    now: Instant,
    from: Version,
    said: &[Said],
    closing: &Closing,
) -> Result<(), ServerError> {
    if said.is_empty() {
        return Ok(());
    }
    let mut of_all: Vec<NewFact> = Vec::with_capacity(said.len());
    let mut of_each: BTreeMap<String, Vec<NewFact>> = BTreeMap::new();
    for one in said {
        let fact = one.fact(viewer.person(), now);
        for address in one.about() {
            let stream = of_each.entry(stream_of(address)).or_default();
            stream.push(fact.clone());
        }
        of_all.push(fact);
    }
    let mut appends = vec![Append {
        stream: ORGANISATION,
        expected: Expected::Exactly(from),
        facts: &of_all,
    }];
    appends.extend(of_each.iter().map(|(stream, facts)| Append {
        stream,
        expected: Expected::Any,
        facts,
    }));
    let closes = closing.closes();
    let write = Write {
        appends: &appends,
        jobs: &closing.jobs,
        closes: &closes,
        ..Write::default()
    };
    store.write(viewer.org(), write).await?;
    Ok(())
}
