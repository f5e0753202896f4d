//! What is to be done, before it is done, and for any provider: the server's outbox keeps it, executes it once, reads
//! back, and asks anew where the world has changed.

use crate::ids::{MeetingId, OneOnOneId, PersonId, PromiseId};
use crate::message::Message;
use crate::policy::{How, Whose};
use crate::threats::{Evidence, Kind};
use crate::world::World;
use crate::world::meeting::Answer;
use std::fmt;
use steadfast_calendar::{Instant, Slot};

/// One write or one message, decided and not yet done.
#[derive(Clone, PartialEq, Debug)]
pub struct Intent {
    /// The same decision has the same key, whoever makes it and however often: executed once.
    pub key: String,
    /// In whose name, and by whose policy.
    pub owner: PersonId,
    /// Whose choice that policy is.
    pub policy: Whose,
    /// Who wants it.
    pub how: How,
    /// The 1:1 it is for.
    pub one_on_one: OneOnOneId,
    /// The promise it is for; None where there is none yet.
    pub promise: Option<PromiseId>,
    /// Which measure.
    pub measure: Measure,
    /// Against what.
    pub against: Kind,
    /// What was seen when it was decided.
    pub seen: Evidence,
    /// The meeting that is written to and the version this was decided on: the write is refused on any other.
    pub on: Option<(MeetingId, u32)>,
    /// Whose invitation is answered.
    pub booker: Option<PersonId>,
    /// Must still be free when it is done, apart from the meeting itself.
    pub free: Vec<(PersonId, Slot)>,
    /// What is done.
    pub what: What,
    /// Why, in plain words.
    pub why: String,
    /// What undoes it.
    pub undo: Undo,
}

/// What is done.
#[derive(Clone, PartialEq, Debug)]
pub enum What {
    /// A meeting goes to another time; its guests are told by their calendars.
    Move {
        /// Which.
        meeting: MeetingId,
        /// Where to.
        to: Slot,
    },
    /// A new 1:1 of the two, in place of a lost one or as the first.
    Book {
        /// Of whom.
        people: [PersonId; 2],
        /// When.
        slot: Slot,
    },
    /// A series of the two from then on.
    Begin {
        /// Of whom; the first one organises it.
        people: [PersonId; 2],
        /// The first.
        first: Slot,
        /// Weeks from one to the next.
        every_weeks: u8,
    },
    /// The series of a 1:1 ends before one of its own, and another at another time takes its place.
    Onward {
        /// The first that is not to be there any more.
        meeting: MeetingId,
        /// The first at the other time.
        first: Slot,
    },
    /// Somebody's own calendar shows the 1:1 as taking their time, which it showed as free.
    Busy {
        /// Whose.
        person: PersonId,
    },
    /// Time is held on one calendar: busy, private.
    Hold {
        /// Whose.
        person: PersonId,
        /// When.
        slot: Slot,
        /// Gone by itself from then on.
        until: Instant,
    },
    /// An invitation is answered, with other times.
    Answer {
        /// Which.
        meeting: MeetingId,
        /// In whose name.
        person: PersonId,
        /// What.
        answer: Answer,
        /// The note that goes with it.
        note: String,
        /// Other times.
        instead: Vec<Slot>,
    },
    /// A meeting is made again what it was.
    Restore {
        /// Which.
        meeting: MeetingId,
        /// When it was.
        to: Slot,
    },
    /// A meeting or a hold of ours is taken off.
    Cancel {
        /// Which.
        meeting: MeetingId,
    },
    /// Somebody is told something.
    Message(Message),
}

