//! Why an edit was not made.

use std::{error, fmt};

/// Why an edit was not made. Nothing was changed.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub enum EditError {
    /// It says so already.
    AlreadySo,
    /// There is no such object, or no such occurrence in it.
    NotFound,
    /// There is an object already where a new one was to be.
    Occupied,
    /// It is not clear which component is meant: several UIDs, several masters, or two overrides of one occurrence.
    Ambiguous,
    /// The text is no whole calendar object.
    Unreadable,
    /// Only whoever organises the meeting may do this.
    NotTheOrganizer,
    /// They are not among those invited.
    NotInvited,
    /// The occurrence, or the whole series, is cancelled.
    Cancelled,
    /// It has changes "from here on" (RANGE=THISANDFUTURE), which are not edited.
    FromHereOn,
    /// It does not simply repeat every so many weeks without an end, or has nothing before: it is not split.
    OddRule,
    /// A whole-day event cannot begin or end within a day.
    WholeDay,
    /// The moment cannot be written in the clock of the series: the hour comes twice.
    Unsayable,
    /// The clock has no name that a series could be kept on.
    NoZone,
    /// An end that is not after its start, or an empty or impossible UID or address.
    Impossible,
    /// The result would not have said what was meant; it was thrown away.
    NotAsMeant,
}

impl fmt::Display for EditError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::AlreadySo => "it is so already",
            Self::NotFound => "it is not there (any more)",
            Self::Occupied => "there is something in its place already",
            Self::Ambiguous => {
                "it is not clear which of several is meant; edit it in your calendar"
            }
            Self::Unreadable => {
                "the calendar's text cannot be read whole; edit it in your calendar"
            }
            Self::NotTheOrganizer => "only its organiser may do this; ask them",
            Self::NotInvited => "it was not sent to this address; answer from the invited one",
            Self::Cancelled => "it is cancelled; restore it first",
            Self::FromHereOn => "it was changed from some day on; edit it in your calendar",
            Self::OddRule => {
                "it does not simply repeat every week or every few weeks, from before on and without an end; move it in your calendar"
            }
            Self::WholeDay => "it takes whole days; give whole days",
            Self::Unsayable => "that hour comes twice on that day; choose another",
            Self::NoZone => {
                "your time zone is not known by a name; choose it on the page Calendars"
            }
            Self::Impossible => "such a time or address cannot be",
            Self::NotAsMeant => {
                "the change would have touched more than was meant; edit it in your calendar"
            }
        })
    }
}

impl error::Error for EditError {}
