//! What counts as **early**, **fair**, **short** and **last-minute** notice.

use super::{Rule, Threshold, Value};
use crate::{case::Change, verdict::Notice};

/// From here on notice is early.
pub const EARLY_FROM_MINUTES: i64 = 7 * 24 * 60;
/// From here on it is fair.
pub const FAIR_FROM_MINUTES: i64 = 2 * 24 * 60;
/// From here on it is short, under it last-minute.
pub const SHORT_FROM_MINUTES: i64 = 2 * 60;

/// The rule, as it is told.
pub const RULE: Rule = Rule {
    id: "one_on_one.notice",
    title: "Notice: early, fair, short, last-minute",
    meaning: "From the change to the start of the slot as it was before that change; negative when made after the \
              start. Where the change lies between two looks at the calendar, notice is a range and its gentler end \
              is taken. Where its moment is not known at all, notice is unknown and nothing is claimed from it.",
    thresholds: &[
        Threshold {
            name: "early from",
            value: Value::Minutes(EARLY_FROM_MINUTES),
            why: "a week ahead the report plans the new time like any other",
        },
        Threshold {
            name: "fair from",
            value: Value::Minutes(FAIR_FROM_MINUTES),
            why: "two days leave time to prepare anew and to rearrange the day",
        },
        Threshold {
            name: "short from, last-minute under",
            value: Value::Minutes(SHORT_FROM_MINUTES),
            why: "under two hours the report has prepared, and may learn of it in the doorway",
        },
    ],
    decides: "notice",
    file: file!(),
};

/// The notice that one change gave.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Given {
    /// The fewest minutes it can have been.
    pub least: i64,
    /// The most minutes it can have been; the same where the moment is known.
    pub most: i64,
}

impl Given {
    /// What is counted with: the gentler end.
    pub const fn minutes(self) -> i64 {
        self.most
    }

    /// The class it falls in.
    pub const fn class(self) -> Notice {
        class(self.minutes())
    }

    /// `(least, most)` where they differ.
    pub fn range(self) -> Option<(i64, i64)> {
        (self.least != self.most).then_some((self.least, self.most))
    }
}

/// The notice of `change`; `None` where its moment is not known. Begun minutes count as not given.
pub fn of(change: &Change) -> Option<Given> {
    let at = change.at?;
    let since = |moment| change.slot_start_before.minutes_since(moment);
    Some(Given {
        least: since(at.latest.max(at.earliest)),
        most: since(at.earliest.min(at.latest)),
    })
}

/// The class of a notice in minutes.
pub const fn class(minutes: i64) -> Notice {
    if minutes >= EARLY_FROM_MINUTES {
        Notice::Early
    } else if minutes >= FAIR_FROM_MINUTES {
        Notice::Fair
    } else if minutes >= SHORT_FROM_MINUTES {
        Notice::Short
    } else {
        Notice::LastMinute
    }
}

#[cfg(test)]
#[test]
fn cases() {
    super::check::check(&[
        (
            "seven days",
            "held thu 10:00; changed manager 7d before",
            "moved notice:early/10080 hops:1 by:manager",
        ),
        (
            "a minute under seven days",
            "held thu 10:00; changed manager 6d23h59m before",
            "moved notice:fair/10079 hops:1 by:manager disruption",
        ),
        (
            "two days",
            "held thu 10:00; changed manager 2d before",
            "moved notice:fair/2880 hops:1 by:manager disruption",
        ),
        (
            "a minute under two days",
            "held thu 10:00; changed manager 1d23h59m before",
            "moved notice:short/2879 hops:1 by:manager disruption",
        ),
        (
            "two hours",
            "held thu 10:00; changed manager 2h before",
            "moved notice:short/120 hops:1 by:manager disruption",
        ),
        (
            "a minute under two hours",
            "held thu 10:00; changed manager 1h59m before",
            "moved notice:last_minute/119 hops:1 by:manager disruption",
        ),
        (
            "after the start",
            "gone; changed manager tue 10:10",
            "cancelled notice:last_minute/-10 hops:1 by:manager loss",
        ),
        (
            "from the slot it had then, not from the promised one",
            "held fri 10:00; changed manager 1d before from thu 10:00",
            "moved notice:short/1440 hops:1 by:manager disruption",
        ),
        (
            "a range within one class",
            "held thu 10:00; changed manager between 2d and 3d before",
            "moved notice:fair/4320[2880..4320] hops:1 by:manager disruption",
        ),
        (
            "a range across a limit: the gentler class",
            "held thu 10:00; changed manager between 1h and 8d before",
            "moved notice:early/11520[60..11520] hops:1 by:manager",
        ),
        (
            "not known",
            "held thu 10:00; changed manager at an unknown time",
            "moved hops:1 by:manager",
        ),
    ]);
}
