//! The log in plain words: what, why, by which policy; and of what was not done, what it would have been.

use crate::ids::{OneOnOneId, PersonId, PromiseId};
use crate::intent::{Intent, What};
use crate::policy::Refused;
use crate::threats::{Evidence, Kind};
use crate::world::meeting::Answer;
use std::fmt;
use steadfast_calendar::Instant;

/// One line, for the owner it is about.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Line {
    /// When.
    pub at: Instant,
    /// Whose page shows it.
    pub owner: PersonId,
    /// Of which promise.
    pub promise: Option<PromiseId>,
    /// Of which 1:1.
    pub one_on_one: OneOnOneId,
    /// Against which sort of threat, and what said so.
    pub against: (Kind, Evidence),
    /// Why it was not done; `None`: it is done.
    pub refused: Option<Refused>,
    /// The sentence; no names, no titles.
    pub text: String,
}

impl Line {
    /// What is done, or would have been.
    pub fn of(intent: &Intent, refused: Option<Refused>, at: Instant) -> Self {
        let (what, whose) = (Words(&intent.what), intent.policy);
        let text = match refused {
            None => format!("{what}, because {}; by {}.", intent.why, whose.words()),
            Some(refused) => format!(
                "Not done: {what}, because {}. By {} it was not: {refused}.",
                intent.why,
                whose.words()
            ),
        };
        Self {
            at,
            owner: intent.owner,
            promise: intent.promise,
            one_on_one: intent.one_on_one,
            against: (intent.against, intent.seen),
            refused,
            text,
        }
    }
}

/// What is done, in words.
struct Words<'a>(&'a What);

impl fmt::Display for Words<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self.0 {
            What::Move { .. } => "A meeting of yours moves",
            What::Book { .. } => "A 1:1 is booked",
            What::Begin { .. } => "A series of 1:1s begins",
            What::Onward { .. } => "A series of 1:1s moves for good",
            What::Busy { .. } => "A 1:1 that stands as free is shown as busy",
            What::Hold { .. } => "Time is held on your calendar",
            What::Answer {
                answer: Answer::Declined,
                ..
            } => "An invitation is declined, with other times",
            What::Answer { .. } => "An invitation is answered with perhaps, with other times",
            What::Restore { .. } => "The 1:1 is put back as it was",
            What::Cancel { .. } => "A hold of ours is taken off",
            What::Message(_) => "A message is sent",
        })
    }
}
