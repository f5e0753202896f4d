//! What is odd about an event.

use std::fmt;

/// Something in an event of Graph's that is not as its description says, or that says less than it seems to. It names
/// fields, never what they hold.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Hash)]
#[non_exhaustive]
pub enum Oddity {
    /// It is no object, or has no id: nothing of it is read.
    NoEvent,
    /// It has no start that can be read: nothing of it is read.
    NoStart,
    /// An instance that does not say of which series: nothing of it is read.
    NoSeries,
    /// An exception that says neither by `originalStart` nor otherwise which instance it is, where no instance is missing that
    /// it could be: nothing of it is read.
    NoOriginalStart,
    /// Which instance an exception is was not said; the nearest one that is missing was taken.
    Guessed,
    /// An instance at a time that the rule of its series does not give; it was written beside the rule.
    NotRuled,
    /// Its end cannot be read, or is a day beside a time; it was left out.
    BadEnd,
    /// A time zone that is not known; the moment was taken as it is in UTC, or on no clock where it has none.
    UnknownZone,
    /// A whole day that does not begin at midnight; the day on which it begins was taken.
    NotMidnight,
    /// Neither `uid` nor `iCalUId`; the name of its series was taken, or its own id.
    NoUid,
    /// A recurrence that cannot be read; it was left out.
    BadRecurrence,
    /// A guest without an address that can be written; that there is one more is kept.
    GuestWithoutAddress,
    /// Not all guests are shown; that there are more is kept.
    GuestsHidden,
    /// An answer that the description does not have; it was taken for none.
    UnknownAnswer,
    /// A type of event or of guest that the description does not have; the most ordinary one was taken.
    UnknownType,
    /// `showAs` is none that the description has; it was taken for busy.
    UnknownShowAs,
    /// It was not sent yet: those who are written in it were not invited, and are left out.
    Draft,
    /// A moment of making or changing cannot be read; it was left out.
    BadMoment,
}

impl fmt::Display for Oddity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NoEvent => "it is no event: it has no id",
            Self::NoStart => "its start cannot be read",
            Self::NoSeries => "it is an instance of a series and does not say of which",
            Self::NoOriginalStart => "it is an exception and does not say of which instance",
            Self::Guessed => {
                "it does not say which instance it is; the nearest one that is missing was taken"
            }
            Self::NotRuled => {
                "an instance is not one of its series' rule, and was written beside it"
            }
            Self::BadEnd => "its end cannot be read, and was left out",
            Self::UnknownZone => "its time zone is not known",
            Self::NotMidnight => "it is a whole day and does not begin at midnight",
            Self::NoUid => "it has no iCalUId",
            Self::BadRecurrence => "its recurrence cannot be read, and was left out",
            Self::GuestWithoutAddress => "a guest has no address",
            Self::GuestsHidden => "not all of its guests are shown",
            Self::UnknownAnswer => "an answer of a guest is not known, and was taken for none",
            Self::UnknownType => "a type is not known; the most ordinary one was taken",
            Self::UnknownShowAs => "how it is shown is not known; it was taken for busy",
            Self::Draft => "it was not sent yet, and those who are written in it are left out",
            Self::BadMoment => "a moment in it cannot be read, and was left out",
        })
    }
}
