//! Whoever is signed in shows once more that it is them.

use super::{LONGEST_PASSWORD, Passwords, SignedIn};
use crate::server::ServerError;
use steadfast_store::{Accounts, Micros};

/// Whether this is the password of whoever is signed in; never of an account without one.
///
/// # Errors
/// [`ServerError::Store`].
pub async fn knows_password<S: Accounts, P: Passwords>(
    store: &S,
    passwords: &P,
    me: &SignedIn,
    now: Micros,
    password: &str,
) -> Result<bool, ServerError> {
    if password.len() > LONGEST_PASSWORD {
        return Ok(false);
    }
    let account = store.account(me.viewer().org(), me.account()).await?;
    let usable = account.as_ref().filter(|one| !one.is_closed(now));
    let sealed = usable.and_then(|one| one.password.as_deref());
    passwords.is(password, sealed).await
}
