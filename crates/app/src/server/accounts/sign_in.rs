//! Signing in with a password.

use super::{Fresh, LONGEST_PASSWORD, Passwords, Token, enter};
use crate::server::ServerError;
use steadfast_store::{Accounts, Micros, Org, Sessions};

/// Opens a session for whoever knows the password; `None` when address and password do not fit together.
///
/// Nobody learns from the answer, or from how long it takes, whether there is such an account.
///
/// # Errors
/// [`ServerError::Store`].
pub async fn sign_in<S, P>(
    store: &S,
    passwords: &P,
    org: &Org,
    now: Micros,
    fresh: &Fresh,
    (email, password): (&str, &str),
) -> Result<Option<Token>, ServerError>
where
    S: Accounts + Sessions,
    P: Passwords,
{
    if password.len() > LONGEST_PASSWORD {
        return Ok(None);
    }
    let account = store.account_by_email(org, email).await?;
    let usable = account.as_ref().filter(|one| !one.is_closed(now));
    let sealed = usable.and_then(|one| one.password.as_deref());
    if !passwords.is(password, sealed).await? {
        return Ok(None);
    }
    match usable {
        Some(one) => enter(store, org, &one.account, now, fresh).await.map(Some),
        None => Ok(None),
    }
}
