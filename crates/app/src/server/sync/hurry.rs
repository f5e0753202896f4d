//! Rounds before their time, for whoever runs the server.

use super::Reading;
use super::pages::Pages;
use super::round::job;
use crate::server::ServerError;
use steadfast_store::{Accounts, Jobs, Micros, Sources};

/// Makes the next round of every source due now, but of those that wait for their owners. One that failed keeps the time
/// at which it is tried again, and one that wants to be left alone is, as long as it wants. Gives how many sources are asked at all.
///
/// # Errors
/// [`ServerError::Store`].
pub async fn hurry<S: Accounts + Jobs + Sources>(
    store: &S,
    now: Micros,
) -> Result<u64, ServerError> {
    let mut asked = 0;
    for one in store.organisations().await? {
        let mut sources = Pages::default();
        while let Some(page) = sources.next(store, &one.org).await? {
            let running = page.iter().filter(|source| source.stopped.is_none());
            let jobs: Vec<_> = running
                .map(|source| job(&source.source, Reading::of(source).not_before(now)))
                .collect();
            store.enqueue(&one.org, &jobs).await?;
            asked += jobs.len() as u64;
        }
    }
    Ok(asked)
}

/// How many sources there are, over all organisations.
///
/// # Errors
/// [`ServerError::Store`].
pub async fn sources<S: Accounts + Sources>(store: &S) -> Result<u64, ServerError> {
    let mut count = 0;
    for one in store.organisations().await? {
        let mut sources = Pages::default();
        while let Some(page) = sources.next(store, &one.org).await? {
            count += page.len() as u64;
        }
    }
    Ok(count)
}
