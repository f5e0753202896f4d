//! What somebody allowed is given back before how to get at it is erased.
//!
//! `Invariant:` giving a token back ends all that the same account allowed to this server (at Google, whichever of its tokens
//! it is), so it is given back with the last source of that account, and not before.

use super::port::{Access, Calendars};
use super::status::about;
use super::{FoundCalendar, sealed};
use crate::server::{ServerError, Viewer};
use steadfast_store::seal::Keyring;
use steadfast_store::{Secrets, Source, Sources};

/// Gives back what the owner of a source allowed elsewhere, if they did and it can be read, and no other source of theirs may
/// be of the same account; otherwise nothing is done. The source is to be disconnected after it. Several that go together are
/// given back one after another, each with those `before` it: they are there still, and nobody goes on by them.
///
/// # Errors
/// [`ServerError::NotFound`] when it is not the viewer's; [`ServerError::Store`].
pub async fn give_back<S, C>(
    store: &S,
    keyring: &Keyring,
    calendars: &C,
    viewer: &Viewer,
    source: &str,
    before: &[Source],
) -> Result<(), ServerError>
where
    S: Secrets + Sources,
    C: Calendars,
{
    let found = store.source(viewer.org(), source).await?;
    let found = found.filter(|source| source.person == viewer.person());
    let found = found.ok_or(ServerError::NotFound)?;
    match sealed::reveal(store, keyring, viewer.org(), source).await {
        Ok(Some(access)) if access.is_google() => {
            let account = about(&found).account;
            let goes: Vec<&str> = before
                .iter()
                .map(|one| one.source.as_str())
                .chain([source])
                .collect();
            if !is_used(store, viewer, account.as_deref(), &goes).await? {
                calendars.give_back(&access).await;
            }
        }
        Ok(_) | Err(ServerError::Sealed(_)) => {}
        Err(error) => return Err(error),
    }
    Ok(())
}

/// Gives back what the viewer allowed just now and is not kept; `account`: whose it is, where that is known. Where a source of
/// theirs may be of the same account, it is forgotten only.
///
/// # Errors
/// [`ServerError::Store`].
pub async fn give_back_unkept<S, C>(
    store: &S,
    calendars: &C,
    viewer: &Viewer,
    access: &Access,
    account: Option<&str>,
) -> Result<(), ServerError>
where
    S: Sources,
    C: Calendars,
{
    if access.is_google() && !is_used(store, viewer, account, &[]).await? {
        calendars.give_back(access).await;
    }
    Ok(())
}

/// Whether a source of the viewer's beside those of `but` is of that account, or may be: of which account one is may not be known.
async fn is_used<S: Sources>(
    store: &S,
    viewer: &Viewer,
    account: Option<&str>,
    but: &[&str],
) -> Result<bool, ServerError> {
    let sources = store.sources_of(viewer.org(), viewer.person()).await?;
    let others = sources
        .iter()
        .filter(|source| !but.contains(&source.source.as_str()));
    let mut others = others.map(about).filter(|about| about.is_google);
    let is_other = |theirs: Option<&str>| matches!((account, theirs), (Some(account), Some(theirs)) if account != theirs);
    Ok(others.any(|about| !is_other(about.account.as_deref())))
}

/// Whose account it is, where all its calendars say the same.
pub(super) fn account_of(calendars: &[FoundCalendar]) -> Option<String> {
    let mut owners = calendars.iter().filter_map(|one| one.owner.as_ref());
    let first = owners.next()?;
    owners.all(|owner| owner == first).then(|| first.clone())
}
