//! What lets a program in for somebody.

use crate::error::StoreError;
use crate::key::{Day, Micros, Org};
use crate::store::{Store, on_engine};
use crate::token::TokenHash;
use std::future::Future;

/// A token that a person made for a program of theirs, without the token itself.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ApiToken {
    /// Its name in addresses, unique for the account.
    pub id: String,
    /// Whose it is.
    pub account: String,
    /// What they call it.
    pub name: String,
    /// What it may do; the form is the caller's.
    pub scope: String,
    /// Since when.
    pub created: Micros,
    /// Until when, exclusively.
    pub expires: Micros,
    /// The last day on which it was used; none before the first.
    pub used: Option<Day>,
}

/// Tokens for programs, found by what they are; only their hash is kept.
///
/// Every call fails with [`StoreError::Database`] when the database does, and with [`StoreError::BadName`] for names
/// that cannot be kept.
pub trait ApiTokens: Sync {
    /// Keeps a token.
    ///
    /// # Errors
    /// [`StoreError::Missing`] without the account; [`StoreError::Exists`] when the token or its id is taken.
    fn keep_api_token(
        &self,
        org: &Org,
        hash: &TokenHash,
        token: &ApiToken,
    ) -> impl Future<Output = Result<(), StoreError>> + Send;

    /// The token with that hash, unless it has expired or its account is closed at `now`.
    ///
    /// # Errors
    /// See the trait.
    fn api_token(
        &self,
        org: &Org,
        hash: &TokenHash,
        now: Micros,
    ) -> impl Future<Output = Result<Option<ApiToken>, StoreError>> + Send;

    /// All tokens of an account, expired ones too, newest first.
    ///
    /// # Errors
    /// See the trait.
    fn api_tokens(
        &self,
        org: &Org,
        account: &str,
    ) -> impl Future<Output = Result<Vec<ApiToken>, StoreError>> + Send;

    /// Notes that a token was used on that day.
    ///
    /// # Errors
    /// See the trait.
    fn api_token_used(
        &self,
        org: &Org,
        hash: &TokenHash,
        day: Day,
    ) -> impl Future<Output = Result<(), StoreError>> + Send;

    /// Takes a token of that account back for good; gives whether it was there.
    ///
    /// # Errors
    /// See the trait.
    fn revoke_api_token(
        &self,
        org: &Org,
        account: &str,
        id: &str,
    ) -> impl Future<Output = Result<bool, StoreError>> + Send;
}

impl ApiTokens for Store {
    async fn keep_api_token(
        &self,
        org: &Org,
        hash: &TokenHash,
        token: &ApiToken,
    ) -> Result<(), StoreError> {
        on_engine!(self, repo => repo.keep_api_token(org, hash, token).await)
    }

    async fn api_token(
        &self,
        org: &Org,
        hash: &TokenHash,
        now: Micros,
    ) -> Result<Option<ApiToken>, StoreError> {
        on_engine!(self, repo => repo.api_token(org, hash, now).await)
    }

    async fn api_tokens(&self, org: &Org, account: &str) -> Result<Vec<ApiToken>, StoreError> {
        on_engine!(self, repo => repo.api_tokens(org, account).await)
    }

    async fn api_token_used(
        &self,
        org: &Org,
        hash: &TokenHash,
        day: Day,
    ) -> Result<(), StoreError> {
        on_engine!(self, repo => repo.api_token_used(org, hash, day).await)
    }

    async fn revoke_api_token(
        &self,
        org: &Org,
        account: &str,
        id: &str,
    ) -> Result<bool, StoreError> {
        on_engine!(self, repo => repo.revoke_api_token(org, account, id).await)
    }
}
