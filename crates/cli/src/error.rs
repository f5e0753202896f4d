//! One error type at the edge: what is wrong, what to do, and the exit code.

use std::{fmt, io, process::ExitCode};
use steadfast_connect::{SourceError, SourceErrorKind};

/// Exit codes: 0 done, 1 internal, 2 usage, 3 input, 4 a source out of reach, 5 not permitted.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Kind {
    /// Something of ours broke.
    Internal,
    /// The arguments do not fit together.
    Usage,
    /// Input unreadable or holding no calendar.
    Input,
    /// A source or server unreachable or refusing.
    Reach,
    /// Against a policy, or not permitted.
    Refused,
    /// A look at the server's health found something.
    Findings,
    /// The reader of our output is gone; nothing is wrong.
    BrokenPipe,
}

/// What a command ends with when it cannot do its job.
#[derive(Debug)]
pub(crate) struct CommandError {
    pub kind: Kind,
    pub what: String,
    pub hint: String,
}

impl CommandError {
    /// An error of `kind`: what is wrong and where, and what to do.
    pub(crate) fn new(kind: Kind, what: impl fmt::Display, hint: impl Into<String>) -> Self {
        Self {
            kind,
            what: what.to_string(),
            hint: hint.into(),
        }
    }

    /// Prints two lines to stderr and gives the exit code.
    #[expect(
        clippy::print_stderr,
        reason = "stderr is talk, and this is where errors are told"
    )]
    pub(crate) fn tell(&self) -> ExitCode {
        if self.kind == Kind::BrokenPipe {
            return ExitCode::SUCCESS;
        }
        eprintln!("steadfast: {}", self.what);
        if !self.hint.is_empty() {
            eprintln!("  {}", self.hint);
        }
        ExitCode::from(match self.kind {
            Kind::Internal | Kind::Findings => 1,
            Kind::Usage => 2,
            Kind::Input => 3,
            Kind::Reach => 4,
            Kind::Refused => 5,
            Kind::BrokenPipe => 0,
        })
    }
}

impl From<SourceError> for CommandError {
    fn from(error: SourceError) -> Self {
        let kind = match error.kind() {
            SourceErrorKind::Input => Kind::Input,
            SourceErrorKind::Reach => Kind::Reach,
        };
        Self::new(kind, &error, error.hint())
    }
}

/// An error of writing output.
pub(crate) fn writing(what: &str, error: &io::Error) -> CommandError {
    if error.kind() == io::ErrorKind::BrokenPipe {
        return CommandError::new(Kind::BrokenPipe, "", "");
    }
    CommandError::new(
        Kind::Internal,
        format!("{what} cannot be written: {error}"),
        "check that the folder exists and that there is room",
    )
}

/// An error of reading a file that the user named.
pub(crate) fn reading(path: &std::path::Path, error: &io::Error) -> CommandError {
    CommandError::new(
        Kind::Input,
        format!("{} cannot be read: {error}", path.display()),
        "check the name and that you may read it",
    )
}
