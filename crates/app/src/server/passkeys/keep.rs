//! A person's passkeys: adding one, looking at them, taking one away.

use super::client::{Asked, challenge};
use super::key::PublicKey;
use super::{Site, authenticator, bytes, challenge as challenges, refused, text};
use crate::server::ServerError;
use crate::server::accounts::SignedIn;
use crate::server::sync::instant;
use ring::digest::{SHA256, digest};
use serde::{Deserialize, Serialize};
use steadfast_calendar::Instant;
use steadfast_store::{Links, Micros, Org, Passkey, Passkeys, StoreError};

/// Passkeys of one account; more are a mistake.
const MOST: usize = 20;

/// A passkey, as its owner sees it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct KnownPasskey {
    /// Its name in addresses.
    pub key: String,
    /// The credential's id, as scripts are sent it: a device is asked for no second key.
    pub credential: String,
    /// When it was added.
    pub since: Instant,
    /// When somebody last signed in with it.
    pub used: Option<Instant>,
}

/// What a browser sends of a new passkey; bytes as text.
#[derive(Clone, Debug)]
pub struct Attested {
    /// What it says it asked for.
    pub client: String,
    /// What the device says.
    pub authenticator: String,
}

/// Everything about a passkey but its id, as it is kept.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub(super) struct Body {
    pub key: PublicKey,
    /// How often the device says that it was used.
    pub counter: u32,
    /// Second of the last time.
    pub used: Option<i64>,
    /// The page it was added on; unknown of those that were added before this was kept.
    #[serde(default)]
    pub origin: Option<String>,
}

impl Body {
    pub(super) fn read(passkey: &Passkey) -> Result<Self, ServerError> {
        serde_json::from_slice(&passkey.body)
            .map_err(|_| ServerError::Unreadable("a passkey".to_owned()))
    }

    pub(super) fn kept(&self) -> Vec<u8> {
        // Every key is a string: it can always be written.
        serde_json::to_vec(self).unwrap_or_default()
    }
}

/// The passkeys of an account, oldest first.
///
/// # Errors
/// [`ServerError::Store`], [`ServerError::Unreadable`].
pub async fn passkeys<S: Passkeys>(
    store: &S,
    org: &Org,
    account: &str,
) -> Result<Vec<KnownPasskey>, ServerError> {
    let found = store.passkeys(org, account).await?;
    found
        .iter()
        .map(|passkey| {
            Ok(KnownPasskey {
                key: key_of(&passkey.credential),
                credential: text(&passkey.credential),
                since: instant(passkey.created),
                used: Body::read(passkey)?.used.map(Instant::from_seconds),
            })
        })
        .collect()
}

/// The name of a passkey in addresses.
fn key_of(credential: &[u8]) -> String {
    text(
        digest(&SHA256, credential)
            .as_ref()
            .get(..12)
            .unwrap_or_default(),
    )
}

/// Adds a passkey to the account of whoever is signed in.
///
/// # Errors
/// [`ServerError::Input`] for one that is not taken; [`ServerError::Store`].
pub async fn register<S: Links + Passkeys>(
    store: &S,
    me: &SignedIn,
    now: Micros,
    site: &Site,
    attested: &Attested,
) -> Result<(), ServerError> {
    let org = me.viewer().org();
    let token = challenge(&bytes(&attested.client)?, site, Asked::New)?;
    challenges::met(store, org, now, &token).await?;
    let data = bytes(&attested.authenticator)?;
    let said = authenticator::read(&data, site)?;
    let Some((credential, key)) = said.new else {
        return Err(refused("no key came with it"));
    };
    if store.passkeys(org, me.account()).await?.len() >= MOST {
        return Err(ServerError::Input(
            format!("{MOST} passkeys are there already"),
            "take one away that you do not use".to_owned(),
        ));
    }
    let body = Body {
        key,
        counter: said.counter,
        used: None,
        origin: Some(site.origin.to_lowercase()),
    };
    let passkey = Passkey {
        credential: credential.to_vec(),
        account: me.account().to_owned(),
        body: body.kept(),
        created: now,
    };
    match store.add_passkey(org, &passkey).await {
        Err(StoreError::Exists(_)) => Err(refused("it is known already")),
        other => Ok(other?),
    }
}

/// Takes a passkey away from the account of whoever is signed in.
///
/// # Errors
/// [`ServerError::NotFound`] when it is not theirs; [`ServerError::Store`].
pub async fn remove<S: Passkeys>(store: &S, me: &SignedIn, key: &str) -> Result<(), ServerError> {
    let org = me.viewer().org();
    let mut mine = store.passkeys(org, me.account()).await?.into_iter();
    let one = mine.find(|one| key_of(&one.credential) == key);
    let one = one.ok_or(ServerError::NotFound)?;
    store
        .remove_passkey(org, me.account(), &one.credential)
        .await?;
    Ok(())
}
