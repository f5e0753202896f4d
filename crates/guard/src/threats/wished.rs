//! **Another time is asked for**: it stands, and the report would rather have it at another time. Only the manager's tap offers one.

use super::{Kind, Threat, about};
use crate::case::Case;

pub(super) fn find(case: &Case<'_>, found: &mut Vec<Threat>) {
    if case.promise.wished && case.to_come().is_some() {
        let because = "your report asks for another time".to_owned();
        found.push(about(case, Kind::Wished, case.one.manager, because));
    }
}
