//! Where the names and rows of a report lead, and what else a page has.

use super::super::model::{Pair, Report};
use steadfast_ledger::occurrence::Occurrence;

/// Addresses of a pair's own page and of an occurrence's; a report that is a file by itself has neither.
#[derive(Clone, Copy, Debug)]
pub struct Ways {
    /// To the page of a pair.
    pub pair: Option<fn(&Pair) -> String>,
    /// To the page of an occurrence.
    pub occurrence: Option<fn(&Report, &Pair, &Occurrence) -> String>,
    /// The pair has the page to itself: there is no other place for what several pairs would be told alike.
    pub alone: bool,
}

impl Ways {
    /// Nowhere.
    pub const NONE: Self = Self {
        pair: None,
        occurrence: None,
        alone: false,
    };
}
