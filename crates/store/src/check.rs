//! For the doctor: whether what is kept fits together.

use crate::error::StoreError;
use crate::store::{Store, on_engine};

/// Something that must not be.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Trouble {
    /// What is wrong, as a sentence without its place.
    pub what: &'static str,
    /// Where: organisation and name, or the engine's own words.
    pub place: String,
}

impl Store {
    /// Looks whether the database is whole and its tables fit together; reads all of it. Nothing found is health.
    /// Where something is found, restore the last backup beside it and compare.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub async fn check(&self) -> Result<Vec<Trouble>, StoreError> {
        on_engine!(self, repo => repo.check().await)
    }
}
