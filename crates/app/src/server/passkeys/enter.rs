//! Signing in with a passkey, and showing it once more.

use super::client::{Asked, challenge};
use super::keep::Body;
use super::{Site, authenticator, bytes, challenge as challenges, refused};
use crate::server::ServerError;
use crate::server::accounts::{Fresh, SignedIn, Token, enter};
use ring::digest::{SHA256, digest};
use steadfast_store::{Accounts, Links, Micros, Org, Passkeys, Sessions};

/// What a browser sends of a signature; bytes as text.
#[derive(Clone, Debug, Default)]
pub struct Assertion {
    /// The credential's id.
    pub credential: String,
    /// What it says it asked for.
    pub client: String,
    /// What the device says.
    pub authenticator: String,
    /// The signature of both.
    pub signature: String,
    /// Whose account the device says it is.
    pub user: String,
}

/// Whether whoever is signed in has this passkey, and it is theirs.
///
/// # Errors
/// [`ServerError::Input`] for one that is not taken; [`ServerError::Store`].
pub async fn has_passkey<S>(
    store: &S,
    me: &SignedIn,
    now: Micros,
    site: &Site,
    assertion: &Assertion,
) -> Result<(), ServerError>
where
    S: Accounts + Links + Passkeys,
{
    let account = whose(store, me.viewer().org(), now, site, assertion).await?;
    if account != me.account() {
        return Err(refused("it is somebody else’s"));
    }
    Ok(())
}

/// Opens a session for whoever has the passkey.
///
/// # Errors
/// [`ServerError::Input`] for one that is not taken; [`ServerError::Store`].
pub async fn sign_in_with_passkey<S>(
    store: &S,
    org: &Org,
    now: Micros,
    fresh: &Fresh,
    site: &Site,
    assertion: &Assertion,
) -> Result<Token, ServerError>
where
    S: Accounts + Links + Passkeys + Sessions,
{
    let account = whose(store, org, now, site, assertion).await?;
    enter(store, org, &account, now, fresh).await
}

/// The key of the account whose passkey signed this.
async fn whose<S>(
    store: &S,
    org: &Org,
    now: Micros,
    site: &Site,
    assertion: &Assertion,
) -> Result<String, ServerError>
where
    S: Accounts + Links + Passkeys,
{
    let client = bytes(&assertion.client)?;
    let token = challenge(&client, site, Asked::Known)?;
    challenges::met(store, org, now, &token).await?;
    let data = bytes(&assertion.authenticator)?;
    let said = authenticator::read(&data, site)?;
    let credential = bytes(&assertion.credential)?;
    let passkey = store.passkey(org, &credential).await?;
    let passkey = passkey.ok_or_else(|| refused("it is not known here, or was taken away"))?;
    let before = Body::read(&passkey)?;
    // What the request says of where it was asked for is its sender's word; where it was added, its owner's browser's.
    let elsewhere = |origin: &String| !origin.eq_ignore_ascii_case(&site.origin);
    if before.origin.as_ref().is_some_and(elsewhere) {
        return Err(refused("it comes from another page"));
    }
    let signed = [data.as_slice(), digest(&SHA256, &client).as_ref()].concat();
    if !before.key.signed(&signed, &bytes(&assertion.signature)?) {
        return Err(refused("its signature is not right"));
    }
    if bytes(&assertion.user)? != passkey.account.as_bytes() {
        return Err(refused("it is somebody else’s"));
    }
    // A device that counts never counts back: two that say the same are one and its copy.
    let counts = before.counter > 0 || said.counter > 0;
    if counts && said.counter <= before.counter {
        return Err(refused(
            "it was used elsewhere in between, perhaps by a copy",
        ));
    }
    let account = store.account(org, &passkey.account).await?;
    let account = account.filter(|one| !one.is_closed(now));
    let account = account.ok_or_else(|| refused("its account is closed"))?;
    let after = Body {
        counter: said.counter,
        used: Some(now.0.div_euclid(1_000_000)),
        ..before
    };
    let moved = store
        .update_passkey(org, &credential, &passkey.body, &after.kept())
        .await?;
    if !moved {
        return Err(ServerError::Busy);
    }
    Ok(account.account)
}
