//! What is odd about an event.

use serde::{Deserialize, Serialize};
use std::fmt;

/// Something in an event of Google's that is not as its description says, or that says less than it seems to. It names
/// fields, never what they hold.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Hash, Serialize, Deserialize)]
#[non_exhaustive]
pub enum Oddity {
    /// It is no object, or has no id: nothing of it is read.
    NoEvent,
    /// It has no start that can be read: nothing of it is read.
    NoStart,
    /// An instance that does not say which one it is: nothing of it is read.
    NoOriginalStart,
    /// Its end cannot be read, or is a date beside a time; it was left out.
    BadEnd,
    /// A time zone that is not known; the moment was taken by its offset from UTC.
    UnknownZone,
    /// A time without an offset and without a zone.
    Floating,
    /// No `iCalUID`; the one that Google would have made was taken.
    NoUid,
    /// A line of `recurrence` that is none of RRULE, EXRULE, RDATE and EXDATE; it was left out.
    BadRecurrence,
    /// A guest without an address that can be written; that there is one more is kept.
    GuestWithoutAddress,
    /// Not all guests are shown; that there are more is kept.
    GuestsHidden,
    /// An answer that the description does not have; it was taken for none.
    UnknownAnswer,
    /// A type of event that this program does not know; it was taken for an ordinary one.
    UnknownType,
    /// A status that the description does not have; it was taken for confirmed.
    UnknownStatus,
    /// `sequence` is no whole number from nought; it was left out.
    BadSequence,
    /// `created` or `updated` is no moment; it was left out.
    BadMoment,
}

impl fmt::Display for Oddity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NoEvent => "it is no event: it has no id",
            Self::NoStart => "its start cannot be read",
            Self::NoOriginalStart => "it is an instance of a series and does not say which",
            Self::BadEnd => "its end cannot be read, and was left out",
            Self::UnknownZone => "its time zone is not known; its offset from UTC was taken",
            Self::Floating => "its time has neither an offset nor a zone",
            Self::NoUid => "it has no iCalUID",
            Self::BadRecurrence => "a line of its recurrence cannot be read, and was left out",
            Self::GuestWithoutAddress => "a guest has no address",
            Self::GuestsHidden => "not all of its guests are shown",
            Self::UnknownAnswer => "an answer of a guest is not known, and was taken for none",
            Self::UnknownType => "its type is not known; it was taken for an ordinary event",
            Self::UnknownStatus => "its status is not known; it was taken for confirmed",
            Self::BadSequence => "its sequence is no number, and was left out",
            Self::BadMoment => "a moment in it cannot be read, and was left out",
        })
    }
}
