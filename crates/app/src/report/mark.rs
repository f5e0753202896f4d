//! One mark per promised 1:1, the same in the terminal, the picture and the table.

use steadfast_ledger::occurrence::Occurrence;
use steadfast_ledger::verdict::{Cut, Outcome};

/// The marks of the ribbon.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Mark {
    /// It stood.
    Kept,
    /// A little off; counts as stood.
    Nudged,
    /// Held at its time, for more than half of its length; counts as stood.
    Shortened,
    /// Held at its time, for less than half of its length; does not count as stood.
    Cut,
    /// A little off, and told at the last minute; does not count as stood.
    NudgedLate,
    /// Held at another time soon.
    Moved,
    /// Held later than that.
    Slipped,
    /// Lost: not held, or so little of it that it counts as lost.
    Lost,
    /// Lost at first, then replaced.
    MadeGood,
    /// Counts neither way.
    Excused,
    /// Disputed, or the evidence cannot say.
    Unknown,
    /// Still to come.
    ToCome,
}

impl Mark {
    /// All of them, in the order of a legend.
    pub(crate) const ALL: [Self; 12] = [
        Self::Kept,
        Self::Nudged,
        Self::Shortened,
        Self::NudgedLate,
        Self::Cut,
        Self::Moved,
        Self::Slipped,
        Self::MadeGood,
        Self::Lost,
        Self::Excused,
        Self::Unknown,
        Self::ToCome,
    ];

    /// The mark of one occurrence. What is not judged comes first, then what is excused, then the graver.
    pub(crate) fn of(occurrence: &Occurrence) -> Self {
        let verdict = &occurrence.verdict;
        match verdict.outcome {
            Outcome::Open => Self::ToCome,
            Outcome::Unknown | Outcome::Disputed => Self::Unknown,
            _ if verdict.excused.is_some() => Self::Excused,
            _ if verdict.made_good => Self::MadeGood,
            _ if verdict.loss => Self::Lost,
            Outcome::Skipped | Outcome::Cancelled | Outcome::Missing | Outcome::NoShow => {
                Self::Lost
            }
            Outcome::Moved => Self::Moved,
            Outcome::Slipped => Self::Slipped,
            Outcome::Kept | Outcome::Nudged if is_cut_short(verdict.cut) => Self::Cut,
            Outcome::Nudged if verdict.disruption => Self::NudgedLate,
            Outcome::Kept | Outcome::Nudged if verdict.cut.is_some() => Self::Shortened,
            Outcome::Nudged => Self::Nudged,
            Outcome::Kept => Self::Kept,
        }
    }

    /// Its character on a terminal that shows Unicode.
    pub(crate) const fn unicode(self) -> char {
        match self {
            Self::Kept => '●',
            Self::Nudged => '◐',
            Self::Shortened => '◕',
            Self::Cut => '◔',
            Self::NudgedLate => '→',
            Self::Moved => '↷',
            Self::Slipped => '⇢',
            Self::Lost => '○',
            Self::MadeGood => '◎',
            Self::Excused => '–',
            Self::Unknown => '?',
            Self::ToCome => '·',
        }
    }

    /// Its character elsewhere: a kept row is a plain line, anything else a letter or a gap in it.
    pub(crate) const fn ascii(self) -> char {
        match self {
            Self::Kept => '=',
            Self::Nudged => 'n',
            Self::Shortened => 'u',
            Self::Cut => 'c',
            Self::NudgedLate => 'N',
            Self::Moved => 'm',
            Self::Slipped => 's',
            Self::Lost => 'X',
            Self::MadeGood => 'g',
            Self::Excused => '-',
            Self::Unknown => '?',
            Self::ToCome => '.',
        }
    }

    /// Its word in a legend.
    pub(crate) const fn word(self) -> &'static str {
        match self {
            Self::Kept => "stood",
            Self::Nudged => "nudged",
            Self::Shortened => "a little shorter",
            Self::Cut => "cut to less than half",
            Self::NudgedLate => "nudged at the last minute",
            Self::Moved => "moved",
            Self::Slipped => "slipped",
            Self::Lost => "lost",
            Self::MadeGood => "lost, made good",
            Self::Excused => "excused",
            Self::Unknown => "not known",
            Self::ToCome => "to come",
        }
    }
}

/// Whether less than half was held: then it does not count as stood.
pub(crate) const fn is_cut_short(cut: Option<Cut>) -> bool {
    matches!(cut, Some(Cut::Halved | Cut::Token))
}
