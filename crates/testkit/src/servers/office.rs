//! A server on which people invite each other, whichever it is. What is true of each and is no rule of any RFC is said
//! here, once, so that a drill can be the same on all of them.

use super::{Cyrus, Reply, Sogo};

/// A server with real scheduling (RFC 6638).
pub enum Office {
    /// Cyrus IMAP 3.6.
    Cyrus(Cyrus),
    /// SOGo 5.8.
    Sogo(Sogo),
}

impl Office {
    /// Everybody's password.
    pub const PASSWORD: &str = "secret";

    /// A Cyrus with these users.
    pub fn cyrus(users: &[&str]) -> Self {
        Self::Cyrus(Cyrus::start(users))
    }

    /// A SOGo with these users.
    pub fn sogo(users: &[&str]) -> Self {
        Self::Sogo(Sogo::start(users))
    }

    /// Where it listens on 127.0.0.1.
    pub fn port(&self) -> u16 {
        match self {
            Self::Cyrus(server) => server.port,
            Self::Sogo(server) => server.port,
        }
    }

    /// Path of somebody's calendars.
    pub fn home(&self, user: &str) -> String {
        match self {
            Self::Cyrus(_) => format!("/dav/calendars/user/{user}/"),
            Self::Sogo(_) => format!("/SOGo/dav/{user}/Calendar/"),
        }
    }

    /// Path of the calendar that somebody's invitations come into.
    pub fn calendar(&self, user: &str) -> String {
        let name = match self {
            Self::Cyrus(_) => "Default",
            Self::Sogo(_) => "personal",
        };
        format!("{}{name}/", self.home(user))
    }

    /// Path of somebody's inbox of scheduling messages (RFC 6638 §2.2); SOGo's stays empty.
    pub fn inbox(&self, user: &str) -> String {
        let name = match self {
            Self::Cyrus(_) => "Inbox",
            Self::Sogo(_) => "inbox",
        };
        format!("{}{name}/", self.home(user))
    }

    /// Sends it a request as `user`.
    pub fn request(
        &self,
        method: &str,
        path: &str,
        user: &str,
        headers: &[&str],
        body: &str,
    ) -> Reply {
        match self {
            Self::Cyrus(server) => server.request(method, path, user, headers, body),
            Self::Sogo(server) => server.request(method, path, user, headers, body),
        }
    }

    /// By how much SEQUENCE grows when an organiser's program changes something and lets it grow by one, as RFC 5546
    /// §2.1.4 wants it: SOGo takes another step by itself.
    pub fn steps(&self) -> u32 {
        match self {
            Self::Cyrus(_) => 1,
            Self::Sogo(_) => 2,
        }
    }

    /// Whether it says of each who was told and how that went (SCHEDULE-STATUS, RFC 6638 §3.2.9). SOGo never does.
    pub fn says_who_was_told(&self) -> bool {
        matches!(self, Self::Cyrus(_))
    }

    /// Whether an organiser who is among the attendees stays there: SOGo takes them out.
    pub fn keeps_the_organiser(&self) -> bool {
        matches!(self, Self::Cyrus(_))
    }

    /// Whether the words that come with an answer (COMMENT) reach the organiser over CalDAV. On SOGo only the answer
    /// does.
    pub fn hands_on_words(&self) -> bool {
        matches!(self, Self::Cyrus(_))
    }
}
