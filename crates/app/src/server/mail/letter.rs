//! A mail before it has a form: what it says, in the order in which it says it.

use super::port::Calendar;

/// Things told in one mail; of more it is said how many there are.
pub(super) const MOST: usize = 6;

/// One thing that is told.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Item {
    /// The mail's subject where this is all it tells; names nobody.
    pub(super) subject: String,
    /// With whom, and when.
    pub(super) heading: String,
    /// Sentences, each for a line of its own.
    pub(super) lines: Vec<String>,
    /// What can be done about it, in words, and the path of the page where that is.
    pub(super) act: (String, String),
}

/// A mail.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Letter {
    pub(super) subject: String,
    pub(super) items: Vec<Item>,
    /// What it says to a calendar program.
    pub(super) calendar: Option<Calendar>,
    /// How many more there are.
    pub(super) more: usize,
    /// Where people open this server, without a slash at the end.
    pub(super) address: String,
    /// The path of the link that switches mail off.
    pub(super) off: String,
}

impl Letter {
    /// With that to tell.
    pub(super) fn of(mut items: Vec<Item>, address: &str, off: String) -> Self {
        let subject = match items.as_slice() {
            [one] => one.subject.clone(),
            all => format!("{} of your 1:1s", all.len()),
        };
        let more = items.len().saturating_sub(MOST);
        items.truncate(MOST);
        Self {
            subject,
            items,
            calendar: None,
            more,
            address: address.to_owned(),
            off,
        }
    }

    /// The address of a path.
    pub(super) fn link(&self, path: &str) -> String {
        format!("{}{path}", self.address)
    }

    /// What stands at the end of every mail.
    pub(super) const FOOT: &'static str = "Only you get this. Opening it, or the page it leads to, does nothing: what is done is done by a tap there.";
}
