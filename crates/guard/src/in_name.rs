//! **A mail in somebody's name**: what was done in their calendar is said to somebody in it whom no calendar server told. It
//! goes by a tap of whoever has read that very text, and never by itself: whom it reaches may be outside, or above them.

use crate::ids::{OneOnOneId, PersonId, PromiseId};
use crate::intent::{Intent, Measure, Undo, What};
use crate::message::{Event, Message, Said};
use crate::policy::{How, Whose};
use crate::threats::{Evidence, Kind};
use steadfast_calendar::Instant;

/// Somebody who is in a meeting and in nothing else that is known.
pub const STRANGER: PersonId = PersonId(u32::MAX);

/// Such a mail.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct InName {
    /// What was done, and to whom it is said: the same has the same key, and is said once.
    pub key: String,
    /// In whose name.
    pub owner: PersonId,
    /// The 1:1 it was done for.
    pub one_on_one: OneOnOneId,
    /// The promise it was done for.
    pub promise: Option<PromiseId>,
    /// To whom it is said; [`STRANGER`] where that is nobody known.
    pub to: PersonId,
    /// The text that the owner read.
    pub text: String,
}

/// The intent to send it, by its owner's tap.
pub fn intent(mail: InName, now: Instant) -> Intent {
    let event = Event {
        one_on_one: mail.one_on_one,
        promise: mail.promise,
        seen: Evidence::default(),
        said: Said::NewPlace,
    };
    Intent {
        key: mail.key,
        owner: mail.owner,
        policy: Whose::Person,
        how: How::ByOwner,
        one_on_one: mail.one_on_one,
        promise: mail.promise,
        measure: Measure::TellReport,
        against: Kind::Cancelled,
        seen: Evidence::default(),
        on: None,
        booker: None,
        free: Vec::new(),
        what: What::Message(Message {
            to: mail.to,
            event,
            text: mail.text,
            taps: Vec::new(),
            not_before: now,
        }),
        why: "no calendar server told them of it".to_owned(),
        undo: Undo::Nothing,
    }
}
