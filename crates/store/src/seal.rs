//! Sealing secrets, so that the database alone opens none.
//!
//! - A *master key* (32 bytes, with an id) is outside the database: a file, an environment variable, a key service.
//! - Each owner has a random *data key*. It is wrapped by a key that HKDF-SHA256 makes of the master key for that owner
//!   alone, and lies wrapped in the database.
//! - A *secret* is sealed under its owner's data key by XChaCha20-Poly1305, bound to its organisation, owner and
//!   name: bytes that are moved to another place do not open.
//!
//! To rotate: give the [`Keyring`] a new current key and keep the old one, call [`Vault::rotate`] for every
//! organisation, then drop the old key. Only data keys are wrapped anew. Deleting an owner's data key
//! ([`Secrets::erase_owner`]) erases its secrets.
//!
//! Forms, both versioned by their first byte:
//! `wrapped = 1 | length of id | id | nonce (24) | sealed data key (32 + 16)`, `sealed = 1 | nonce (24) | sealed (n + 16)`.

use crate::error::StoreError;
use crate::key::Org;
use crate::secrets::Secrets;
use chacha20poly1305::aead::{Aead, KeyInit, Payload};
use chacha20poly1305::{XChaCha20Poly1305, XNonce};
use hkdf::Hkdf;
use sha2::Sha256;
use std::collections::BTreeMap;
use std::{error, fmt};
use zeroize::Zeroizing;

const FORM: u8 = 1;
/// Bytes of a key.
pub const KEY: usize = 32;
const NONCE: usize = 24;
/// An id is written beside every wrapped key.
const LONGEST_ID: usize = 64;

type Key = Zeroizing<[u8; KEY]>;

/// Why something was not sealed or opened. Never says what.
#[derive(Debug)]
#[non_exhaustive]
pub enum SealError {
    /// An id that is empty, longer than 64 bytes, or there already.
    BadId,
    /// The key that wrapped it is not in the keyring: add the key with this id, or restore the right backup.
    UnknownKey(String),
    /// The bytes are not what was sealed here, or not under this key.
    NotOurs,
    /// The system gave no randomness.
    NoRandomness,
    /// The store failed.
    Store(StoreError),
}

impl fmt::Display for SealError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::BadId => f.write_str("a key's id needs 1 to 64 bytes of its own; name it otherwise"),
            Self::UnknownKey(id) => write!(f, "the master key {id} is needed and not there; add it"),
            Self::NotOurs => f.write_str(
                "this was not sealed here or under another key; use the keys that belong to this database",
            ),
            Self::NoRandomness => f.write_str("the system gives no randomness; see its log"),
            Self::Store(_) => f.write_str("the sealed bytes could not be read or kept"),
        }
    }
}

impl error::Error for SealError {
    fn source(&self) -> Option<&(dyn error::Error + 'static)> {
        match self {
            Self::Store(source) => Some(source),
            _ => None,
        }
    }
}

impl From<StoreError> for SealError {
    fn from(source: StoreError) -> Self {
        Self::Store(source)
    }
}

/// Master keys by id: the current one, and older ones that may still be needed.
pub struct Keyring {
    keys: BTreeMap<String, Key>,
    current: String,
}

impl Keyring {
    /// With the key that seals from now on.
    ///
    /// # Errors
    /// [`SealError::BadId`].
    pub fn new(id: &str, key: [u8; KEY]) -> Result<Self, SealError> {
        let ring = Self {
            keys: BTreeMap::new(),
            current: id.to_owned(),
        };
        ring.with_old(id, key)
    }

    /// With one more key that opens what it sealed.
    ///
    /// # Errors
    /// [`SealError::BadId`].
    pub fn with_old(mut self, id: &str, key: [u8; KEY]) -> Result<Self, SealError> {
        let key = Zeroizing::new(key);
        if id.is_empty() || id.len() > LONGEST_ID || self.keys.contains_key(id) {
            return Err(SealError::BadId);
        }
        self.keys.insert(id.to_owned(), key);
        Ok(self)
    }

