//! Who may be **named**, and **q**: the probability that the manager's side did it.

use super::{Rule, Threshold, Value, no_show::Tap};
use crate::case::{Actor, Who};

/// Below this confidence nobody is named.
pub const NAMED_FROM: f64 = 0.75;
/// For so long nobody may have looked before an update of a report who organises that names them by its SEQUENCE alone.
pub const UNSEEN_MINUTES: i64 = 60;
/// q where nobody can be named, or a scheduling bot acted by itself.
pub const UNDECIDED: f64 = 0.5;

/// The rule, as it is told.
pub const RULE: Rule = Rule {
    id: "one_on_one.attribution",
    title: "Attribution",
    meaning: "q is the probability that the manager's side did it: 1 for the manager or their delegate, 1/2 where the \
              source cannot say or a scheduling bot acted by itself, 0 for the report or a plan both accepted. A no \
              show goes by the report's word: 1 if the manager did not come, 1/2 if it did not happen. It is 1 for a \
              kept one without a cut, whoever changed it, and 0 for what is excused, disputed, unknown or open. Somebody \
              is named by a log of changes, or by their own refusal or counter-proposal that the organiser's update \
              followed within a day; where it may have followed later, or that was not the only update, nobody is. A \
              raised SEQUENCE alone names the manager's side where it organises. Where the report organises it names \
              nobody, unless the manager could not have said no unseen: a new time asks everybody again and wipes that \
              answer out, and what is told as the report's own change is excused.",
    thresholds: &[
        Threshold {
            name: "somebody is named from this confidence on",
            value: Value::Number(NAMED_FROM),
            why: "whose calendar lost it first (0.7) is a hint; a message or an organiser's update (0.9) is a trace",
        },
        Threshold {
            name: "from the last look to a change of the report's that only a raised SEQUENCE tells of, at most",
            value: Value::Minutes(UNSEEN_MINUTES),
            why: "who looks every hour sees a refusal that was answered later than that",
        },
        Threshold {
            name: "q of what nobody can be named for",
            value: Value::Number(UNDECIDED),
            why: "of two people, either",
        },
    ],
    decides: "q",
    file: file!(),
};

/// Who is named for a change.
pub fn who(actor: Actor) -> Who {
    // Written so that a confidence that is no number names nobody.
    if actor.confidence >= NAMED_FROM {
        actor.who
    } else {
        Who::Unknown
    }
}

/// q of something done by `who`; `None`: nothing was changed, or nobody knows what.
pub fn q_of(who: Option<Who>) -> f64 {
    match who {
        Some(Who::Manager | Who::Delegate) => 1.0,
        Some(Who::Report | Who::Plan) => 0.0,
        Some(Who::Automation | Who::Unknown) | None => UNDECIDED,
    }
}

/// q of what the report says.
pub fn q_of_tap(tap: Tap) -> f64 {
    match tap {
        Tap::NoManager => 1.0,
        Tap::NotHeld => UNDECIDED,
        Tap::NoMe => 0.0,
    }
}

#[cfg(test)]
#[test]
fn cases() {
    super::check::check(&[
        (
            "a bot",
            "gone; changed automation 1d before",
            "cancelled notice:short/1440 hops:1 by:automation q:0.5 loss",
        ),
        (
            "0.75 names",
            "gone; changed manager unsure 0.75 1d before",
            "cancelled notice:short/1440 hops:1 by:manager loss",
        ),
        (
            "0.74 does not",
            "gone; changed manager unsure 0.74 1d before",
            "cancelled notice:short/1440 hops:1 by:unknown q:0.5 loss",
        ),
        (
            "nor does it excuse",
            "gone; changed report unsure 0.7 1d before",
            "cancelled notice:short/1440 hops:1 by:unknown q:0.5 loss",
        ),
        (
            "kept by anybody is kept",
            "changed unknown 1d before; changed report 2h before from wed 10:00",
            "kept notice:short/1440 hops:2 by:unknown",
        ),
    ]);
}
