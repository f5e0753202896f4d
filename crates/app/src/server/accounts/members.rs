//! Who has joined.

use crate::server::sync::micros;
use crate::server::{ServerError, Viewer};
use steadfast_calendar::Instant;
use steadfast_store::{Accounts, Micros};

/// Accounts listed; more are not asked for on any page yet.
const MOST: u32 = 10_000;

/// Somebody with an account.
#[derive(Clone, Debug)]
pub struct Member {
    /// The key of the account.
    pub account: String,
    /// Their address, lower case.
    pub person: String,
}

/// Everybody who has joined the viewer's organisation, and may come in at `now`.
///
/// # Errors
/// [`ServerError::Store`].
pub async fn members<S: Accounts>(
    store: &S,
    viewer: &Viewer,
    now: Micros,
) -> Result<Vec<Member>, ServerError> {
    let accounts = store.accounts(viewer.org(), None, MOST).await?;
    Ok(accounts
        .into_iter()
        .filter(|account| !account.is_closed(now))
        .map(|account| Member {
            account: account.account,
            person: account.email,
        })
        .collect())
}

/// Which of these addresses somebody of the viewer's organisation signs in with at `now`.
///
/// # Errors
/// [`ServerError::Store`].
pub async fn which_have_joined<S: Accounts>(
    store: &S,
    viewer: &Viewer,
    now: Instant,
    people: &[&str],
) -> Result<Vec<String>, ServerError> {
    let now = micros(now);
    Ok(store.which_have_joined(viewer.org(), people, now).await?)
}
