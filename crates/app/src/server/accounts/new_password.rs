//! A new password for somebody who lost theirs, by a link that whoever runs the server makes and hands over.

use super::{DAY, Fresh, Passwords, Token, check, enter};
use crate::server::ServerError;
use crate::server::looked::{self, Kind};
use serde::{Deserialize, Serialize};
use steadfast_calendar::Instant;
use steadfast_store::{
    AccessLog, Account, AccountChange, Accounts, Effect, Links, Micros, NewLink, Org, Sessions,
    StoreError,
};

/// Days within which a new password can be chosen.
pub const NEW_PASSWORD_DAYS: i64 = 1;
const PURPOSE: &str = "new password";

/// What the link is about.
#[derive(Serialize, Deserialize)]
struct Lost {
    account: String,
}

/// Makes a link with which the account of that address gets a new password. Whoever has it can take the account, so it
/// is made for whoever has the server's disk anyway, and by no page; that it was made is told to whose account it is. The old password stays good until it is used.
///
/// # Errors
/// [`ServerError::Input`] when there is no such account, or it is closed; [`ServerError::Store`].
pub async fn lost_password<S: AccessLog + Accounts + Links>(
    store: &S,
    org: &Org,
    now: Micros,
    fresh: &Fresh,
    email: &str,
) -> Result<Token, ServerError> {
    let email = check::address(email)?;
    let account = store.account_by_email(org, &email).await?;
    let account = account.filter(|one| !one.is_closed(now));
    let account = account.ok_or_else(|| {
        ServerError::Input(
            "nobody signs in with that address".to_owned(),
            "check how it is written; somebody who has no account yet needs an invitation"
                .to_owned(),
        )
    })?;
    // Told on *Privacy*, also where nobody uses it.
    let whose = [account.person.as_str()];
    let at = Instant::from_seconds(now.0.div_euclid(1_000_000));
    looked::note_of_operator(store, org, at, Kind::Opened, &whose).await?;
    let lost = Lost {
        account: account.account,
    };
    let link = NewLink {
        purpose: PURPOSE.to_owned(),
        payload: serde_json::to_vec(&lost).unwrap_or_default(),
        created: now,
        expires: now.plus(NEW_PASSWORD_DAYS * DAY),
    };
    let token = fresh.token();
    store.create_link(org, &token.hash(), &link).await?;
    Ok(token)
}

/// The address of the account that a link is for, as long as it can be used.
///
/// # Errors
/// [`ServerError::NotFound`] when it was used, has expired, or never was; [`ServerError::Store`].
pub async fn whose_password<S: Accounts + Links>(
    store: &S,
    org: &Org,
    now: Micros,
    token: &Token,
) -> Result<String, ServerError> {
    Ok(account(store, org, now, token).await?.email)
}

/// Sets the new password, ends all sessions of the account, and signs it in.
///
/// # Errors
/// [`ServerError::Input`] for a password that cannot be used; [`ServerError::NotFound`] as [`whose_password`];
/// [`ServerError::Store`].
pub async fn choose_password<S, P>(
    store: &S,
    passwords: &P,
    org: &Org,
    now: Micros,
    fresh: &Fresh,
    (token, password): (&Token, &str),
) -> Result<Token, ServerError>
where
    S: Accounts + Links + Sessions,
    P: Passwords,
{
    let account = account(store, org, now, token).await?;
    check::password(password)?;
    let sealed = passwords.seal(password, fresh.salt).await?;
    let change = AccountChange::Password(Some(sealed));
    let effect = Effect::Change(&account.account, &change);
    match store.redeem(org, &token.hash(), PURPOSE, now, effect).await {
        Ok(_) => {}
        Err(StoreError::LinkSpent | StoreError::Missing(_)) => return Err(ServerError::NotFound),
        Err(error) => return Err(error.into()),
    }
    enter(store, org, &account.account, now, fresh).await
}

async fn account<S: Accounts + Links>(
    store: &S,
    org: &Org,
    now: Micros,
    token: &Token,
) -> Result<Account, ServerError> {
    let payload = match store.peek(org, &token.hash(), PURPOSE, now).await {
        Ok(payload) => payload,
        Err(StoreError::LinkSpent) => return Err(ServerError::NotFound),
        Err(error) => return Err(error.into()),
    };
    let lost: Lost = serde_json::from_slice(&payload)
        .map_err(|_| ServerError::Unreadable(PURPOSE.to_owned()))?;
    let account = store.account(org, &lost.account).await?;
    account
        .filter(|one| !one.is_closed(now))
        .ok_or(ServerError::NotFound)
}
