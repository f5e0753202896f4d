//! Being signed in.

use super::{DAY, Fresh, Token, names, role};
use crate::server::people::Administrator;
use crate::server::{ServerError, Viewer};
use steadfast_store::{Accounts, Facts, Micros, Org, Session, Sessions};

/// Days until somebody has to sign in again.
pub const SESSION_DAYS: i64 = 30;

/// Somebody who is signed in.
#[derive(Clone, Debug)]
pub struct SignedIn {
    viewer: Viewer,
    account: String,
    name: String,
    owner: bool,
}

impl SignedIn {
    /// For whom use cases are done.
    pub fn viewer(&self) -> &Viewer {
        &self.viewer
    }

    /// The key of the account.
    pub fn account(&self) -> &str {
        &self.account
    }

    /// What they are called; their address where they did not say.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Whoever may change the organisation for others: the founder.
    pub fn administrator(&self) -> Option<Administrator> {
        let keeps = self.owner.then(|| self.viewer.clone());
        keeps.map(Administrator::signed_in)
    }

    /// Whether the account was made by the set-up link.
    pub fn is_owner(&self) -> bool {
        self.owner
    }
}

/// Opens a session for an account. For whoever has just proved to be its owner, and for the demo.
///
/// # Errors
/// [`ServerError::NotFound`] without the account; [`ServerError::Store`].
pub async fn enter<S: Accounts + Sessions>(
    store: &S,
    org: &Org,
    account: &str,
    now: Micros,
    fresh: &Fresh,
) -> Result<Token, ServerError> {
    let token = fresh.token();
    let session = Session {
        account: account.to_owned(),
        created: now,
        expires: now.plus(SESSION_DAYS * DAY),
    };
    match store.open_session(org, &token.hash(), &session).await {
        Err(steadfast_store::StoreError::Missing(_)) => Err(ServerError::NotFound),
        other => Ok(other.map(|()| token)?),
    }
}

/// Who has that token, if anybody.
///
/// # Errors
/// [`ServerError::Store`].
pub async fn session<S: Accounts + Sessions + Facts>(
    store: &S,
    org: &Org,
    now: Micros,
    token: &Token,
) -> Result<Option<SignedIn>, ServerError> {
    let Some(session) = store.session(org, &token.hash(), now).await? else {
        return Ok(None);
    };
    signed_in(store, org, &session.account).await
}

/// The owner of that account, for whoever has just shown that they may come in as them.
pub(crate) async fn signed_in<S: Accounts + Facts>(
    store: &S,
    org: &Org,
    account: &str,
) -> Result<Option<SignedIn>, ServerError> {
    let Some(account) = store.account(org, account).await? else {
        return Ok(None);
    };
    let name = names::name(store, org, &account.account).await?;
    Ok(Some(SignedIn {
        viewer: Viewer::signed_in(org.clone(), &account.email),
        name: name.unwrap_or_else(|| account.email.clone()),
        owner: account.role == role::OWNER,
        account: account.account,
    }))
}

/// Ends the session of that token.
///
/// # Errors
/// [`ServerError::Store`].
pub async fn sign_out<S: Sessions>(store: &S, org: &Org, token: &Token) -> Result<(), ServerError> {
    store.close_session(org, &token.hash()).await?;
    Ok(())
}

/// Ends all sessions of whoever has that token, this one too.
///
/// # Errors
/// [`ServerError::Store`].
pub async fn sign_out_everywhere<S: Sessions>(
    store: &S,
    org: &Org,
    now: Micros,
    token: &Token,
) -> Result<(), ServerError> {
    if let Some(session) = store.session(org, &token.hash(), now).await? {
        store.close_sessions(org, &session.account).await?;
    }
    Ok(())
}
