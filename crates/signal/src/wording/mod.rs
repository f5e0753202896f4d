//! What may be said, and how: facts first, counts before adjectives, the actor only where the evidence names one.
//! Takes counts, never names; a renderer puts the name in front.

mod compare;
mod facts;
mod sentence;

pub use compare::{gave_way, more_than_the_others, rate_against};
pub use facts::{Facts, facts};
pub use sentence::{How, sentence, tag};

use crate::bands::Band;

/// Through whose eyes a sentence is read.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Hash)]
pub enum View {
    /// The manager, in private: heads-up and pattern are said.
    Manager,
    /// The report, unasked: counts, never a verdict.
    Report,
    /// The report who asked "how does this read?" (running an audit is asking): a pattern is said, a heads-up never.
    ReportAsking,
    /// Neither of the two in particular: in the third person, otherwise as for the manager.
    Both,
}

impl View {
    /// Whether this reader may be told that a pair stands in `band`.
    pub const fn hears(self, band: Band) -> bool {
        match band {
            Band::TooEarly | Band::Steady | Band::Mixed => true,
            Band::HeadsUp => matches!(self, Self::Manager | Self::Both),
            Band::Pattern => !matches!(self, Self::Report),
        }
    }

    /// The one word for what happened as promised: theirs was kept for a report, and stood for anybody else. Both mean: on
    /// the calendar.
    const fn stood(self) -> &'static str {
        match self {
            Self::Manager | Self::Both => "stood",
            Self::Report | Self::ReportAsking => "kept",
        }
    }

    /// Of a change that came from the manager's side. Never "by you": a person may have been asked in the corridor.
    const fn managers_calendar(self) -> &'static str {
        match self {
            Self::Manager => "from your calendar",
            Self::Report | Self::ReportAsking => "from your manager's calendar",
            Self::Both => "from the manager's calendar",
        }
    }
}
