//! What is thrown away by itself, once an hour: what has served its time.

use super::sync::Machine;
use super::{ServerError, looked, retention};
use steadfast_store::{AccessLog, Accounts, Facts, Jobs, Micros, NewJob, Sessions};

/// The kind of job.
pub const TIDY: &str = "tidy";

/// How often: what devices were given to sign is good for minutes, and anybody can ask for it.
const EVERY: i64 = 3_600 * 1_000_000;
/// How long it may take.
const LEASE: i64 = 10 * 60 * 1_000_000;
/// What is to be thrown away cannot be kept because it failed ten times.
const ATTEMPTS: u32 = u32::MAX;

/// `folds`: up to where folding was planned last.
pub(super) fn job(due: Micros, folds: &[u8]) -> NewJob {
    NewJob {
        kind: TIDY.to_owned(),
        unique: Some(TIDY.to_owned()),
        payload: folds.to_vec(),
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
        store.enqueue(&one.org, &[job(now, &[])]).await?;
    }
    Ok(!all.is_empty())
}

/// Tidies one organisation, if it is time; gives whether it was.
///
/// # Errors
/// [`ServerError::Store`].
pub async fn tidy<S>(store: &S, machine: Machine<'_>) -> Result<bool, ServerError>
where
    S: AccessLog + Facts + Jobs + Sessions,
{
    let now = (machine.now)();
    let Some(one) = machine.claim(store, TIDY, LEASE).await? else {
        return Ok(false);
    };
    let org = &one.lease.org;
    let done = async {
        looked::trim(store, org, now).await?;
        store.sweep(now).await?;
        let folds = retention::plan(store, org, now, &one.payload).await?;
        // Asked for while it runs: it is run once more after it ends.
        store.enqueue(org, &[job(now.plus(EVERY), &folds)]).await?;
        Ok::<_, ServerError>(store.finish(&one.lease).await?)
    };
    machine.ends(store, &one, done.await).await?;
    Ok(true)
}
