//! Every input, with where its default comes from.

use super::Span;

/// Share of a year's pay, in percent, without figures of one's own.
pub const SHARE: u64 = 20;
/// Where that comes from.
pub const SHARE_ORIGIN: &str = "The median of 27 case studies was 21 % (Boushey and Glynn 2012): half of them lay below it, half \
                                above. It counts parting, finding, training and lost work together.";

/// One of the reader's own figures.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Key {
    /// Parting.
    Parting,
    /// Finding somebody.
    Finding,
    /// Training them.
    Training,
    /// What a week's work is worth.
    Week,
    /// Weeks without anybody.
    Empty,
    /// Share of the work that is not done meanwhile.
    Undone,
    /// Weeks of learning.
    Learning,
}

/// What a figure is counted in.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Unit {
    /// The currency of the pay.
    Money,
    /// Percent.
    Percent,
    /// Weeks.
    Weeks,
}

impl Unit {
    /// The most that is taken: what is beyond is a slip of the finger.
    pub const fn most(self) -> u64 {
        match self {
            Self::Money => 1_000_000_000,
            Self::Percent => 300,
            Self::Weeks => 260,
        }
    }
}

/// One input.
#[derive(Clone, Copy, Debug)]
pub struct Input {
    /// Which.
    pub key: Key,
    /// Its name in an address.
    pub name: &'static str,
    /// As it is read.
    pub label: &'static str,
    /// What it is counted in.
    pub unit: Unit,
    /// What stands there at first.
    pub default: Option<Span>,
    /// Where that comes from.
    pub origin: &'static str,
}

/// Nothing that could be stood for.
const YOURS: &str = "No default: nobody has a figure that holds for everybody.";

/// The reader's own figures, in the order in which they are asked.
pub const INPUTS: [Input; 7] = [
    Input {
        key: Key::Parting,
        name: "parting",
        label: "Parting: paperwork, handing over, leave paid out (% of a year’s pay)",
        unit: Unit::Percent,
        default: None,
        origin: YOURS,
    },
    Input {
        key: Key::Finding,
        name: "finding",
        label: "Finding somebody: notices, agencies, hours of interviews (% of a year’s pay)",
        unit: Unit::Percent,
        default: None,
        origin: YOURS,
    },
    Input {
        key: Key::Training,
        name: "training",
        label: "Training them: courses, and the hours of others (% of a year’s pay)",
        unit: Unit::Percent,
        default: None,
        origin: YOURS,
    },
    Input {
        key: Key::Empty,
        name: "empty",
        label: "Weeks in which the place is empty",
        unit: Unit::Weeks,
        default: None,
        origin: YOURS,
    },
    Input {
        key: Key::Undone,
        name: "undone",
        label: "Of the work, what is not done in those weeks (%)",
        unit: Unit::Percent,
        default: Some(Span { from: 50, to: 100 }),
        origin: "No source: a guess that others take over up to half of it. Change it.",
    },
    Input {
        key: Key::Learning,
        name: "learning",
        label: "Weeks until the new one is up to speed",
        unit: Unit::Weeks,
        default: None,
        origin: "No default. Half of these weeks is counted, as if the work grew evenly from nothing: an assumption.",
    },
    Input {
        key: Key::Week,
        name: "week",
        label: "What a week of this work is worth",
        unit: Unit::Money,
        default: None,
        origin: "Left empty: a year’s pay in 52 parts, which is what is paid for it. What it is worth to you, only you know.",
    },
];
