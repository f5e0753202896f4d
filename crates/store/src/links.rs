//! Links that may be used once: set-up, invitation, a forgotten password.

use crate::accounts::{AccountChange, NewAccount};
use crate::error::StoreError;
use crate::key::{Micros, Org};
use crate::store::{Store, on_engine};
use crate::token::TokenHash;
use std::future::Future;

/// A link to be sent.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct NewLink {
    /// What it is for; it is good for nothing else.
    pub purpose: String,
    /// What whoever uses it gets; the form is the caller's.
    pub payload: Vec<u8>,
    /// When it is made.
    pub created: Micros,
    /// Until when it may be used, exclusively.
    pub expires: Micros,
}

/// What using a link does, in the same stroke.
#[derive(Clone, Copy, Debug)]
pub enum Effect<'a> {
    /// Nothing in the store.
    Nothing,
    /// Makes an account.
    Create(&'a NewAccount),
    /// Changes the account with that key.
    Change(&'a str, &'a AccountChange),
}

/// One-time links.
///
/// Every call fails with [`StoreError::Database`] when the database does.
pub trait Links: Sync {
    /// Keeps a link under the hash of its token.
    ///
    /// # Errors
    /// [`StoreError::Missing`] without the organisation; [`StoreError::Exists`] when the token was used before.
    fn create_link(
        &self,
        org: &Org,
        token: &TokenHash,
        link: &NewLink,
    ) -> impl Future<Output = Result<(), StoreError>> + Send;

    /// The link's payload, as long as it could be used: to show what it is about before it is.
    ///
    /// # Errors
    /// [`StoreError::LinkSpent`].
    fn peek(
        &self,
        org: &Org,
        token: &TokenHash,
        purpose: &str,
        now: Micros,
    ) -> impl Future<Output = Result<Vec<u8>, StoreError>> + Send;

    /// Uses the link: of several at once exactly one succeeds, and when the effect fails the link stays good.
    ///
    /// # Errors
    /// [`StoreError::LinkSpent`], or what the effect fails with.
    fn redeem(
        &self,
        org: &Org,
        token: &TokenHash,
        purpose: &str,
        now: Micros,
        effect: Effect<'_>,
    ) -> impl Future<Output = Result<Vec<u8>, StoreError>> + Send;

    /// Takes a link back; gives whether it was there.
    ///
    /// # Errors
    /// See the trait.
    fn revoke(
        &self,
        org: &Org,
        token: &TokenHash,
    ) -> impl Future<Output = Result<bool, StoreError>> + Send;
}

impl Links for Store {
    async fn create_link(
        &self,
        org: &Org,
        token: &TokenHash,
        link: &NewLink,
    ) -> Result<(), StoreError> {
        on_engine!(self, repo => repo.create_link(org, token, link).await)
    }

    async fn peek(
        &self,
        org: &Org,
        token: &TokenHash,
        purpose: &str,
        now: Micros,
    ) -> Result<Vec<u8>, StoreError> {
        on_engine!(self, repo => repo.peek(org, token, purpose, now).await)
    }

    async fn redeem(
        &self,
        org: &Org,
        token: &TokenHash,
        purpose: &str,
        now: Micros,
        effect: Effect<'_>,
    ) -> Result<Vec<u8>, StoreError> {
        on_engine!(self, repo => repo.redeem(org, token, purpose, now, effect).await)
    }

    async fn revoke(&self, org: &Org, token: &TokenHash) -> Result<bool, StoreError> {
        on_engine!(self, repo => repo.revoke(org, token).await)
    }
}
