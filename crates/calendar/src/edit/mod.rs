//! Changes of one calendar object (RFC 4791 §4.1: everything of one UID), as whoever owns the calendar would make them:
//! the object's text in, its new text out. What an edit is not about stays byte for byte: unknown properties, alarms,
//! zones, folding.
//!
//! Every edit checks itself before it gives anything out: our own reader has to find the one occurrence as it was meant and
//! all others as they were. SEQUENCE grows by one where RFC 5546 §2.1.4 wants it; DTSTAMP and LAST-MODIFIED never go
//! back. Pure: `now` is a parameter.

mod answer;
mod basis;
mod book;
mod busy;
mod cancel;
mod check;
mod counter;
mod end;
mod error;
mod hold;
mod itip;
mod like;
mod lines;
mod moved;
mod others;
mod parameter;
mod resize;
mod restore;
mod sent_by;
mod subject;
mod successor;
mod texts;
mod undo;
mod value;
mod weekly;
mod weekly_rule;

pub use answer::{Answer, Reply};
pub use basis::{Basis, Told};
pub use book::{Meeting, Party};
pub use busy::FreeAgain;
pub use check::holds;
pub use error::EditError;
pub use hold::Hold;
pub use itip::{Itip, itip};
pub use like::Like;
pub use others::{others, reached};
pub use sent_by::sent_by;
pub use successor::Successor;
pub use undo::undo;
pub use weekly::Weekly;
pub use weekly_rule::plain_weekly;

use crate::instant::{Instant, Slot};
use jiff::tz::TimeZone;
use serde::{Deserialize, Serialize};
use subject::Subject;

/// What is to become of a calendar object. Neutral: says nothing of where the object is kept.
///
/// An occurrence is named by its identity, [`crate::Instance::id`].
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "edit")]
pub enum Edit {
    /// One occurrence stands in another slot.
    Move {
        /// Which.
        occurrence: Instant,
        /// Where it is to stand.
        to: Slot,
    },
    /// One occurrence gets another length; its start stays.
    Resize {
        /// Which.
        occurrence: Instant,
        /// Its new length.
        seconds: u32,
    },
    /// The organiser cancels one occurrence.
    Cancel {
        /// Which.
        occurrence: Instant,
    },
    /// One occurrence takes place again, or stands again where it stood.
    Restore {
        /// Which.
        occurrence: Instant,
        /// Where; `None`: where the series itself puts it.
        to: Option<Slot>,
    },
    /// An invitation is answered.
    Answer(Answer),
    /// A new meeting, single or repeated, with those who are to come.
    Book(Meeting),
    /// A series ends: the occurrence named, and all after it, are not to be any more.
    End {
        /// The first that is not to be.
        from: Instant,
    },
    /// A series that was ended goes on as it did.
    Reopen {
        /// The first that is to be again, where its rule puts it.
        at: Slot,
        /// The line of its rule, as it was.
        rule: String,
        /// Its overrides from then on, each as it was written.
        #[serde(default)]
        overrides: Vec<String>,
    },
    /// A new series, made of one whose place it takes.
    Successor(Successor),
    /// Time is taken, by nobody else's leave and without saying what for.
    Hold(Hold),
    /// Whatever of it stands as free takes its owner's time: nobody else is asked or told.
    Busy {
        /// From when on occurrences count that have a word of their own.
        from: Instant,
    },
    /// What stood as free stands so again.
    Free {
        /// As it was when it was made busy.
        from: Instant,
        /// Which, and how each said so.
        again: Vec<FreeAgain>,
    },
    /// The object goes: what takes a booking or a hold back.
    Withdraw {
        /// Its UID.
        uid: String,
    },
}

impl Edit {
    /// What it is made like, where the text of that is still to be given.
    pub fn model(&mut self) -> Option<&mut Like> {
        match self {
            Self::Book(meeting) => meeting.like.as_deref_mut(),
            _ => None,
        }
    }
}

