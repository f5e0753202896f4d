//! What an edit is decided on, and whether others heard of it: the same whoever writes and whoever decides.

use super::Edit;
use serde::{Deserialize, Serialize};

/// What an edit is decided on: on anything else it is not carried out. Kept as it is here.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Basis {
    /// The object at this version (an ETag), as an earlier outcome gave it.
    Version(String),
    /// An object that [`crate::says`] this; what is kept of it says the same.
    Says(String),
    /// An object in which this edit stands: what taking it back is decided on.
    After(Box<Edit>),
    /// No object at the place.
    Nothing,
}

/// Whether the others in a meeting were told of an edit, as far as the provider says.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Told {
    /// There is nobody else to tell.
    Nobody,
    /// The provider told all of these addresses.
    All(Vec<String>),
    /// The provider tells nobody: these have to hear of it in another way.
    NotByServer(Vec<String>),
}
