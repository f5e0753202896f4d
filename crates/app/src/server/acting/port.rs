//! What acting asks of whoever can write to calendars. Nothing here knows how a provider does it.

use crate::server::sync::Access;
use jiff::tz::TimeZone;
use std::future::Future;
use std::time::Duration;
use steadfast_calendar::Instant;
use steadfast_calendar::edit::{Basis, Edit, EditError, Told};

/// One edit of one object.
#[derive(Clone, Debug)]
pub struct Order {
    /// Path of the object on its server, decoded.
    pub place: String,
    /// What was decided on.
    pub basis: Basis,
    /// What is to become of it.
    pub edit: Edit,
    /// All addresses of the person whose calendar it is.
    pub addresses: Vec<String>,
    /// Their zone.
    pub zone: TimeZone,
    /// Now.
    pub now: Instant,
}

/// What can be sent now, on the condition that nothing changes before.
#[derive(Debug)]
pub struct Ready<T> {
    /// What will take it back; `None`: nothing will.
    pub undo: Option<Edit>,
    /// The provider's own.
    pub inner: T,
}

/// What came of an edit. Texts name neither person nor meeting.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Outcome {
    /// It is so: read back.
    Done {
        /// The version it is at now; `None`: it is gone.
        version: Option<String>,
        /// Who was told.
        told: Told,
        /// Where somebody is left to be told, and of an answer: the object that they have to hear of, as it was read back;
        /// of one that is gone, as it was.
        object: Option<Vec<u8>>,
    },
    /// It is so, and these (each with the provider's code, if it gave one) were not told as far as the provider says.
    NotDelivered {
        /// The version it is at now.
        version: Option<String>,
        /// Who was told, as far as the provider says.
        told: Vec<String>,
        /// Who was not.
        who: Vec<(String, Option<String>)>,
        /// The object, as it was read back.
        object: Vec<u8>,
    },
    /// The object is not what was decided on. Nothing was written.
    Changed,
    /// The edit cannot be made of this object. Nothing was written.
    Impossible(EditError),
    /// The provider does not allow it. Nothing was written.
    Refused {
        /// Why.
        why: String,
    },
    /// It may have been taken, and reading back did not tell.
    Unsure {
        /// Why.
        why: String,
    },
    /// Not now. Nothing was written.
    Later {
        /// How long to wait, if the provider says.
        after: Option<Duration>,
        /// Why.
        why: String,
    },
}

/// Whoever can look at what stands in a calendar.
pub trait Eyes: Sync {
    /// The object at a place; `None`: there is none. Writes nothing.
    ///
    /// # Errors
    /// [`Outcome::Later`] or [`Outcome::Refused`].
    fn read(
        &self,
        access: &Access,
        place: &str,
        now: Instant,
    ) -> impl Future<Output = Result<Option<Vec<u8>>, Outcome>> + Send;
}

/// Whoever can write to calendars.
///
/// Calling again with the same order is safe: it changes the object once at most, since it is carried out only on what it
/// was decided on.
pub trait Pens: Sync {
    /// What a provider keeps between looking and sending.
    type Ready: Send;

    /// Reads the object, and makes ready what is to be sent. Writes nothing.
    ///
    /// # Errors
    /// The outcome, where it ends here.
    fn look(
        &self,
        access: &Access,
        order: &Order,
    ) -> impl Future<Output = Result<Ready<Self::Ready>, Outcome>> + Send;

    /// Sends it, once, and reads back.
    fn send(
        &self,
        access: &Access,
        order: &Order,
        ready: Self::Ready,
    ) -> impl Future<Output = Outcome> + Send;
}