    /// A key for `purpose` and nothing else, made of each master key, the current one first: to mark something that this
    /// server is to know again. What was marked by a key that is gone is not known any more.
    ///
    /// # Errors
    /// [`SealError::NotOurs`]; the lengths are fixed, so in practice none.
    pub fn marking(&self, purpose: &str) -> Result<Vec<Zeroizing<[u8; KEY]>>, SealError> {
        let mut ids: Vec<&String> = self.keys.keys().collect();
        ids.sort_by_key(|id| **id != self.current);
        let keys = ids.into_iter().filter_map(|id| self.keys.get(id));
        keys.map(|master| {
            let mut key = Zeroizing::new([0; KEY]);
            Hkdf::<Sha256>::new(None, &**master)
                .expand(
                    &parts(&["steadfast marking key 1", purpose]),
                    key.as_mut_slice(),
                )
                .map_err(|_| SealError::NotOurs)?;
            Ok(key)
        })
        .collect()
    }

    /// Makes a data key for an owner; wrapped.
    fn new_data_key(&self, org: &Org, owner: &str) -> Result<Vec<u8>, SealError> {
        let mut key = Zeroizing::new([0; KEY]);
        fill(key.as_mut_slice())?;
        self.wrap(org, owner, &DataKey(key), random_nonce()?)
    }

    fn wrap(
        &self,
        org: &Org,
        owner: &str,
        key: &DataKey,
        nonce: [u8; NONCE],
    ) -> Result<Vec<u8>, SealError> {
        let id = &self.current;
        let mut wrapped = vec![FORM, id.len() as u8];
        wrapped.extend_from_slice(id.as_bytes());
        let aad = parts(&["data key", id, org.as_str(), owner]);
        seal(
            &*self.wrapping_key(id, org, owner)?,
            nonce,
            &aad,
            key.0.as_slice(),
            &mut wrapped,
        )?;
        Ok(wrapped)
    }

    fn unwrap(&self, org: &Org, owner: &str, wrapped: &[u8]) -> Result<DataKey, SealError> {
        let (id, sealed) = id_of(wrapped)?;
        let aad = parts(&["data key", id, org.as_str(), owner]);
        let opened = open(&*self.wrapping_key(id, org, owner)?, &aad, sealed)?;
        let mut key = Zeroizing::new([0; KEY]);
        if opened.len() != KEY {
            return Err(SealError::NotOurs);
        }
        key.copy_from_slice(&opened);
        Ok(DataKey(key))
    }

    /// The owner's own key, made of a master key.
    fn wrapping_key(&self, id: &str, org: &Org, owner: &str) -> Result<Key, SealError> {
        let master = self
            .keys
            .get(id)
            .ok_or_else(|| SealError::UnknownKey(id.to_owned()))?;
        let mut key = Zeroizing::new([0; KEY]);
        Hkdf::<Sha256>::new(None, &**master)
            .expand(
                &parts(&["steadfast wrapping key 1", org.as_str(), owner]),
                key.as_mut_slice(),
            )
            .map_err(|_| SealError::NotOurs)?;
        Ok(key)
    }
}

impl fmt::Debug for Keyring {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let ids: Vec<&String> = self.keys.keys().collect();
        write!(f, "Keyring({ids:?}, current {:?})", self.current)
    }
}

/// An owner's key, unwrapped.
struct DataKey(Key);

/// Secrets in clear, kept sealed in a store.
#[derive(Debug)]
pub struct Vault<'a, S> {
    store: &'a S,
    keyring: &'a Keyring,
}

impl<'a, S: Secrets> Vault<'a, S> {
    /// Keeps secrets in `store`, sealed by `keyring`.
    pub fn new(store: &'a S, keyring: &'a Keyring) -> Self {
        Self { store, keyring }
    }

    /// Seals and keeps a secret, in the place of one of the same name.
    ///
    /// # Errors
    /// [`SealError`]; nothing is kept then.
    pub async fn keep(
        &self,
        org: &Org,
        owner: &str,
        name: &str,
        secret: &[u8],
    ) -> Result<(), SealError> {
        let wrapped = match self.store.data_key(org, owner).await? {
            Some(wrapped) => wrapped,
            None => {
                let new = self.keyring.new_data_key(org, owner)?;
                self.store.keep_data_key(org, owner, &new).await?
            }
        };
        let key = self.keyring.unwrap(org, owner, &wrapped)?;
        let mut sealed = vec![FORM];
        let aad = parts(&["secret", org.as_str(), owner, name]);
        seal(&key.0, random_nonce()?, &aad, secret, &mut sealed)?;
        self.store.keep_secret(org, owner, name, &sealed).await?;
        Ok(())
    }

