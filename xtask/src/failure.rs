//! The one error of the chores: what is wrong, and what to do about it.

use std::fmt;

/// Result of a chore.
pub(crate) type Done<T = ()> = Result<T, Failure>;

/// A chore that could not be finished.
#[derive(Debug)]
pub(crate) struct Failure {
    what: String,
    hint: String,
}

impl Failure {
    /// `what` is wrong; `hint` says what to do next.
    pub(crate) fn new(what: impl Into<String>, hint: impl Into<String>) -> Self {
        Self {
            what: what.into(),
            hint: hint.into(),
        }
    }

    /// The same, said to have happened while doing `deed`.
    pub(crate) fn while_doing(self, deed: &str) -> Self {
        Self {
            what: format!("{deed}: {}", self.what),
            hint: self.hint,
        }
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "error: {}", self.what)?;
        write!(f, "   do: {}", self.hint)
    }
}

/// Turns an input/output error into a [`Failure`] that names the file.
pub(crate) fn at(path: &std::path::Path) -> impl FnOnce(std::io::Error) -> Failure + '_ {
    move |error| {
        Failure::new(
            format!("{}: {error}", path.display()),
            "see that the file is there and may be read and written, then run the chore again",
        )
    }
}
