//! What a device has to sign: made once, good once, for a few minutes.

use super::refused;
use crate::server::ServerError;
use crate::server::accounts::{Fresh, Token};
use steadfast_store::{Effect, Links, Micros, NewLink, Org, StoreError};

/// Minutes in which somebody finds their key.
pub const CHALLENGE_MINUTES: i64 = 5;
const PURPOSE: &str = "passkey";

/// A challenge, as text whose bytes are to be signed.
///
/// # Errors
/// [`ServerError::Store`].
pub async fn challenge<S: Links>(
    store: &S,
    org: &Org,
    now: Micros,
    fresh: &Fresh,
) -> Result<Token, ServerError> {
    let token = fresh.token();
    let link = NewLink {
        purpose: PURPOSE.to_owned(),
        payload: Vec::new(),
        created: now,
        expires: now.plus(CHALLENGE_MINUTES * 60 * 1_000_000),
    };
    store.create_link(org, &token.hash(), &link).await?;
    Ok(token)
}

/// Uses a challenge up, whatever becomes of it then.
pub(super) async fn met<S: Links>(
    store: &S,
    org: &Org,
    now: Micros,
    token: &Token,
) -> Result<(), ServerError> {
    let hash = token.hash();
    // Whoever makes challenges up is told so without holding up those who write.
    match store.peek(org, &hash, PURPOSE, now).await {
        Ok(_) => {}
        Err(StoreError::LinkSpent) => return Err(refused("it came too late")),
        Err(error) => return Err(error.into()),
    }
    let used = store
        .redeem(org, &hash, PURPOSE, now, Effect::Nothing)
        .await;
    match used {
        Ok(_) => Ok(()),
        Err(StoreError::LinkSpent) => Err(refused("it came too late")),
        Err(error) => Err(error.into()),
    }
}
