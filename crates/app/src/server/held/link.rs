//! The address of somebody's feed: one at a time, marked by this server, good until it is taken away.

use crate::server::facts::{self, what_was_said};
use crate::server::ledger::whole_stream;
use crate::server::marked::{marked, read};
use crate::server::{ServerError, Viewer};
use serde::{Deserialize, Serialize};
use steadfast_calendar::Instant;
use steadfast_store::seal::Keyring;
use steadfast_store::{Account, Accounts, Expected, Facts, Micros, Org, Version};

/// It was opened, or taken away: a [`Turned`].
const TURNED: &str = "held.feed.v1";
/// What the mark is for.
const PURPOSE: &str = "held feed";

pub(in crate::server) fn held_for(person: &str) -> String {
    format!("held/{person}")
}

#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
struct Turned {
    is_open: bool,
}

/// How somebody's feed stands.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
struct Standing {
    /// The number of the address that is good.
    number: Option<u64>,
    version: Version,
}

impl Standing {
    async fn of<S: Facts>(store: &S, viewer: &Viewer) -> Result<Self, ServerError> {
        let mut standing = Self::default();
        for fact in whole_stream(store, viewer.org(), &held_for(viewer.person())).await? {
            let Turned { is_open } = what_was_said(&fact, TURNED)?;
            standing.version = fact.version;
            standing.number = is_open.then_some(fact.version.0);
        }
        Ok(standing)
    }
}

/// When the viewer's feed was opened, or taken away, the oldest first; opened once more it is at another address.
pub(in crate::server) async fn turned<S: Facts>(
    store: &S,
    viewer: &Viewer,
) -> Result<Vec<(Instant, bool)>, ServerError> {
    let facts = whole_stream(store, viewer.org(), &held_for(viewer.person())).await?;
    let turned = facts.iter().map(|fact| {
        let Turned { is_open } = what_was_said(fact, TURNED)?;
        Ok((facts::at(fact), is_open))
    });
    turned.collect()
}

/// A feed that is open: the path at which it is.
#[derive(Clone, PartialEq, Eq)]
pub struct Link {
    /// Begins with a slash; a secret.
    pub path: String,
}

impl std::fmt::Debug for Link {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Link")
    }
}

/// The viewer's feed; `None` without one.
///
/// # Errors
/// [`ServerError::Store`], [`ServerError::Sealed`].
pub async fn link<S: Accounts + Facts>(
    store: &S,
    keyring: &Keyring,
    viewer: &Viewer,
) -> Result<Option<Link>, ServerError> {
    let Some(number) = Standing::of(store, viewer).await?.number else {
        return Ok(None);
    };
    let account = store
        .account_by_email(viewer.org(), viewer.person())
        .await?;
    let account = account.ok_or(ServerError::NotFound)?;
    let named = format!("{}.{number}", account.account);
    let token = marked(keyring, PURPOSE, &named)?;
    Ok(Some(Link {
        path: format!("/held/{token}.ics"),
    }))
}

/// Opens the viewer's feed at an address of its own; what was given out before is good for nothing then.
///
/// # Errors
/// [`ServerError::Store`].
pub async fn open<S: Facts>(store: &S, viewer: &Viewer, now: Instant) -> Result<(), ServerError> {
    turn(store, viewer, now, true).await
}

/// Takes it away.
///
/// # Errors
/// [`ServerError::Store`].
pub async fn close<S: Facts>(store: &S, viewer: &Viewer, now: Instant) -> Result<(), ServerError> {
    turn(store, viewer, now, false).await
}

async fn turn<S: Facts>(
    store: &S,
    viewer: &Viewer,
    now: Instant,
    is_open: bool,
) -> Result<(), ServerError> {
    let standing = Standing::of(store, viewer).await?;
    if !is_open && standing.number.is_none() {
        return Ok(());
    }
    let fact = facts::said(TURNED, &Turned { is_open }, viewer.person(), now);
    let stream = held_for(viewer.person());
    // Whoever turned it in the same moment did what was to be done.
    store
        .append(viewer.org(), &stream, Expected::Any, &[fact], &[])
        .await?;
    Ok(())
}

/// Whose feed a token opens: an account that may sign in, by the address that is good now.
///
/// # Errors
/// [`ServerError::Store`], [`ServerError::Sealed`].
pub async fn opens<S: Accounts + Facts>(
    store: &S,
    keyring: &Keyring,
    org: &Org,
    now: Micros,
    token: &str,
) -> Result<Option<Viewer>, ServerError> {
    let token = token.strip_suffix(".ics").unwrap_or(token);
    let named = read(keyring, PURPOSE, token)?;
    let Some((account, number)) = named.and_then(|named| named.rsplit_once('.')) else {
        return Ok(None);
    };
    let account: Option<Account> = store.account(org, account).await?;
    let Some(account) = account.filter(|account| !account.is_closed(now)) else {
        return Ok(None);
    };
    let viewer = Viewer::signed_in(org.clone(), &account.email);
    let standing = Standing::of(store, &viewer).await?;
    let is_good = standing.number.map(|number| number.to_string()).as_deref() == Some(number);
    Ok(is_good.then_some(viewer))
}
