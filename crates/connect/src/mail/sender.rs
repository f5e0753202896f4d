//! From whom mail is.

use super::{MailError, Stage};
use lettre::message::Mailbox;

/// From whom all mail is: an address, with a name or without.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Sender(pub(super) Mailbox);

impl Sender {
    /// Reads `Steadfast <steadfast@example.org>`, or an address alone.
    ///
    /// # Errors
    /// [`MailError`] of [`Stage::Message`] for what is no address.
    pub fn parse(text: &str) -> Result<Self, MailError> {
        let mailbox = text.trim().parse::<Mailbox>();
        mailbox.map(Self).map_err(|_| MailError {
            stage: Stage::Message,
            code: None,
            is_permanent: true,
            because: "the sender is no address".to_owned(),
        })
    }

    /// The domain of its address.
    pub fn domain(&self) -> &str {
        self.0.email.domain()
    }

    /// Its address.
    pub fn address(&self) -> &str {
        self.0.email.as_ref()
    }
}

#[cfg(test)]
mod tests {
    use super::Sender;

    #[test]
    fn a_sender_is_an_address_with_a_name_or_without() {
        let with = Sender::parse("Steadfast <steadfast@mail.example.org>").unwrap();
        assert_eq!(with.domain(), "mail.example.org");
        assert_eq!(with.address(), "steadfast@mail.example.org");
        assert!(Sender::parse("a@example.org").is_ok());
        for wrong in ["", "steadfast", "a@b@c", "a@b.c\r\nBcc: d@e.f"] {
            assert!(Sender::parse(wrong).is_err(), "{wrong}");
        }
    }
}
