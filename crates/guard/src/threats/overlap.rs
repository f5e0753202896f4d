//! **Another meeting at its time**, on the calendar of either. Accepted, tentative and unanswered are told apart: an
//! invitation that nobody answered needs a word, an accepted one needs a way back.

use super::{Evidence, Kind, Threat, seen};
use crate::case::Case;
use crate::ids::PersonId;
use crate::world::meeting::{Answer, Meeting, class_words};
use steadfast_ledger::occurrence::Class;

/// Less is no conflict: the same five minutes as for the ledger's comparisons.
pub(super) const LEAST_SECONDS: i64 = 5 * 60;

pub(super) fn find(case: &Case<'_>, found: &mut Vec<Threat>) {
    with_others(case, |person, other, answer| {
        if !super::runs_into::is_the_one_before(case, other) {
            let because = because(case, person, other, answer);
            found.push(threat(
                case,
                Kind::Overlap,
                (person, other, answer),
                because,
            ));
        }
    });
}

/// Everything that takes time of one of the two while the 1:1 is on.
pub(super) fn with_others(case: &Case<'_>, mut each: impl FnMut(PersonId, &Meeting, Answer)) {
    let Some((stands, slot)) = case.to_come() else {
        return;
    };
    for person in case.two() {
        if stands.answer_of(person) == Some(Answer::Declined) {
            continue;
        }
        for other in case.world.around(person, slot) {
            let answer = other.answer_of(person).unwrap_or(Answer::Declined);
            let counts = other.id != stands.id
                && other.class != Class::Leave
                && other.takes_time_of(person, case.now)
                && other.slot.overlap_seconds(slot) >= LEAST_SECONDS;
            if counts {
                each(person, other, answer);
            }
        }
    }
}

pub(super) fn threat(
    case: &Case<'_>,
    kind: Kind,
    (person, other, answer): (PersonId, &Meeting, Answer),
    because: String,
) -> Threat {
    Threat {
        evidence: Evidence {
            meeting: Some(other.id),
            version: other.version,
            answer: seen(answer),
            changes: 0,
        },
        ..super::about(case, kind, person, because)
    }
}

fn because(case: &Case<'_>, person: PersonId, other: &Meeting, answer: Answer) -> String {
    let what = if other.confidence < crate::policy::Bounds::default().least_confidence {
        "another meeting"
    } else {
        class_words(other.class)
    };
    let with = if case.is_manager(person) {
        "your report"
    } else {
        "your manager"
    };
    let state = match answer {
        _ if other.organiser == person => "which is yours",
        Answer::Accepted => "which you accepted",
        Answer::Tentative => "which you answered with perhaps",
        _ => "which you have not answered",
    };
    format!("{what}, {state}, lies over the 1:1 with {with}")
}