/// The measures, in the order in which they are preferred.
#[derive(
    Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, serde::Serialize, serde::Deserialize,
)]
pub enum Measure {
    /// The other meeting moves.
    MoveOther,
    /// Who booked over it is answered.
    AnswerBooker,
    /// Who booked over it is answered with perhaps.
    AnswerPerhaps,
    /// What was cut by no person is restored.
    Restore,
    /// The owner is asked before the hand slips.
    AskFirst,
    /// A lost one gets a place before the next.
    MakeGood,
    /// The report is told.
    TellReport,
    /// A 1:1 that has none to come begins again, for good.
    Begin,
    /// One whose time is fought over again and again gets another, for good.
    Onward,
    /// One that its owner's calendar shows as free holds its slot.
    HoldSlot,
    /// Something of ours is taken back.
    Undo,
}

/// What undoes an intent, and until when that makes sense.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Undo {
    /// It goes back to that time.
    MoveBack {
        /// Where it was.
        to: Slot,
        /// Until then.
        until: Instant,
    },
    /// It is taken off again.
    TakeOff {
        /// Until then.
        until: Instant,
    },
    /// The answer is given that stood before.
    AnswerAgain {
        /// Which.
        answer: Answer,
        /// Until then.
        until: Instant,
    },
    /// What was read cannot be unread.
    Nothing,
}

/// Why an intent may not be executed any more: the decision has to be made anew.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Changed {
    /// The meeting is gone.
    Gone(MeetingId),
    /// The meeting is another version by now.
    Version(MeetingId),
    /// Somebody is not free there any more.
    Taken(PersonId),
    /// It would lie in the past.
    Past,
}

impl fmt::Display for Changed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Gone(_) => "the meeting is gone",
            Self::Version(_) => "the meeting was changed meanwhile",
            Self::Taken(_) => "the time was taken meanwhile",
            Self::Past => "the time is over",
        })
    }
}

impl std::error::Error for Changed {}

impl Intent {
    /// Whether it writes to a calendar.
    pub fn is_write(&self) -> bool {
        !matches!(self.what, What::Message(_))
    }

    /// Whether it changes when something takes place: what [`crate::settle`] counts.
    pub fn is_deed(&self) -> bool {
        let moves_nothing = matches!(
            self.what,
            What::Hold { .. } | What::Busy { .. } | What::Cancel { .. }
        );
        self.is_write() && !moves_nothing
    }

    /// Where it puts something.
    pub fn puts_at(&self) -> Option<Slot> {
        match &self.what {
            What::Move { to, .. } | What::Restore { to, .. } => Some(*to),
            What::Book { slot, .. } | What::Hold { slot, .. } => Some(*slot),
            What::Begin { first, .. } | What::Onward { first, .. } => Some(*first),
            What::Answer { .. } | What::Busy { .. } | What::Cancel { .. } | What::Message(_) => {
                None
            }
        }
    }

    /// Whether the world is still the one it was decided on. To be asked at the moment of the write.
    ///
    /// # Errors
    /// What has changed.
    pub fn still_true(&self, world: &World, now: Instant) -> Result<(), Changed> {
        if let Some((id, version)) = self.on {
            let meeting = world.meeting(id).ok_or(Changed::Gone(id))?;
            if meeting.version != version {
                return Err(Changed::Version(id));
            }
        }
        if self.puts_at().is_some_and(|slot| slot.start <= now) {
            return Err(Changed::Past);
        }
        let itself = self.on.map(|(id, _)| id);
        for (person, slot) in &self.free {
            if !world.is_free(*person, *slot, itself, now) {
                return Err(Changed::Taken(*person));
            }
        }
        Ok(())
    }
}

impl Measure {
    /// The word of the product, as in JSON.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::MoveOther => "move_other",
            Self::AnswerBooker => "answer_booker",
            Self::AnswerPerhaps => "answer_perhaps",
            Self::Restore => "restore",
            Self::AskFirst => "ask_first",
            Self::MakeGood => "make_good",
            Self::TellReport => "tell_report",
            Self::Begin => "begin",
            Self::Onward => "onward",
            Self::HoldSlot => "hold_slot",
            Self::Undo => "undo",
        }
    }
}
