//! **Where the manager's 1:1s tend to give way.**

use super::{Case, Soft};

/// As it is told.
pub(super) const SOFT: Soft = Soft {
    id: "bump_risk",
    short: |_| "where {manager}'s 1:1s tend to give way",
    meaning: "It touches hours in which this manager's 1:1s tend to be displaced; counted once, and once more for each recent \
              disruption of the pair.",
    weight: 3,
    why: "the best place is one that lasts: worth less than a quarter hour of what the report asked for, more for who was \
          let down lately",
    file: file!(),
    count: |case: &Case<'_>| {
        if case.count(&case.manager.risky) > 0 {
            case.weight
        } else {
            0
        }
    },
};
