//! Mail to a mail server: one message to one reader, by SMTP (RFC 5321).
//!
//! Nothing that is said of a failure holds an address, or words of the mail server, which may hold one.

mod message;
mod sender;
mod smtp;

pub use message::{Calendar, Mail, bytes};
pub use sender::Sender;
pub use smtp::{check, send};

use crate::options::Secret;
use std::fmt;
use std::path::PathBuf;

/// A mail server, and how to get in.
#[derive(Clone, Debug)]
pub struct MailServer {
    /// Its host.
    pub host: String,
    /// Its port.
    pub port: u16,
    /// How the way to it is encrypted.
    pub security: Security,
    /// The user name, where it asks for one.
    pub user: Option<String>,
    /// The password that goes with it.
    pub password: Option<Secret>,
    /// A PEM file of certificates to trust instead of the machine's own.
    pub trusted_certificates: Option<PathBuf>,
    /// From whom all mail is.
    pub from: Sender,
}

/// How the way to a mail server is encrypted.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Security {
    /// From the first byte (RFC 8314 §3).
    Implicit,
    /// After STARTTLS, without which nothing is sent (RFC 3207).
    StartTls,
    /// Not at all: for a mail server on the same machine.
    None,
}

/// What was being done when it failed.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Stage {
    /// The message was put together.
    Message,
    /// It was reached, and greeted.
    Reach,
    /// The way to it was encrypted.
    Encrypt,
    /// It was signed in to.
    SignIn,
    /// It was told from whom the mail is.
    From,
    /// It was told to whom.
    To,
    /// It was given the message.
    Content,
}

/// Why a mail was not taken.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct MailError {
    /// What was being done.
    pub stage: Stage,
    /// The mail server's code, where it answered with one.
    pub code: Option<u16>,
    /// Whether doing the same again is no use.
    pub is_permanent: bool,
    /// What the machine says of it, for whoever runs it; empty where the mail server answered.
    pub because: String,
}

impl MailError {
    /// Whether the mail server will not have this message for this reader, whatever is tried: what stands against the server
    /// that sends is for its operator to mend.
    pub fn is_refusal(&self) -> bool {
        let concerns_the_mail = matches!(self.stage, Stage::Message | Stage::To | Stage::Content);
        self.is_permanent && concerns_the_mail
    }
}

impl fmt::Display for MailError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self.stage {
            Stage::Message => "the mail could not be put together",
            Stage::Reach => "the mail server was not reached",
            Stage::Encrypt => "the way to the mail server could not be encrypted",
            Stage::SignIn => "the mail server did not let this server sign in",
            Stage::From => "the mail server does not take mail from this sender",
            Stage::To => "the mail server did not take the reader",
            Stage::Content => "the mail server did not take the mail",
        })?;
        match self.code {
            Some(code) => write!(f, " ({code})"),
            None => Ok(()),
        }
    }
}

impl std::error::Error for MailError {}
