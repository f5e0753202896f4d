//! Where the names and rows of a report lead.

use super::super::model::{Pair, Report};
use steadfast_ledger::occurrence::Occurrence;

/// Addresses of a pair's own page and of an occurrence's; a report that is a file by itself has neither.
#[derive(Clone, Copy, Debug)]
pub struct Ways {
    /// To the page of a pair.
    pub pair: Option<fn(&Pair) -> String>,
    /// To the page of an occurrence.
    pub occurrence: Option<fn(&Report, &Pair, &Occurrence) -> String>,
}

impl Ways {
    /// Nowhere.
    pub const NONE: Self = Self {
        pair: None,
        occurrence: None,
    };
}
