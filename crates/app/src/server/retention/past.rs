//! What became of everything that was promised so far, whether or not what it was judged from is still kept.

use super::settled::parts;
use crate::server::accounts::Knowers;
use crate::server::{ServerError, Viewer};
use std::collections::BTreeMap;
use steadfast_ledger::fate::Settled;
use steadfast_ledger::occurrence::Occurrence;
use steadfast_store::Facts;

/// What is settled between somebody and one other.
#[derive(Clone, Debug)]
pub(in crate::server) struct SettledBetween {
    /// Address of the other one.
    pub(in crate::server) with: String,
    /// What was promised, oldest first.
    pub(in crate::server) occurrences: Vec<Occurrence>,
}

/// Everything that is settled for the viewer, with each other one.
pub(in crate::server) async fn past_settled<S: Facts>(
    store: &S,
    viewer: &Viewer,
) -> Result<Vec<SettledBetween>, ServerError> {
    let mut all: BTreeMap<String, Settled> = BTreeMap::new();
    let knowers = Knowers::of(store, viewer.org(), viewer.person()).await?;
    let parts = parts(store, viewer.org(), viewer.person()).await?;
    for part in parts.into_iter().filter(|part| knowers.include(&part.with)) {
        let settled = part.settled();
        all.entry(part.with).or_default().and(settled);
    }
    let between = all.into_iter().map(|(with, settled)| SettledBetween {
        with,
        occurrences: settled.before,
    });
    Ok(between.filter(|one| !one.occurrences.is_empty()).collect())
}
