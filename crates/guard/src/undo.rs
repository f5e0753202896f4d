//! Everything that was written can be taken back, as long as that makes sense and nobody changed it since.

use crate::intent::{Intent, Measure, Undo, What};
use crate::own::Deed;
use crate::policy::How;
use crate::world::World;
use std::fmt;
use steadfast_calendar::Instant;

/// Why something cannot be taken back.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Cannot {
    /// It was read, or has ended.
    TooLate,
    /// It was taken back already.
    DoneBefore,
    /// Somebody changed it since: that is theirs.
    ChangedSince,
}

impl fmt::Display for Cannot {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::TooLate => "it is too late to take that back",
            Self::DoneBefore => "that was taken back already",
            Self::ChangedSince => "somebody changed it since; look at it as it stands now",
        })
    }
}

impl std::error::Error for Cannot {}

/// The intent that takes a deed back, in the owner's name.
///
/// # Errors
/// Why it cannot be taken back.
pub fn undo(world: &World, deed: &Deed, now: Instant) -> Result<Intent, Cannot> {
    if deed.undone {
        return Err(Cannot::DoneBefore);
    }
    let until = match deed.intent.undo {
        Undo::MoveBack { until, .. }
        | Undo::TakeOff { until }
        | Undo::AnswerAgain { until, .. } => until,
        Undo::Nothing => return Err(Cannot::TooLate),
    };
    if now >= until {
        return Err(Cannot::TooLate);
    }
    let meeting = deed
        .meeting
        .and_then(|id| world.meeting(id))
        .ok_or(Cannot::ChangedSince)?;
    if meeting.version > deed.intent.on.map_or(1, |(_, version)| version + 1) {
        return Err(Cannot::ChangedSince);
    }
    let what = match deed.intent.undo {
        Undo::MoveBack { to, .. } => What::Move {
            meeting: meeting.id,
            to,
        },
        Undo::AnswerAgain { answer, .. } => What::Answer {
            meeting: meeting.id,
            person: deed.intent.owner,
            answer,
            note: String::new(),
            instead: Vec::new(),
        },
        _ => What::Cancel {
            meeting: meeting.id,
        },
    };
    Ok(Intent {
        key: format!("undo/{}", deed.intent.key),
        how: How::ByOwner,
        measure: Measure::Undo,
        on: Some((meeting.id, meeting.version)),
        free: Vec::new(),
        what,
        why: "you took it back".to_owned(),
        undo: Undo::Nothing,
        ..deed.intent.clone()
    })
}
