//! **Lunch.**

use super::{Case, Soft};

/// As it is told.
pub(super) const SOFT: Soft = Soft {
    id: "lunch",
    meaning: "Each quarter hour of somebody's lunch, of both of them.",
    weight: 4,
    why: "possible once in a while; half an hour at lunch costs two people as much as half an hour the report does not like, \
          twice",
    file: file!(),
    count: |case: &Case<'_>| case.count(&case.manager.lunch) + case.count(&case.report.lunch),
};
