//! Why something is not done, in words for the log.

use crate::settle::Stop;
use std::fmt;

/// Why something is not done.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Refused {
    /// The switch is off.
    Stopped,
    /// The policy only watches.
    OnlyWatches,
    /// The policy only advises, and nobody asked for it.
    OnlyAdvises,
    /// Dry run.
    DryRun,
    /// It is not the owner's to change.
    NotTheirs,
    /// It begins too soon, or would.
    Frozen,
    /// Enough was done today.
    EnoughToday,
    /// It would reach somebody above the owner.
    AboveInLine,
    /// It would reach somebody outside.
    Outside,
    /// It would reach somebody who has not joined.
    NotJoined,
    /// The owner has not yet read what is sent to that person.
    NotPreviewed,
    /// What sort of meeting it is, is a guess.
    ClassUnsure,
    /// Of somebody's calendar not everything is seen.
    CalendarUnseen,
    /// That may take the time of a 1:1.
    MayWin,
    /// It calls itself something urgent that may take the time of a 1:1.
    SaysUrgent,
    /// It may be a customer's emergency, which may.
    MayBeEmergency,
    /// That event was told already.
    SaidBefore,
    /// It was executed already.
    DoneBefore,
    /// The owner did something about that meeting themselves.
    OwnerDecided,
    /// It would go round in circles.
    Circle(Stop),
}

impl Refused {
    /// Whether it was a bound of the owner's, or what is known, that held the guard back: what it would have done is told. What
    /// it is not to do at all, or has done, is not.
    pub const fn is_held_back(self) -> bool {
        !matches!(
            self,
            Self::Stopped
                | Self::OnlyWatches
                | Self::OnlyAdvises
                | Self::NotTheirs
                | Self::SaidBefore
                | Self::DoneBefore
                | Self::OwnerDecided
                | Self::Circle(Stop::Again)
        )
    }
}

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Stopped => "the guard is switched off",
            Self::OnlyWatches => "this 1:1 is only watched",
            Self::OnlyAdvises => "this 1:1 is advised on; nothing is written without you",
            Self::DryRun => "this is a dry run",
            Self::NotTheirs => "it is not yours to change",
            Self::Frozen => "it is too close to the start to move anything by itself",
            Self::EnoughToday => "enough was done in your name today",
            Self::AboveInLine => "it would reach somebody above you, and that is yours to say",
            Self::Outside => "it would reach somebody outside, and that is yours to say",
            Self::NotJoined => "it would reach somebody who has not joined",
            Self::NotPreviewed => "you have not yet read what is sent to that person",
            Self::ClassUnsure => "what sort of meeting it is, is a guess",
            Self::CalendarUnseen => "whether everybody in it is free then is not known",
            Self::MayWin => "you said that this may take the time",
            Self::SaysUrgent => "it calls itself urgent, which you let win",
            Self::MayBeEmergency => {
                "whether it is a customer's emergency, which you let take the time, is not known"
            }
            Self::SaidBefore => "that was told already",
            Self::DoneBefore => "that was done already",
            Self::OwnerDecided => "you decided about that meeting yourself",
            Self::Circle(Stop::Again) => "that was tried once already, for the same reason",
            Self::Circle(Stop::Machine) => {
                "another program changed it back, and two programs must not argue"
            }
            Self::Circle(Stop::Enough) => "enough was changed for this 1:1",
        })
    }
}

impl std::error::Error for Refused {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_done_or_decided_is_not_told_as_held_back() {
        for (refused, is_told) in [
            (Refused::Circle(Stop::Again), false),
            (Refused::Circle(Stop::Machine), true),
            (Refused::OwnerDecided, false),
            (Refused::Frozen, true),
        ] {
            assert_eq!(refused.is_held_back(), is_told, "{refused}");
        }
    }
}
