//! What mailing asks of whoever can reach a mail server. Nothing here knows how.

use crate::server::chat::Message;
use std::future::Future;
use steadfast_calendar::Instant;

/// One mail.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Mail {
    /// To whom: one address.
    pub to: String,
    /// Its Message-ID, without the brackets: the same mail has the same one, however often it is sent.
    pub id: String,
    /// Its date.
    pub at: Instant,
    /// Its subject: one line.
    pub subject: String,
    /// As plain text.
    pub text: String,
    /// The same as a page.
    pub html: Option<String>,
    /// The address to which a mail program posts to switch mail off (RFC 8058).
    pub off: Option<String>,
    /// To whom an answer goes, where that is not the sender.
    pub reply_to: Option<String>,
    /// What it says to a calendar program (RFC 6047).
    pub calendar: Option<Calendar>,
}

/// An iTIP message (RFC 5546).
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Calendar {
    /// `REQUEST`, `REPLY`, `COUNTER`, `CANCEL` or `PUBLISH`: the same as in the text.
    pub method: String,
    /// The iCalendar text.
    pub text: String,
}

/// What came of sending. Words name nobody.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Posted {
    /// The mail server took it.
    Taken,
    /// Not now, or of a mail nobody knows: it is sent again, under the same id.
    Later {
        /// Why.
        why: String,
    },
    /// The mail server will not take it for this reader: sending it again is no use.
    Refused {
        /// Its code.
        code: Option<u16>,
    },
}

/// Whoever can send mail, and messages to chats.
pub trait Post: Sync {
    /// Sends it, once.
    fn post(&self, mail: &Mail) -> impl Future<Output = Posted> + Send;

    /// Posts a message to a chat, once.
    fn chat(&self, message: &Message) -> impl Future<Output = Posted> + Send;

    /// Whether there is a mail server; without one, mail waits for nobody: what it would tell stands on the page.
    fn has_mail(&self) -> bool;
}

/// Where mail comes from.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Office {
    /// The address at which people open this server, without a slash at the end.
    pub address: String,
    /// The domain of Message-IDs: that of the sender.
    pub domain: String,
    /// The address that all mail is from.
    pub from: String,
}
