//! **Gone with its series**: the series was deleted or ended, and the reporting line was not.

use super::{Kind, Threat, about};
use crate::case::Case;
use crate::debt;

pub(super) fn find(case: &Case<'_>, found: &mut Vec<Threat>) {
    if case.promise.series_gone && case.stands.is_none() && debt::is_owed(case) {
        let because = "its series ended, and your report still reports to you".to_owned();
        found.push(about(case, Kind::SeriesGone, case.one.manager, because));
    }
}
