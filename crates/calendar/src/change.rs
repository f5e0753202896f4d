//! What changed between two states of a calendar. Facts about components and slots: no people, no reasons, no blame.

use crate::{
    event::{Event, PartStat},
    instant::{Instant, Slot},
};
use std::sync::Arc;

/// One change between two states of one calendar.
#[derive(Clone, PartialEq, Debug)]
pub struct Change {
    /// The series it happened to. After [`What::Recreated`] and [`What::Split`] the new UID is used.
    pub uid: Arc<str>,
    /// The instance it happened to, by its identity in the earlier state (in the later one where it was not there
    /// before); `None`: the series as a whole.
    pub id: Option<Instant>,
    /// What happened.
    pub what: What,
    /// The component of the later state that says so (its SEQUENCE, LAST-MODIFIED, ORGANIZER tell when and who);
    /// `None` when nothing says it any more.
    pub said_by: Option<Arc<Event>>,
}

/// One instance, and where it stands.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Placed {
    /// Its identity ([`crate::Instance::id`]).
    pub id: Instant,
    /// The slot its series' own rule gives it; `None` for an orphan override.
    pub ruled: Option<Slot>,
    /// Where it stands.
    pub slot: Slot,
}

/// One instance in both states.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Reslot {
    /// In the earlier state.
    pub before: Placed,
    /// In the later state; its identity may be another.
    pub after: Placed,
}

/// How a cancellation is said.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Hash)]
pub enum SaidBy {
    /// STATUS:CANCELLED.
    Status,
    /// Only the title ([`crate::says_cancelled`]).
    Title,
}

/// The sorts of change.
#[derive(Clone, PartialEq, Debug)]
pub enum What {
    /// A UID that was not there before, with where its instances stand.
    SeriesAppeared(Box<[Placed]>),
    /// A UID that is no longer there, with where its instances stood.
    SeriesVanished(Box<[Placed]>),
    /// The series goes on as this UID, with another identity and nothing else said: deleted and created again, or
    /// UIDs that are new in every export. What changed besides follows under the new UID.
    Recreated {
        /// The new UID.
        into: Arc<str>,
    },
    /// "This and all following" was changed by splitting: from `at` on the series goes on as this UID. What changed
    /// besides follows under the new UID.
    Split {
        /// The new UID.
        into: Arc<str>,
        /// Identity of the first instance that moved over.
        at: Instant,
        /// The instances that moved over, as they stood under the old UID.
        slots: Box<[Placed]>,
    },
    /// One more instance (an RDATE, an override by itself, a denser rule).
    Appeared(Placed),
    /// An instance is no longer given, and nothing says why (no EXDATE, no cancellation).
    Vanished(Placed),
    /// An instance is out of sight because the calendar no longer shows anything that old; it ended between the two
    /// looks, so what became of it at the last moment cannot be told. Not a change by anybody.
    LeftView(Placed),
    /// It starts at another time (and may last longer or shorter).
    Moved(Reslot),
    /// It starts as before and lasts longer or shorter.
    Resized(Reslot),
    /// The series' own rule puts these instances elsewhere: the rule, DTSTART or a THISANDFUTURE override changed.
    Retimed(Box<[Reslot]>),
    /// The rule's mean spacing changed, in whole days.
    RuleChanged {
        /// Before.
        from_days: i64,
        /// After.
        to_days: i64,
    },
    /// The series ends earlier (UNTIL, COUNT): these, its last ones, are gone.
    Ended(Box<[Placed]>),
    /// The series goes on longer: these are new at its end.
    Extended(Box<[Placed]>),
    /// An EXDATE or EXRULE took it out.
    Excluded(Placed),
    /// It was cancelled.
    Cancelled(Placed, SaidBy),
    /// The whole series was cancelled; where its instances stood.
    SeriesCancelled(Box<[Placed]>, SaidBy),
    /// An excluded or cancelled instance stands again.
    Restored(Placed),
    /// A cancelled series stands again.
    SeriesRestored(Box<[Placed]>),
    /// An attendee answered.
    Answered {
        /// Who.
        address: Arc<str>,
        /// Before.
        from: PartStat,
        /// Now.
        to: PartStat,
    },
    /// Another title.
    Renamed {
        /// Before.
        from: Arc<str>,
        /// Now.
        to: Arc<str>,
    },
    /// Attendees were added or removed (addresses).
    AttendeesChanged {
        /// New.
        added: Box<[Arc<str>]>,
        /// Gone.
        removed: Box<[Arc<str>]>,
    },
    /// Another organiser (addresses).
    OrganiserChanged {
        /// Before.
        from: Arc<str>,
        /// Now.
        to: Arc<str>,
    },
    /// SEQUENCE or LAST-MODIFIED changed and nothing that is kept here did (a description, a reminder, a place). A new
    /// DTSTAMP alone is not even that: many servers write the moment of the export there.
    Touched,
    /// The later state holds an older copy of this series than the earlier one; it was set aside.
    Stale,
}

impl What {
    /// Whether any slot is different, or stands where none stood, or the reverse. [`What::LeftView`] is not: nothing
    /// is known to have changed.
    pub const fn is_about_slots(&self) -> bool {
        match self {
            Self::SeriesAppeared(_)
            | Self::SeriesVanished(_)
            | Self::Appeared(_)
            | Self::Vanished(_)
            | Self::Moved(_)
            | Self::Resized(_)
            | Self::Retimed(_)
            | Self::Ended(_)
            | Self::Extended(_)
            | Self::Excluded(_)
            | Self::Cancelled(..)
            | Self::SeriesCancelled(..)
            | Self::Restored(_)
            | Self::SeriesRestored(_) => true,
            Self::Recreated { .. }
            | Self::Split { .. }
            | Self::LeftView(_)
            | Self::RuleChanged { .. }
            | Self::Answered { .. }
            | Self::Renamed { .. }
            | Self::AttendeesChanged { .. }
            | Self::OrganiserChanged { .. }
            | Self::Touched
            | Self::Stale => false,
        }
    }
}
