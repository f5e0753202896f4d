//! **The answer of who picked**: what they picked stands on their calendar and still asks them. Their pick was their yes, and it is
//! given there as well. Who invites cannot give it for them on every server: many ask anew whatever the organiser wrote
//! (RFC 6638 §3.2.8).

use crate::ids::{MeetingId, OneOnOneId, PersonId, PromiseId};
use crate::intent::{Intent, Measure, Undo, What};
use crate::policy::{How, Whose};
use crate::threats::{Evidence, Kind};
use crate::world::meeting::Answer;
use steadfast_calendar::Instant;

/// A time that somebody picked and that stands.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct SaidYes {
    /// The same has the same key, and is answered once.
    pub key: String,
    /// Who picked it.
    pub owner: PersonId,
    /// The 1:1.
    pub one_on_one: OneOnOneId,
    /// The promise it was picked for; `None`: a time for good.
    pub promise: Option<PromiseId>,
    /// What stands on their calendar, and its version.
    pub on: (MeetingId, u32),
    /// When that begins.
    pub start: Instant,
}

/// The intent to answer it with yes: by their own tap, for they picked it.
pub fn intent(yes: SaidYes) -> Intent {
    Intent {
        key: yes.key,
        owner: yes.owner,
        policy: Whose::Person,
        how: How::ByOwner,
        one_on_one: yes.one_on_one,
        promise: yes.promise,
        measure: Measure::MakeGood,
        against: Kind::Cancelled,
        seen: Evidence::default(),
        on: Some(yes.on),
        booker: None,
        free: Vec::new(),
        what: What::Answer {
            meeting: yes.on.0,
            person: yes.owner,
            answer: Answer::Accepted,
            note: String::new(),
            instead: Vec::new(),
        },
        why: "you picked this time".to_owned(),
        undo: Undo::AnswerAgain {
            answer: Answer::Unanswered,
            until: yes.start,
        },
    }
}
