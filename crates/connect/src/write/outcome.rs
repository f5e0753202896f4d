//! What is ordered, and what came of it.

use super::google::Calls;
use jiff::tz::TimeZone;
use std::time::Duration;
use steadfast_calendar::Instant;
use steadfast_calendar::edit::{Basis, By, Edit, EditError, Told};
use url::Url;

/// One edit of one object.
#[derive(Clone, Debug)]
pub struct Order {
    /// Path of the object on the server, percent-codes undone.
    pub place: String,
    /// What was decided on.
    pub basis: Basis,
    /// What is to become of it.
    pub edit: Edit,
    /// Addresses of the person whose calendar it is, lower case.
    pub addresses: Vec<String>,
    /// Their zone.
    pub zone: TimeZone,
    /// Now.
    pub now: Instant,
}

impl Order {
    /// Does something as the person whose calendar it is.
    pub(super) fn by<T>(&self, what: impl FnOnce(&By<'_>) -> T) -> T {
        let addresses: Vec<&str> = self.addresses.iter().map(String::as_str).collect();
        what(&By {
            addresses: &addresses,
            zone: &self.zone,
            now: self.now,
        })
    }
}

/// What will be sent.
#[derive(Debug)]
pub struct Ready {
    pub(super) what: What,
    pub(super) undo: Option<Edit>,
    /// The text of an object that is to go: afterwards nobody could say what it was.
    pub(super) before: Option<Vec<u8>>,
}

/// As a provider sends it.
#[derive(Debug)]
pub(super) enum What {
    /// An object is replaced as a whole.
    Object(Replacing),
    /// An interface of Google's is called.
    Google(Calls),
}

/// An object that is replaced.
#[derive(Debug)]
pub(super) struct Replacing {
    pub(super) url: Url,
    /// The version it is to replace; `None`: there is none.
    pub(super) etag: Option<String>,
    /// The new text; `None`: the object is to go.
    pub(super) text: Option<Vec<u8>>,
}

/// What is kept for what comes of it.
pub(super) struct Kept {
    pub(super) undo: Option<Edit>,
    pub(super) before: Option<Vec<u8>>,
}

/// What another provider made ready: nothing was sent.
pub(super) fn not_ours() -> Outcome {
    Outcome::Refused {
        why: "it was made ready for another calendar".to_owned(),
    }
}

impl Ready {
    pub(super) fn apart(self) -> (What, Kept) {
        let Self { what, undo, before } = self;
        (what, Kept { undo, before })
    }

    /// What will take it back.
    pub fn undo(&self) -> Option<&Edit> {
        self.undo.as_ref()
    }
}

/// What came of an edit. Texts name neither person nor meeting.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Outcome {
    /// It is so: read back.
    Done {
        /// The version it is at now; `None` when it is gone.
        version: Option<String>,
        /// Who was told.
        told: Told,
        /// What takes it back; `None`: nothing does, or it was so already.
        undo: Option<Edit>,
        /// It was so before anything was sent: by an earlier attempt, or by somebody else.
        already: bool,
        /// Where somebody is left to be told, and of an answer: the object that they have to hear of, as it was read back;
        /// of one that is gone, as it was.
        object: Option<Vec<u8>>,
    },
    /// It is so in this calendar, and the server does not say that these were told: perhaps they know nothing of it.
    NotDelivered {
        /// The version it is at now.
        version: Option<String>,
        /// Addresses of others that the server does say it told.
        told: Vec<String>,
        /// Their addresses, each with the code the server gave (RFC 6638 §3.2.9), if it gave one.
        who: Vec<(String, Option<String>)>,
        /// What takes it back.
        undo: Option<Edit>,
        /// The object, as it was read back.
        object: Vec<u8>,
    },
    /// The object is not what was decided on: decide anew. Nothing was written.
    Changed {
        /// The version it is at now; `None`: there is none.
        now: Option<String>,
    },
    /// The edit cannot be made of this object. Nothing was written.
    Impossible(EditError),
    /// The server does not allow it, or cannot do it safely. Nothing was written.
    Refused {
        /// Why.
        why: String,
    },
    /// It may have been taken, and reading back did not tell. Look again before anything else.
    Unsure {
        /// Why.
        why: String,
    },
    /// Not now. Nothing was written.
    Later {
        /// How long to wait, if the server says.
        after: Option<Duration>,
        /// Why.
        why: String,
    },
}
