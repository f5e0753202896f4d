//! What the guard does by itself: after everything new that was seen, and when time alone calls for it.

use super::ahead::Ahead;
use super::gather::gather;
use super::holds;
use super::write::Drafted;
use crate::server::{ServerError, Viewer};
use steadfast_calendar::Instant;
use steadfast_store::{Accounts, Facts, Intents};

/// Decides for the viewer on what is known now; what their policies let it do goes into the outbox, and what the other one is
/// to be told is said. The same look twice does nothing more. Gives when to look again, though nothing changes.
///
/// # Errors
/// [`ServerError::Store`], [`ServerError::Unreadable`].
pub(in crate::server) async fn defend<S>(
    store: &S,
    viewer: &Viewer,
    ahead: &Ahead,
    now: Instant,
) -> Result<Option<Instant>, ServerError>
where
    S: Accounts + Facts + Intents,
{
    let gathered = gather(store, viewer, ahead).await?;
    let Some(counted) = gathered.counted(now) else {
        return Ok(None);
    };
    let guard = counted.guard(&counted.own, &counted.policies, now);
    let decision = guard.decide(&counted.named.promises());
    let mut drafted = Drafted::on(&gathered);
    for intent in &decision.intents {
        let about = (&gathered, &counted);
        // Where nothing can be written it stays a proposal.
        let _ = drafted.add(store, viewer, now, about, intent).await?;
    }
    holds::keep(store, viewer, now, (&gathered, &counted), &mut drafted).await?;
    if !drafted.is_empty() {
        drafted.write(store, viewer, &[]).await?;
    }
    Ok(decision.look_again)
}
