//! What is thrown away by itself, once a day: what has served its time.

use super::sync::Machine;
use super::{ServerError, looked};
use steadfast_store::{
    AccessLog, Accounts, Claim, Jobs, Micros, NewJob, Sessions, StoreError, backoff,
};

/// The kind of job.
pub const TIDY: &str = "tidy";

/// How often.
const EVERY: i64 = 86_400 * 1_000_000;
/// How long it may take.
const LEASE: i64 = 10 * 60 * 1_000_000;
/// After so many failed attempts somebody should look.
const ATTEMPTS: u32 = 10;

fn job(due: Micros) -> NewJob {
    NewJob {
        kind: TIDY.to_owned(),
        unique: Some(TIDY.to_owned()),
        payload: Vec::new(),
        due,
        max_attempts: ATTEMPTS,
    }
}

/// Sees to it that every organisation is tidied; gives whether there is one. Safe to repeat.
///
/// # Errors
/// [`ServerError::Store`].
pub async fn plan<S: Accounts + Jobs>(store: &S, now: Micros) -> Result<bool, ServerError> {
    let all = store.organisations().await?;
    for one in &all {
        store.enqueue(&one.org, &[job(now)]).await?;
    }
    Ok(!all.is_empty())
}

/// Tidies one organisation, if it is time; gives whether it was.
///
/// # Errors
/// [`ServerError::Store`].
pub async fn tidy<S>(store: &S, machine: Machine<'_>) -> Result<bool, ServerError>
where
    S: AccessLog + Jobs + Sessions,
{
    let now = (machine.now)();
    let claim = Claim {
        kinds: &[TIDY],
        node: machine.node,
        now,
        until: now.plus(LEASE),
        limit: 1,
    };
    let Some(one) = store.claim(claim).await?.pop() else {
        return Ok(false);
    };
    let org = &one.lease.org;
    let done = async {
        looked::trim(store, org, now).await?;
        store.sweep(now).await?;
        // Asked for while it runs: it is run once more after it ends.
        store.enqueue(org, &[job(now.plus(EVERY))]).await?;
        store.finish(&one.lease).await
    };
    match done.await {
        // Another node did it as well.
        Ok(()) | Err(StoreError::StaleLease { .. }) => {}
        Err(_) => {
            let again = backoff(now, one.attempt, (machine.chance)());
            let why = "the store did not answer";
            store.fail(&one.lease, now, Some(again), why).await?;
        }
    }
    Ok(true)
}
