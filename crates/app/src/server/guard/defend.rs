//! What the guard does by itself: after everything new that was seen, and when time alone calls for it.

use super::ahead::Ahead;
use super::gather::gather;
use super::write::Drafted;
use crate::server::{ServerError, Viewer};
use std::collections::BTreeSet;
use steadfast_calendar::Instant;
use steadfast_guard::decide::Guard;
use steadfast_store::{Accounts, Facts, Intents};

/// What came of one look.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(in crate::server) struct Defended {
    /// Whether anything was done or said.
    pub(in crate::server) did: bool,
    /// When to look again, though nothing changes.
    pub(in crate::server) look_again: Option<Instant>,
}

/// Decides for the viewer on what is known now; what their policies let it do goes into the outbox, and what the other one is
/// to be told is said. The same look twice does nothing more.
///
/// # Errors
/// [`ServerError::Store`], [`ServerError::Unreadable`].
pub(in crate::server) async fn defend<S>(
    store: &S,
    viewer: &Viewer,
    ahead: &Ahead,
    now: Instant,
) -> Result<Defended, ServerError>
where
    S: Accounts + Facts + Intents,
{
    let gathered = gather(store, viewer, ahead).await?;
    let Some(counted) = gathered.counted(now) else {
        return Ok(Defended::default());
    };
    let serves = BTreeSet::from([counted.me]);
    let guard = Guard {
        world: &counted.named.world,
        own: &counted.own,
        policies: &counted.policies,
        serves: Some(&serves),
        now,
    };
    let decision = guard.decide(&counted.named.promises());
    let mut drafted = Drafted::on(&gathered);
    for intent in &decision.intents {
        let about = (&gathered, &counted);
        // Where nothing can be written it stays a proposal.
        let _ = drafted.add(store, viewer, now, about, intent).await?;
    }
    let did = !drafted.is_empty();
    if did {
        drafted.write(store, viewer, &[]).await?;
    }
    Ok(Defended {
        did,
        look_again: decision.look_again,
    })
}
