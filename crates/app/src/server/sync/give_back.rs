//! What somebody allowed is given back before how to get at it is erased.

use super::port::Calendars;
use super::sealed;
use crate::server::{ServerError, Viewer};
use steadfast_store::seal::Keyring;
use steadfast_store::{Secrets, Sources};

/// Gives back what the owner of a source allowed elsewhere, if they did and it can be read; otherwise nothing is done. The
/// source is to be disconnected after it.
///
/// # Errors
/// [`ServerError::NotFound`] when it is not the viewer's; [`ServerError::Store`].
pub async fn give_back<S, C>(
    store: &S,
    keyring: &Keyring,
    calendars: &C,
    viewer: &Viewer,
    source: &str,
) -> Result<(), ServerError>
where
    S: Secrets + Sources,
    C: Calendars,
{
    let found = store.source(viewer.org(), source).await?;
    if found.is_none_or(|source| source.person != viewer.person()) {
        return Err(ServerError::NotFound);
    }
    match sealed::reveal(store, keyring, viewer.org(), source).await {
        Ok(Some(access)) if access.is_google() => calendars.give_back(&access).await,
        Ok(_) | Err(ServerError::Sealed(_)) => {}
        Err(error) => return Err(error),
    }
    Ok(())
}
