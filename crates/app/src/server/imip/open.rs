//! Of what was done there is something to tell, for the page on which it stands.

use super::deed::{Adds, Deed};
use super::preview::{Heard, Preview};
use super::state::State;
use crate::server::{ServerError, Viewer};
use std::collections::BTreeMap;
use steadfast_calendar::Instant;
use steadfast_store::{Facts, Intent, Intents};

/// Intents looked at, the newest first: what is still to come was decided of late.
const LOOKED_AT: u32 = 500;

/// How it stands with those who were not told of something that was done.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Open {
    /// What a mail adds to what they were told by calendar servers.
    pub adds: Adds,
    /// How many of them can be told by mail now.
    pub left: usize,
    /// How many were mailed, or are being.
    pub mailed: usize,
}

/// That, by the name of what was done; of what leaves nobody to be told there is nothing.
///
/// # Errors
/// [`ServerError::Store`], [`ServerError::Unreadable`].
pub async fn open<S: Facts + Intents>(
    store: &S,
    viewer: &Viewer,
    now: Instant,
) -> Result<BTreeMap<String, Open>, ServerError> {
    let intents = store
        .intents_of(viewer.org(), viewer.person(), LOOKED_AT)
        .await?;
    let by_name: BTreeMap<&str, &Intent> = intents
        .iter()
        .map(|intent| (intent.intent.as_str(), intent))
        .collect();
    let deeds: Vec<Deed> = intents
        .iter()
        .filter_map(|intent| {
            let undone = intent.undoes.as_deref();
            let before = undone.and_then(|undone| by_name.get(undone)).copied();
            Deed::of(intent.clone(), before)
        })
        .collect();
    // Where everybody was told, which is nearly everywhere, nothing more is read.
    if deeds.is_empty() {
        return Ok(BTreeMap::new());
    }
    let state = State::of(store, viewer).await?;
    let open = deeds.iter().filter_map(|deed| {
        let preview = Preview::of(deed, &state, None, now)?;
        let is_mailed = |heard: &Heard| matches!(heard, Heard::OnItsWay | Heard::Sent(_));
        let mailed = preview.whom.iter().filter(|one| is_mailed(&one.heard));
        let open = Open {
            adds: preview.adds,
            left: preview.open().count(),
            mailed: mailed.count(),
        };
        Some((preview.deed.clone(), open))
    });
    Ok(open.collect())
}
