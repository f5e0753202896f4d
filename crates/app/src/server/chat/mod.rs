//! The chat channel: what is told to somebody by mail can go to a chat of theirs instead, by a webhook that they made there.
//! One of the two, never both: each event is told once. What is told, and when, is decided as for mail
//! ([`crate::server::mail`]); here are the webhook, which is a secret, and the form of the messages.
//!
//! `Invariant:` a message to a chat says less than a mail: no name of anybody, and nothing of how anything reads. Others may
//! read the chat.

mod hook;
mod words;

pub use hook::{Hook, Sort, connect, disconnect, has_hook};
pub(super) use hook::{kept, owner, reveal};
pub(super) use words::{Line, told};

/// One message, ready to be posted.
#[derive(Clone, PartialEq, Eq)]
pub struct Message {
    /// Where to: a secret.
    pub address: String,
    /// The JSON.
    pub json: String,
}

impl std::fmt::Debug for Message {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Message")
            .field("json", &self.json)
            .finish_non_exhaustive()
    }
}
