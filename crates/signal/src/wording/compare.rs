//! Comparisons, said as counts; an adverb only where its gate is open.

use crate::fairness::Standing;
use crate::head_to_head::HeadToHead;
use crate::rates::Difference;

/// "When a 1:1 and the leadership meeting wanted the same time, the 1:1 gave way 7 of 9 times." `other` comes with its
/// article. Empty without a decided conflict.
pub fn gave_way(other: &str, found: &HeadToHead) -> String {
    let outcome = match (found.gave_way, found.conflicts) {
        (_, 0) => return String::new(),
        (0, 1) => "the 1:1 kept its time, the one time it happened".to_owned(),
        (_, 1) => "the 1:1 gave way, the one time it happened".to_owned(),
        (0, all) => format!("the 1:1 kept its time, all {all} times"),
        (some, all) if some == all => format!("the 1:1 gave way, all {all} times"),
        (some, all) => format!("the 1:1 gave way {some} of {all} times"),
    };
    let usually = if found.usually {
        " It usually gives way."
    } else {
        ""
    };
    format!("When a 1:1 and {other} wanted the same time, {outcome}.{usually}")
}

/// "1:1s were disrupted 13 of 26 times, comparable status meetings 3 of 26: plainly more often." Both counts from the
/// same strata; `others` in the plural, without article.
pub fn rate_against(
    others: &str,
    one_on_one: (u32, u32),
    other: (u32, u32),
    found: Difference,
) -> String {
    let plainly = if found.say {
        ": plainly more often"
    } else {
        ""
    };
    format!(
        "1:1s were disrupted {} of {} times, comparable {others} {} of {}{plainly}.",
        one_on_one.0, one_on_one.1, other.0, other.1
    )
}

/// For the manager only, of the report whom [`crate::fairness::Fairness::named`] names; starts without the name:
/// "9 of 13 did not happen as promised, where about 3 would be expected in the same weeks. …"
pub fn more_than_the_others(standing: &Standing) -> String {
    format!(
        "{} of {} did not happen as promised, where about {:.0} would be expected in the same weeks. \
         Look at the slot first: it may be where most of your conflicts fall.",
        standing.observed, standing.of, standing.expected
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rates::{Share, compare};

    #[test]
    fn conflicts_are_counted_and_usually_is_earned() {
        let say = |gave, of| gave_way("the leadership meeting", &HeadToHead::new(gave, of));
        let start = "When a 1:1 and the leadership meeting wanted the same time, the 1:1";
        assert_eq!(say(7, 9), format!("{start} gave way 7 of 9 times."));
        assert_eq!(
            say(6, 6),
            format!("{start} gave way, all 6 times. It usually gives way.")
        );
        assert_eq!(say(0, 4), format!("{start} kept its time, all 4 times."));
        assert_eq!(
            say(1, 1),
            format!("{start} gave way, the one time it happened.")
        );
        assert_eq!(say(0, 0), "");
    }

    #[test]
    fn a_rate_is_called_plainly_higher_only_when_it_is() {
        let say = |one: (u32, u32), other: (u32, u32)| {
            let found = compare(
                Share::counted(one.0, one.1),
                Share::counted(other.0, other.1),
            );
            rate_against("status meetings", one, other, found)
        };
        assert_eq!(
            say((13, 26), (3, 26)),
            "1:1s were disrupted 13 of 26 times, comparable status meetings 3 of 26: plainly more often."
        );
        assert_eq!(
            say((5, 26), (2, 26)),
            "1:1s were disrupted 5 of 26 times, comparable status meetings 2 of 26."
        );
    }

    #[test]
    fn a_named_report_is_said_with_what_was_expected_and_where_to_look_first() {
        let standing = Standing {
            observed: 9,
            of: 13,
            expected: 3.25,
            z: 4.0,
            shrunken_rate: 0.5,
        };
        assert_eq!(
            more_than_the_others(&standing),
            "9 of 13 did not happen as promised, where about 3 would be expected in the same weeks. \
             Look at the slot first: it may be where most of your conflicts fall."
        );
    }
}
