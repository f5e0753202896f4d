//! Where sealed secrets lie. What is sealed, and how, is [`crate::seal`]'s.

use crate::error::StoreError;
use crate::key::Org;
use crate::store::{Store, on_engine};
use std::future::Future;

/// Sealed bytes of an organisation. Every owner (a person, a calendar account) has a data key, wrapped; under it lie the
/// owner's secrets. Without the data key they cannot be opened, so deleting it is erasing them, in every backup that is
/// made from then on.
///
/// Every call fails with [`StoreError::Database`] when the database does, and with [`StoreError::BadName`] for names
/// that cannot be kept.
pub trait Secrets: Sync {
    /// Keeps an owner's wrapped data key unless there is one; gives the one that counts, of several callers the same.
    ///
    /// # Errors
    /// [`StoreError::Missing`] without the organisation.
    fn keep_data_key(
        &self,
        org: &Org,
        owner: &str,
        wrapped: &[u8],
    ) -> impl Future<Output = Result<Vec<u8>, StoreError>> + Send;

    /// An owner's wrapped data key.
    ///
    /// # Errors
    /// See the trait.
    fn data_key(
        &self,
        org: &Org,
        owner: &str,
    ) -> impl Future<Output = Result<Option<Vec<u8>>, StoreError>> + Send;

    /// Wrapped data keys after an owner, by owner.
    ///
    /// # Errors
    /// See the trait.
    fn data_keys(
        &self,
        org: &Org,
        after: Option<&str>,
        limit: u32,
    ) -> impl Future<Output = Result<Vec<(String, Vec<u8>)>, StoreError>> + Send;

    /// Puts `new` in the place of `old`; `false` when it is not `old` any more.
    ///
    /// # Errors
    /// See the trait.
    fn rewrap_data_key(
        &self,
        org: &Org,
        owner: &str,
        old: &[u8],
        new: &[u8],
    ) -> impl Future<Output = Result<bool, StoreError>> + Send;

    /// Deletes an owner's data key and all its secrets; gives whether there was one.
    ///
    /// # Errors
    /// See the trait.
    fn erase_owner(
        &self,
        org: &Org,
        owner: &str,
    ) -> impl Future<Output = Result<bool, StoreError>> + Send;

    /// Keeps a sealed secret, in the place of one of the same name.
    ///
    /// # Errors
    /// [`StoreError::Missing`] when the owner has no data key.
    fn keep_secret(
        &self,
        org: &Org,
        owner: &str,
        name: &str,
        sealed: &[u8],
    ) -> impl Future<Output = Result<(), StoreError>> + Send;

    /// A sealed secret.
    ///
    /// # Errors
    /// See the trait.
    fn secret(
        &self,
        org: &Org,
        owner: &str,
        name: &str,
    ) -> impl Future<Output = Result<Option<Vec<u8>>, StoreError>> + Send;

    /// Deletes a secret; gives whether it was there.
    ///
    /// # Errors
    /// See the trait.
    fn forget_secret(
        &self,
        org: &Org,
        owner: &str,
        name: &str,
    ) -> impl Future<Output = Result<bool, StoreError>> + Send;
}

impl Secrets for Store {
    async fn keep_data_key(
        &self,
        org: &Org,
        owner: &str,
        wrapped: &[u8],
    ) -> Result<Vec<u8>, StoreError> {
        on_engine!(self, repo => repo.keep_data_key(org, owner, wrapped).await)
    }

    async fn data_key(&self, org: &Org, owner: &str) -> Result<Option<Vec<u8>>, StoreError> {
        on_engine!(self, repo => repo.data_key(org, owner).await)
    }

    async fn data_keys(
        &self,
        org: &Org,
        after: Option<&str>,
        limit: u32,
    ) -> Result<Vec<(String, Vec<u8>)>, StoreError> {
        on_engine!(self, repo => repo.data_keys(org, after, limit).await)
    }

    async fn rewrap_data_key(
        &self,
        org: &Org,
        owner: &str,
        old: &[u8],
        new: &[u8],
    ) -> Result<bool, StoreError> {
        on_engine!(self, repo => repo.rewrap_data_key(org, owner, old, new).await)
    }

    async fn erase_owner(&self, org: &Org, owner: &str) -> Result<bool, StoreError> {
        on_engine!(self, repo => repo.erase_owner(org, owner).await)
    }

    async fn keep_secret(
        &self,
        org: &Org,
        owner: &str,
        name: &str,
        sealed: &[u8],
    ) -> Result<(), StoreError> {
        on_engine!(self, repo => repo.keep_secret(org, owner, name, sealed).await)
    }

    async fn secret(
        &self,
        org: &Org,
        owner: &str,
        name: &str,
    ) -> Result<Option<Vec<u8>>, StoreError> {
        on_engine!(self, repo => repo.secret(org, owner, name).await)
    }

    async fn forget_secret(&self, org: &Org, owner: &str, name: &str) -> Result<bool, StoreError> {
        on_engine!(self, repo => repo.forget_secret(org, owner, name).await)
    }
}
