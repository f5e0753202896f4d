//! What a report lists, one after another.

use super::model::{Doubtful, Pair, Report};

/// The long lists of a report, each entry made when its turn comes: of a large calendar they are never held all at once.
pub struct Listed<'a, P = Pair, D = Doubtful> {
    /// The 1:1s, in the order of the page.
    pub pairs: &'a mut dyn Iterator<Item = P>,
    /// What may be a 1:1 and is not counted.
    pub doubtful: &'a mut dyn Iterator<Item = D>,
}

impl Listed<'_> {
    /// `report` with its lists, for whoever says something of all of it before the first.
    pub fn within(self, report: &Report) -> Report {
        Report {
            pairs: self.pairs.collect(),
            doubtful: self.doubtful.collect(),
            ..report.clone()
        }
    }
}
