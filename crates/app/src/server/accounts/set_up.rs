//! The first account of a new server.

use super::{Fresh, Passwords, Token, check, enter, names, role};
use crate::server::ServerError;
use steadfast_store::{Accounts, Facts, Micros, NewAccount, Org, Sessions, StoreError};

/// The key of a server's organisation and of its first account: known beforehand, so that of two people who set up at
/// once one succeeds, whatever node they reached.
const FIRST: &str = "first";

/// What the set-up page asks.
#[derive(Debug)]
pub struct Founder {
    /// What the organisation is called.
    pub organisation: String,
    /// What they are called.
    pub name: String,
    /// The address in their calendar.
    pub email: String,
    /// As typed.
    pub password: String,
}

/// The organisation of this server, once somebody has set it up.
///
/// # Errors
/// [`ServerError::Store`].
pub async fn organisation<S: Accounts>(store: &S) -> Result<Option<Org>, ServerError> {
    let Some(first) = store.organisations().await?.into_iter().next() else {
        return Ok(None);
    };
    // Set-up is two strokes; without an account the second is still to come.
    let has_account = !store.accounts(&first.org, None, 1).await?.is_empty();
    Ok(has_account.then_some(first.org))
}

/// Makes the organisation and its first account, and signs it in.
///
/// # Errors
/// [`ServerError::Input`] for what cannot be used; [`ServerError::NotFound`] when it has been done before;
/// [`ServerError::Store`].
pub async fn set_up<S, P>(
    store: &S,
    passwords: &P,
    now: Micros,
    fresh: &Fresh,
    founder: &Founder,
) -> Result<(Org, Token), ServerError>
where
    S: Accounts + Sessions + Facts,
    P: Passwords,
{
    let organisation_name = check::name("the organisation’s name", &founder.organisation)?;
    let name = check::name("your name", &founder.name)?;
    let email = check::address(&founder.email)?;
    check::password(&founder.password)?;
    if organisation(store).await?.is_some() {
        return Err(ServerError::NotFound);
    }
    let org = Org::new(FIRST)?;
    let sealed = passwords.seal(&founder.password, fresh.salt).await?;
    match store
        .create_organisation(&org, &organisation_name, now)
        .await
    {
        Ok(()) | Err(StoreError::Exists(_)) => {}
        Err(error) => return Err(error.into()),
    }
    let account = NewAccount {
        account: FIRST.to_owned(),
        person: email.clone(),
        email,
        password: Some(sealed),
        role: role::OWNER.to_owned(),
        created: now,
    };
    match store.create_account(&org, &account).await {
        Err(StoreError::Exists(_)) => return Err(ServerError::NotFound),
        other => other?,
    }
    names::call(store, &org, FIRST, &name, now).await?;
    let token = enter(store, &org, FIRST, now, fresh).await?;
    Ok((org, token))
}
