//! What can go wrong for a signed-in person.

use std::fmt;
use steadfast_store::StoreError;
use steadfast_store::seal::SealError;

/// Why a use case was not done. `Display` says what is wrong, [`ServerError::hint`] what to do.
#[derive(Debug)]
pub enum ServerError {
    /// What was given cannot be used: what is wrong, what to do.
    Input(String, String),
    /// There is no such thing, or it is not this person's; the two are not told apart.
    NotFound,
    /// Somebody else changed the same at the same time; trying again helps.
    Busy,
    /// The store failed, or holds what cannot be read.
    Store(StoreError),
    /// A secret that cannot be sealed or opened with the keys at hand.
    Sealed(SealError),
    /// A fact that this program cannot read: its kind.
    Unreadable(String),
}

impl ServerError {
    /// What sort of thing went wrong, for a log: names nobody and nothing.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Input(..) => "input",
            Self::NotFound => "not found",
            Self::Busy => "busy",
            Self::Store(_) => "store",
            Self::Sealed(_) => "sealed",
            Self::Unreadable(_) => "unreadable",
        }
    }

    /// What to do about it.
    pub fn hint(&self) -> &str {
        match self {
            Self::Input(_, hint) => hint,
            Self::NotFound => "go back to your 1:1s and choose again",
            Self::Busy => "try again",
            Self::Store(_) => {
                "try again; if it stays, ask whoever runs this server to look at its log"
            }
            Self::Sealed(_) => "whoever runs this server has to give it the key file it began with",
            Self::Unreadable(_) => "this was written by a newer version: update the program",
        }
    }
}

impl fmt::Display for ServerError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Input(what, _) => f.write_str(what),
            Self::NotFound => f.write_str("there is no such 1:1 of yours"),
            Self::Busy => f.write_str("the same was being changed at the same time"),
            Self::Store(_) => f.write_str("the store did not answer"),
            Self::Sealed(_) => {
                f.write_str("how to get at the calendar could not be sealed or opened")
            }
            Self::Unreadable(kind) => write!(f, "a fact of the kind {kind} cannot be read"),
        }
    }
}

impl std::error::Error for ServerError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Store(error) => Some(error),
            Self::Sealed(error) => Some(error),
            _ => None,
        }
    }
}

impl From<SealError> for ServerError {
    fn from(error: SealError) -> Self {
        match error {
            SealError::Store(error) => error.into(),
            error => Self::Sealed(error),
        }
    }
}

impl From<StoreError> for ServerError {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::Conflict { .. } => Self::Busy,
            error => Self::Store(error),
        }
    }
}
