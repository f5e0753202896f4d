//! What the guard has to say to somebody now.

use super::deed;
use super::proposals::{LastTap, Proposed, proposals};
use crate::server::accounts::which_have_joined;
use crate::server::acting::came_of;
use crate::server::{ServerError, Viewer, ledger};
use std::collections::BTreeSet;
use steadfast_calendar::Instant;
use steadfast_guard::policy::Policies;
use steadfast_store::{Accounts, Facts, Intent, Intents, Sources, Views};

/// Taps that are looked through, the newest first.
const TAPS: u32 = 100;

/// What the guard has to say.
#[derive(Clone, Debug, Default)]
pub struct Outlook {
    /// Whether the viewer's calendar was seen within a day: else nothing is said, as it may be otherwise by now.
    pub is_fresh: bool,
    /// What threatens their 1:1s, the soonest first.
    pub proposals: Vec<Proposed>,
}

/// What the guard has to say to the viewer now.
///
/// # Errors
/// [`ServerError::Store`], [`ServerError::Unreadable`].
pub async fn outlook<S>(
    store: &S,
    viewer: &Viewer,
    program: &str,
    now: Instant,
) -> Result<Outlook, ServerError>
where
    S: Accounts + Facts + Intents + Sources + Views,
{
    let ahead = ledger::ahead(store, viewer, program, now).await?;
    let people: Vec<&str> = ahead.of_the_one_on_ones().collect();
    let joined = which_have_joined(store, viewer, &people).await?;
    let mut joined: BTreeSet<String> = joined.into_iter().collect();
    // Whoever looks has come in.
    joined.insert(viewer.person().to_owned());
    let mut proposals = proposals(&ahead, &joined, &Policies::default(), now);
    if !proposals.is_empty() {
        let taps = store
            .intents_of(viewer.org(), viewer.person(), TAPS)
            .await?;
        for one in &mut proposals {
            one.tapped = last_tap(&taps, one);
        }
    }
    Ok(Outlook {
        is_fresh: ahead.is_fresh(),
        proposals,
    })
}

/// The last tap for the same promise.
fn last_tap(taps: &[Intent], proposed: &Proposed) -> Option<LastTap> {
    let about = deed::about(&proposed.pair, proposed.promised.map(|slot| slot.start));
    let mut taps = taps.iter();
    let last = taps.find(|tap| tap.intent.starts_with(&about) && tap.undoes.is_none())?;
    Some(LastTap {
        state: last.state,
        problem: came_of(last).and_then(|came| came.problem),
    })
}
