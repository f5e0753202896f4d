//! What the guard does by itself: after everything new that was seen, and when time alone calls for it.

use super::ahead::Ahead;
use super::gather::{Counted, Gathered, gather};
use super::over::over;
use super::proposals::event;
use super::write::Drafted;
use super::{holds, onward, said_yes};
use crate::server::log::noted::Happened;
use crate::server::{ServerError, Viewer};
use std::collections::BTreeSet;
use steadfast_calendar::Instant;
use steadfast_guard::decide::Decision;
use steadfast_guard::intent::{Intent, What};
use steadfast_guard::policy::Refused;
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
    let gathered = gather(store, viewer, ahead, now).await?;
    let Some(counted) = gathered.counted(now) else {
        return Ok(None);
    };
    let guard = counted.guard(&counted.own, &counted.policies, now);
    let decision = guard.decide(&counted.named.promises());
    let mut drafted = Drafted::on(&gathered);
    over(viewer, now, (&gathered, &counted), &decision, &mut drafted);
    onward::follow(store, viewer, now, (&gathered, &counted), &mut drafted).await?;
    said_yes::keep(store, viewer, now, (&gathered, &counted), &mut drafted).await?;
    // What is written comes before what is told: of one that is put back no other times are offered.
    let is_told = |intent: &&Intent| matches!(intent.what, What::Message(_));
    let all = decision.intents.iter();
    let told = all.clone().filter(is_told);
    for intent in all.filter(|intent| !is_told(intent)).chain(told) {
        let about = (&gathered, &counted);
        // Where nothing can be written it stays a proposal.
        let _ = drafted.add(store, viewer, now, about, intent).await?;
    }
    held_back(viewer, now, (&gathered, &counted), &decision, &mut drafted);
    holds::keep(store, viewer, now, (&gathered, &counted), &mut drafted).await?;
    if !drafted.is_empty() {
        drafted.write(store, viewer, &[]).await?;
    }
    Ok(decision.look_again)
}

/// What the policies let it do and a bound held it back from is told in the owner's log, once for each event: what it would have
/// been, and why it was not.
fn held_back(
    viewer: &Viewer,
    now: Instant,
    (gathered, counted): (&Gathered<'_>, &Counted<'_>),
    decision: &Decision,
    drafted: &mut Drafted,
) {
    let named = &counted.named;
    let mut told = BTreeSet::new();
    for line in &decision.log {
        let is_held_back = line.refused.is_some_and(Refused::is_held_back);
        let Some(one) = named.one_on_one(line.one_on_one).filter(|_| is_held_back) else {
            continue;
        };
        let promise = line.promise.and_then(|id| named.promise(id));
        let event = event(named, line.against, &one.pair, promise);
        if gathered.held_back.contains(&event) || !told.insert(event.clone()) {
            continue;
        }
        let happened = Happened::HeldBack {
            promised: promise.map(|promise| promise.promised.start.seconds()),
            text: line.text.clone(),
        };
        drafted.hold_back(event, &happened, viewer.person(), now);
    }
}
