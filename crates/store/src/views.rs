//! Read models: documents that a projection makes from the facts and can make again.

use crate::error::StoreError;
use crate::key::{Org, Position};
use crate::store::{Store, on_engine};
use std::future::Future;

/// A document of a view.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Document {
    /// Its key.
    pub key: String,
    /// What it says; the form is the caller's.
    pub body: Vec<u8>,
}

/// What becomes of a document.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Change {
    /// The view: 1 to 500 bytes without control characters.
    pub view: String,
    /// The document's key: the same.
    pub key: String,
    /// What it says from now on; `None` when it is to be gone.
    pub body: Option<Vec<u8>>,
}

/// Read models of an organisation. Losing them loses nothing: they are wiped and projected anew.
///
/// A projection is a reader of [`crate::Facts`] with a name, a checkpoint (the position up to which it has read), and
/// views that it alone writes. Its changes and its checkpoint are kept in one stroke, so that after a crash it goes on
/// exactly where its documents stand.
///
/// Every call fails with [`StoreError::Database`] when the database does, and with [`StoreError::BadName`] for names
/// that cannot be kept.
pub trait Views: Sync {
    /// Up to where the projection has read; 0 when it is new.
    ///
    /// # Errors
    /// See the trait.
    fn checkpoint(
        &self,
        org: &Org,
        projection: &str,
    ) -> impl Future<Output = Result<Position, StoreError>> + Send;

    /// Keeps changes (the last one of a document counts) and moves the projection's checkpoint, all or nothing.
    ///
    /// # Errors
    /// [`StoreError::CheckpointMoved`] when the checkpoint is not `expected` any more: another node projects too.
    fn commit_view(
        &self,
        org: &Org,
        projection: &str,
        expected: Position,
        new: Position,
        changes: &[Change],
    ) -> impl Future<Output = Result<(), StoreError>> + Send;

    /// Keeps one document outside any checkpoint: for what whoever reads makes when it is not there, and can tell when it
    /// is out of date. The last one to keep it counts.
    ///
    /// # Errors
    /// See the trait.
    fn remember(
        &self,
        org: &Org,
        change: &Change,
    ) -> impl Future<Output = Result<(), StoreError>> + Send;

    /// One document's body.
    ///
    /// # Errors
    /// See the trait.
    fn document(
        &self,
        org: &Org,
        view: &str,
        key: &str,
    ) -> impl Future<Output = Result<Option<Vec<u8>>, StoreError>> + Send;

    /// Documents whose keys begin with `prefix` (the empty one for all) and come after `after`, in the order of their
    /// keys' bytes, at most `limit` of them.
    ///
    /// # Errors
    /// See the trait.
    fn scan(
        &self,
        org: &Org,
        view: &str,
        prefix: &str,
        after: Option<&str>,
        limit: u32,
    ) -> impl Future<Output = Result<Vec<Document>, StoreError>> + Send;

    /// Empties the projection's views and sets its checkpoint to 0, in one stroke. Gives how many documents went.
    ///
    /// # Errors
    /// See the trait.
    fn wipe(
        &self,
        org: &Org,
        projection: &str,
        views: &[&str],
    ) -> impl Future<Output = Result<u64, StoreError>> + Send;
}

impl Views for Store {
    async fn checkpoint(&self, org: &Org, projection: &str) -> Result<Position, StoreError> {
        on_engine!(self, repo => repo.checkpoint(org, projection).await)
    }

    async fn commit_view(
        &self,
        org: &Org,
        projection: &str,
        expected: Position,
        new: Position,
        changes: &[Change],
    ) -> Result<(), StoreError> {
        on_engine!(self, repo => repo.commit_view(org, projection, expected, new, changes).await)
    }

    async fn remember(&self, org: &Org, change: &Change) -> Result<(), StoreError> {
        on_engine!(self, repo => repo.remember(org, change).await)
    }

    async fn document(
        &self,
        org: &Org,
        view: &str,
        key: &str,
    ) -> Result<Option<Vec<u8>>, StoreError> {
        on_engine!(self, repo => repo.document(org, view, key).await)
    }

    async fn scan(
        &self,
        org: &Org,
        view: &str,
        prefix: &str,
        after: Option<&str>,
        limit: u32,
    ) -> Result<Vec<Document>, StoreError> {
        on_engine!(self, repo => repo.scan(org, view, prefix, after, limit).await)
    }

    async fn wipe(&self, org: &Org, projection: &str, views: &[&str]) -> Result<u64, StoreError> {
        on_engine!(self, repo => repo.wipe(org, projection, views).await)
    }
}