/// Whose hand it is.
#[derive(Clone, Copy, Debug)]
pub struct By<'a> {
    /// All addresses of the person in whose calendar the object is, lower case, without `mailto:`.
    pub addresses: &'a [&'a str],
    /// Their zone: of whole days and floating times.
    pub zone: &'a TimeZone,
    /// Now.
    pub now: Instant,
}

impl By<'_> {
    /// Whether an address (lower case) is theirs.
    fn is(&self, address: &str) -> bool {
        self.addresses.contains(&address)
    }
}

/// What an object is to be afterwards.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Edited {
    /// This.
    Text(Vec<u8>),
    /// It is not to be there any more.
    Gone,
}

/// Carries an edit out on the text of an object; `None` where there is no object.
///
/// # Errors
/// [`EditError::AlreadySo`] when there is nothing to change, and why it cannot be otherwise.
pub fn apply(object: Option<&[u8]>, edit: &Edit, by: &By<'_>) -> Result<Edited, EditError> {
    // An answer may bring words along and change nothing else.
    if !matches!(edit, Edit::Answer(_)) && holds(object, edit, by) {
        return Err(EditError::AlreadySo);
    }
    let text = match (edit, object) {
        (Edit::Book(meeting), None) => book::apply(meeting, by)?,
        (Edit::Hold(hold), None) => hold::apply(hold, by)?,
        (Edit::Successor(series), None) => successor::apply(series, by)?,
        (Edit::Book(_) | Edit::Hold(_) | Edit::Successor(_), Some(_)) => {
            return Err(EditError::Occupied);
        }
        (Edit::Withdraw { uid }, Some(object)) => {
            let subject = Subject::read(object)?;
            if *subject.series.uid != **uid {
                return Err(EditError::NotFound);
            }
            return Ok(Edited::Gone);
        }
        (_, None) => return Err(EditError::NotFound),
        (Edit::End { from }, Some(object)) => {
            let mut subject = Subject::read(object)?;
            end::apply(&mut subject, *from, by)?;
            subject.object.write()
        }
        (
            Edit::Reopen {
                at,
                rule,
                overrides,
            },
            Some(object),
        ) => {
            let mut subject = Subject::read(object)?;
            end::reopen(&mut subject, (at.start, rule, overrides), by)?;
            subject.object.write()
        }
        (_, Some(object)) => {
            let mut subject = Subject::read(object)?;
            let around = match edit {
                Edit::Move { occurrence, to } => {
                    moved::apply(&mut subject, *occurrence, *to, by)?;
                    Some(*occurrence)
                }
                Edit::Resize {
                    occurrence,
                    seconds,
                } => {
                    resize::apply(&mut subject, *occurrence, *seconds, by)?;
                    Some(*occurrence)
                }
                Edit::Cancel { occurrence } => {
                    cancel::apply(&mut subject, *occurrence, by)?;
                    Some(*occurrence)
                }
                Edit::Restore { occurrence, to } => {
                    restore::apply(&mut subject, *occurrence, *to, by)?;
                    Some(*occurrence)
                }
                Edit::Answer(answer) => {
                    answer::apply(&mut subject, answer, by)?;
                    None
                }
                Edit::Busy { from } => {
                    busy::apply(&mut subject, *from, by)?;
                    None
                }
                Edit::Free { again, .. } => {
                    busy::back(&mut subject, again, by)?;
                    None
                }
                Edit::Book(_)
                | Edit::Hold(_)
                | Edit::Withdraw { .. }
                | Edit::End { .. }
                | Edit::Reopen { .. }
                | Edit::Successor(_) => None,
            };
            let text = subject.object.write();
            check::nothing_else(&subject.series, &text, around, by)?;
            text
        }
    };
    if !holds(Some(&text), edit, by) {
        return Err(EditError::NotAsMeant);
    }
    Ok(Edited::Text(text))
}
