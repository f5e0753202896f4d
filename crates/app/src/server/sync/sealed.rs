//! How to get at a source, sealed.

use super::{Access, Channel};
use crate::server::ServerError;
use steadfast_store::Org;
use steadfast_store::Secrets;
use steadfast_store::seal::{Keyring, Vault};

const NAME: &str = "access";
/// Channels over which its server says that something changed.
const CHANNELS: &str = "channels";

/// Whose secret it is in the store.
pub(in crate::server) fn owner(source: &str) -> String {
    format!("source/{source}")
}

/// Keeps how to get at a source.
pub(super) async fn keep<S: Secrets>(
    store: &S,
    keyring: &Keyring,
    org: &Org,
    source: &str,
    access: &Access,
) -> Result<(), ServerError> {
    let text = serde_json::to_vec(access).unwrap_or_default();
    let vault = Vault::new(store, keyring);
    vault.keep(org, &owner(source), NAME, &text).await?;
    Ok(())
}

/// How to get at a source; `None` when it was erased.
pub(in crate::server) async fn reveal<S: Secrets>(
    store: &S,
    keyring: &Keyring,
    org: &Org,
    source: &str,
) -> Result<Option<Access>, ServerError> {
    let vault = Vault::new(store, keyring);
    let text = vault.reveal(org, &owner(source), NAME).await?;
    Ok(text.and_then(|text| serde_json::from_slice(&text).ok()))
}

/// Whether how to get at a source opens with the keys at hand.
pub(crate) async fn opens<S: Secrets>(
    store: &S,
    keyring: &Keyring,
    org: &Org,
    source: &str,
) -> Result<bool, ServerError> {
    Ok(reveal(store, keyring, org, source).await?.is_some())
}

/// Erases how to get at a source, for good.
pub(super) async fn erase<S: Secrets>(
    store: &S,
    org: &Org,
    source: &str,
) -> Result<(), ServerError> {
    store.erase_owner(org, &owner(source)).await?;
    Ok(())
}

/// The channels of a source that are open, as far as is known here.
pub(super) async fn channels<S: Secrets>(
    store: &S,
    keyring: &Keyring,
    org: &Org,
    source: &str,
) -> Result<Vec<Channel>, ServerError> {
    let vault = Vault::new(store, keyring);
    let text = vault.reveal(org, &owner(source), CHANNELS).await?;
    let channels = text.and_then(|text| serde_json::from_slice(&text).ok());
    Ok(channels.unwrap_or_default())
}

/// Keeps which are open.
pub(super) async fn keep_channels<S: Secrets>(
    store: &S,
    keyring: &Keyring,
    org: &Org,
    source: &str,
    channels: &[Channel],
) -> Result<(), ServerError> {
    let text = serde_json::to_vec(channels).unwrap_or_default();
    let vault = Vault::new(store, keyring);
    vault.keep(org, &owner(source), CHANNELS, &text).await?;
    Ok(())
}
