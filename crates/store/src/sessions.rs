//! Who is signed in.

use crate::error::StoreError;
use crate::key::{Micros, Org};
use crate::store::{Store, on_engine};
use crate::token::TokenHash;
use std::future::Future;

/// A session that counts.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Session {
    /// Whose it is.
    pub account: String,
    /// Since when.
    pub created: Micros,
    /// Until when, exclusively.
    pub expires: Micros,
}

/// Sessions of signed-in people, found by their token.
///
/// Every call fails with [`StoreError::Database`] when the database does.
pub trait Sessions: Sync {
    /// Begins a session.
    ///
    /// # Errors
    /// [`StoreError::Missing`] without the account; [`StoreError::Exists`] when the token was used before.
    fn open_session(
        &self,
        org: &Org,
        token: &TokenHash,
        session: &Session,
    ) -> impl Future<Output = Result<(), StoreError>> + Send;

    /// The session of that token, unless it has expired or its account is closed at `now`.
    ///
    /// # Errors
    /// See the trait.
    fn session(
        &self,
        org: &Org,
        token: &TokenHash,
        now: Micros,
    ) -> impl Future<Output = Result<Option<Session>, StoreError>> + Send;

    /// Lets a session last until `expires`; gives whether it was there and had not expired.
    ///
    /// # Errors
    /// See the trait.
    fn extend_session(
        &self,
        org: &Org,
        token: &TokenHash,
        now: Micros,
        expires: Micros,
    ) -> impl Future<Output = Result<bool, StoreError>> + Send;

    /// Ends a session; gives whether it was there.
    ///
    /// # Errors
    /// See the trait.
    fn close_session(
        &self,
        org: &Org,
        token: &TokenHash,
    ) -> impl Future<Output = Result<bool, StoreError>> + Send;

    /// Ends all sessions of an account; gives how many there were.
    ///
    /// # Errors
    /// See the trait.
    fn close_sessions(
        &self,
        org: &Org,
        account: &str,
    ) -> impl Future<Output = Result<u64, StoreError>> + Send;

    /// Deletes what has expired, of all organisations: sessions, and links of [`crate::Links`].
    ///
    /// # Errors
    /// See the trait.
    fn sweep(&self, now: Micros) -> impl Future<Output = Result<u64, StoreError>> + Send;
}

impl Sessions for Store {
    async fn open_session(
        &self,
        org: &Org,
        token: &TokenHash,
        session: &Session,
    ) -> Result<(), StoreError> {
        on_engine!(self, repo => repo.open_session(org, token, session).await)
    }

    async fn session(
        &self,
        org: &Org,
        token: &TokenHash,
        now: Micros,
    ) -> Result<Option<Session>, StoreError> {
        on_engine!(self, repo => repo.session(org, token, now).await)
    }

    async fn extend_session(
        &self,
        org: &Org,
        token: &TokenHash,
        now: Micros,
        expires: Micros,
    ) -> Result<bool, StoreError> {
        on_engine!(self, repo => repo.extend_session(org, token, now, expires).await)
    }

    async fn close_session(&self, org: &Org, token: &TokenHash) -> Result<bool, StoreError> {
        on_engine!(self, repo => repo.close_session(org, token).await)
    }

    async fn close_sessions(&self, org: &Org, account: &str) -> Result<u64, StoreError> {
        on_engine!(self, repo => repo.close_sessions(org, account).await)
    }

    async fn sweep(&self, now: Micros) -> Result<u64, StoreError> {
        on_engine!(self, repo => repo.sweep(now).await)
    }
}
