//! Whom a look at a 1:1 is told to. What a report looks at of their own 1:1s, and takes home, is written down for nobody: a
//! manager who could read it would learn when somebody worries. That a manager looks, the report is told.

use crate::report::model::Pair;
use crate::report::seat::{manager, subordinate};
use crate::server::Viewer;

/// The addresses of those of `pairs` who report to the viewer; of a pair in which that is not known, neither.
pub(crate) fn led_by<'a>(
    viewer: &Viewer,
    pairs: impl IntoIterator<Item = &'a Pair>,
) -> Vec<&'a str> {
    let leads = |pair: &&Pair| manager(pair).is_some_and(|one| *one.address == *viewer.person());
    let pairs = pairs.into_iter().filter(leads);
    pairs
        .filter_map(subordinate)
        .map(|one| &*one.address)
        .collect()
}
