//! Passkeys, as bytes.

use crate::error::StoreError;
use crate::key::{Micros, Org};
use crate::store::{Store, on_engine};
use std::future::Future;

/// A passkey of an account.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Passkey {
    /// The credential's id, as the authenticator gives it; 1 to 1,023 bytes.
    pub credential: Vec<u8>,
    /// Whose it is.
    pub account: String,
    /// Everything else about it; the form is the caller's.
    pub body: Vec<u8>,
    /// When it was registered.
    pub created: Micros,
}

/// Passkeys. A credential belongs to one account for good.
///
/// Every call fails with [`StoreError::Database`] when the database does.
pub trait Passkeys: Sync {
    /// Keeps a new passkey.
    ///
    /// # Errors
    /// [`StoreError::Exists`] when the credential is known; [`StoreError::Missing`] without the account.
    fn add_passkey(
        &self,
        org: &Org,
        passkey: &Passkey,
    ) -> impl Future<Output = Result<(), StoreError>> + Send;

    /// Puts `new` in the place of `old` as a passkey's body, because its counter moved. Of two that saw the same `old`
    /// one succeeds: `false` means that the passkey is being used twice, or is gone.
    ///
    /// # Errors
    /// See the trait.
    fn update_passkey(
        &self,
        org: &Org,
        credential: &[u8],
        old: &[u8],
        new: &[u8],
    ) -> impl Future<Output = Result<bool, StoreError>> + Send;

    /// The passkey with that credential.
    ///
    /// # Errors
    /// See the trait.
    fn passkey(
        &self,
        org: &Org,
        credential: &[u8],
    ) -> impl Future<Output = Result<Option<Passkey>, StoreError>> + Send;

    /// All of an account, oldest first.
    ///
    /// # Errors
    /// See the trait.
    fn passkeys(
        &self,
        org: &Org,
        account: &str,
    ) -> impl Future<Output = Result<Vec<Passkey>, StoreError>> + Send;

    /// Deletes an account's passkey; gives whether it was there.
    ///
    /// # Errors
    /// See the trait.
    fn remove_passkey(
        &self,
        org: &Org,
        account: &str,
        credential: &[u8],
    ) -> impl Future<Output = Result<bool, StoreError>> + Send;
}

impl Passkeys for Store {
    async fn add_passkey(&self, org: &Org, passkey: &Passkey) -> Result<(), StoreError> {
        on_engine!(self, repo => repo.add_passkey(org, passkey).await)
    }

    async fn update_passkey(
        &self,
        org: &Org,
        credential: &[u8],
        old: &[u8],
        new: &[u8],
    ) -> Result<bool, StoreError> {
        on_engine!(self, repo => repo.update_passkey(org, credential, old, new).await)
    }

    async fn passkey(&self, org: &Org, credential: &[u8]) -> Result<Option<Passkey>, StoreError> {
        on_engine!(self, repo => repo.passkey(org, credential).await)
    }

    async fn passkeys(&self, org: &Org, account: &str) -> Result<Vec<Passkey>, StoreError> {
        on_engine!(self, repo => repo.passkeys(org, account).await)
    }

    async fn remove_passkey(
        &self,
        org: &Org,
        account: &str,
        credential: &[u8],
    ) -> Result<bool, StoreError> {
        on_engine!(self, repo => repo.remove_passkey(org, account, credential).await)
    }
}