    /// Opens a secret; `None` when it was never kept, or its owner was erased.
    ///
    /// # Errors
    /// [`SealError`].
    pub async fn reveal(
        &self,
        org: &Org,
        owner: &str,
        name: &str,
    ) -> Result<Option<Zeroizing<Vec<u8>>>, SealError> {
        let Some(sealed) = self.store.secret(org, owner, name).await? else {
            return Ok(None);
        };
        let Some(wrapped) = self.store.data_key(org, owner).await? else {
            return Ok(None);
        };
        let key = self.keyring.unwrap(org, owner, &wrapped)?;
        let aad = parts(&["secret", org.as_str(), owner, name]);
        let sealed = sealed.strip_prefix(&[FORM]).ok_or(SealError::NotOurs)?;
        open(&key.0, &aad, sealed).map(Some)
    }

    /// Wraps all data keys of an organisation under the current master key; gives how many were under another. May be
    /// broken off and repeated.
    ///
    /// # Errors
    /// [`SealError`]; what was wrapped before stays so.
    pub async fn rotate(&self, org: &Org) -> Result<u64, SealError> {
        /// Data keys per look; each is about 130 bytes.
        const PAGE: u32 = 500;
        let mut rotated = 0;
        let mut after: Option<String> = None;
        loop {
            let page = self.store.data_keys(org, after.as_deref(), PAGE).await?;
            for (owner, wrapped) in &page {
                if id_of(wrapped)?.0 == self.keyring.current {
                    continue;
                }
                let key = self.keyring.unwrap(org, owner, wrapped)?;
                let new = self.keyring.wrap(org, owner, &key, random_nonce()?)?;
                // Otherwise another node wrapped it anew, or it was erased.
                if self
                    .store
                    .rewrap_data_key(org, owner, wrapped, &new)
                    .await?
                {
                    rotated += 1;
                }
            }
            match page.into_iter().next_back() {
                Some((last, _)) => after = Some(last),
                None => return Ok(rotated),
            }
        }
    }
}

/// The id of the master key that wrapped it, and what it wrapped.
fn id_of(wrapped: &[u8]) -> Result<(&str, &[u8]), SealError> {
    let split = || {
        let (&length, rest) = wrapped.strip_prefix(&[FORM])?.split_first()?;
        let (id, sealed) = rest.split_at_checked(usize::from(length))?;
        Some((std::str::from_utf8(id).ok()?, sealed))
    };
    split().ok_or(SealError::NotOurs)
}

/// Each part after its length, so that no two lists of parts give the same bytes.
fn parts(parts: &[&str]) -> Vec<u8> {
    let mut bytes = Vec::new();
    for part in parts {
        bytes.extend_from_slice(&(part.len() as u64).to_le_bytes());
        bytes.extend_from_slice(part.as_bytes());
    }
    bytes
}

fn seal(
    key: &[u8; KEY],
    nonce: [u8; NONCE],
    aad: &[u8],
    clear: &[u8],
    onto: &mut Vec<u8>,
) -> Result<(), SealError> {
    let payload = Payload { msg: clear, aad };
    let sealed = XChaCha20Poly1305::new(key.into())
        .encrypt(&XNonce::from(nonce), payload)
        .map_err(|_| SealError::NotOurs)?;
    onto.extend_from_slice(&nonce);
    onto.extend_from_slice(&sealed);
    Ok(())
}

fn open(key: &[u8; KEY], aad: &[u8], sealed: &[u8]) -> Result<Zeroizing<Vec<u8>>, SealError> {
    let (nonce, sealed) = sealed
        .split_first_chunk::<NONCE>()
        .ok_or(SealError::NotOurs)?;
    let payload = Payload { msg: sealed, aad };
    XChaCha20Poly1305::new(key.into())
        .decrypt(&XNonce::from(*nonce), payload)
        .map(Zeroizing::new)
        .map_err(|_| SealError::NotOurs)
}

fn random_nonce() -> Result<[u8; NONCE], SealError> {
    let mut nonce = [0; NONCE];
    fill(&mut nonce)?;
    Ok(nonce)
}

fn fill(bytes: &mut [u8]) -> Result<(), SealError> {
    getrandom::fill(bytes).map_err(|_| SealError::NoRandomness)
}

#[cfg(test)]
mod tests;
