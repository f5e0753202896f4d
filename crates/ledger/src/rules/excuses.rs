//! What counts as **excused**.

use super::{Rule, Threshold, Value};
use crate::{
    case::{Away, Case, ManagerSays, ReportSays, Who},
    verdict::Excuse,
};
use steadfast_calendar::Slot;

/// An absence counts from this share of the promised slot on: numerator, denominator.
pub const COVERS_FROM: (i64, i64) = (1, 2);

/// The rule, as it is told.
pub const RULE: Rule = Rule {
    id: "one_on_one.excused",
    title: "Excused",
    meaning: "An excused one leaves numerator and denominator. Looked for only where it was not kept or something was \
              cut. The first that fits: the report says \"I asked\" or \"I could not come\", or it was the report's \
              own change; both say that they agreed; the manager's leave, the report's leave, or a public holiday \
              covers the promised slot (leave of either also where it is not known who of the two reports to whom); a plan both accepted. Only the report can say \"I asked\"; the manager's word \
              alone excuses nothing. Excused ones still count in the time since the two last met.",
    thresholds: &[Threshold {
        name: "share of the promised slot that leave or a holiday must cover",
        value: Value::Share(COVERS_FROM.0, COVERS_FROM.1),
        why: "with more than half of it free the 1:1 could have been held",
    }],
    decides: "excused",
    file: file!(),
};

/// The first excuse that fits, `changed_by` being who made the deciding change (nobody, for a no show).
pub fn first(case: &Case, changed_by: Option<Who>) -> Option<Excuse> {
    let by_report = changed_by == Some(Who::Report);
    let asked = matches!(case.report_says, Some(ReportSays::Asked | ReportSays::NoMe));
    let both_agreed = case.report_says == Some(ReportSays::Agreed)
        && case.manager_says == Some(ManagerSays::Agreed);
    if asked || by_report {
        Some(Excuse::Report)
    } else if both_agreed {
        Some(Excuse::Mutual)
    } else if away(case, Away::Manager) {
        Some(Excuse::LeaveManager)
    } else if away(case, Away::Report) {
        Some(Excuse::LeaveReport)
    } else if away(case, Away::OneOfTheTwo) {
        Some(Excuse::Leave)
    } else if away(case, Away::Holiday) {
        Some(Excuse::Holiday)
    } else if changed_by == Some(Who::Plan) {
        Some(Excuse::Plan)
    } else {
        None
    }
}

/// Whose leave, or which holiday, covers the promised slot; of several the one that excuses.
pub fn covering(case: &Case) -> Option<Away> {
    // Of nearly all nobody was away, and there may be a million.
    if case.absences.is_empty() {
        return None;
    }
    [
        Away::Manager,
        Away::Report,
        Away::OneOfTheTwo,
        Away::Holiday,
    ]
    .into_iter()
    .find(|who| away(case, *who))
}

fn away(case: &Case, who: Away) -> bool {
    let slots: Vec<Slot> = case
        .absences
        .iter()
        .filter(|absence| absence.who == who)
        .map(|absence| absence.slot)
        .collect();
    cover(case.promised, &slots)
}

/// Whether `spans` together cover enough of `place`; time under several of them counts once.
pub fn cover(place: Slot, spans: &[Slot]) -> bool {
    if place.seconds() == 0 {
        return spans
            .iter()
            .any(|span| span.start <= place.start && place.start < span.end);
    }
    let mut inside: Vec<Slot> = spans
        .iter()
        .filter(|span| span.overlaps(place))
        .copied()
        .collect();
    inside.sort_unstable();
    let mut covered = 0;
    let mut reached = place.start;
    for span in inside {
        let from = span.start.max(reached);
        let to = span.end.min(place.end);
        covered += to.seconds_since(from).max(0);
        reached = reached.max(to);
    }
    covered.saturating_mul(COVERS_FROM.1) >= place.seconds().saturating_mul(COVERS_FROM.0)
}

#[cfg(test)]
#[test]
fn cases() {
    super::check::check(&[
        (
            "half of the slot is covered",
            "gone; changed manager 1d before; away manager tue 0:00 to tue 10:15",
            "cancelled excused:leave_manager notice:short/1440 hops:1 by:manager q:0",
        ),
        (
            "a minute less is not enough",
            "gone; changed manager 1d before; away manager tue 0:00 to tue 10:14",
            "cancelled notice:short/1440 hops:1 by:manager loss",
        ),
        (
            "two absences of one person count together, the shared time once",
            "gone; changed manager 1d before; away report tue 9:00 to tue 10:10; away report tue 10:05 to tue 10:15",
            "cancelled excused:leave_report notice:short/1440 hops:1 by:manager q:0",
        ),
        (
            "time under two of them counts once, also where one lies within another",
            "gone; changed manager 1d before; away report tue 10:00 to tue 10:12; away report tue 10:02 to tue 10:04; \
             away report tue 10:04 to tue 10:14",
            "cancelled notice:short/1440 hops:1 by:manager loss",
        ),
        (
            "and where two touch the same minutes",
            "gone; changed manager 1d before; away report tue 9:00 to tue 10:10; away report tue 10:05 to tue 10:14",
            "cancelled notice:short/1440 hops:1 by:manager loss",
        ),
        (
            "one of each person's do not",
            "gone; changed manager 1d before; away report tue 9:00 to tue 10:10; away manager tue 10:10 to tue 10:20",
            "cancelled notice:short/1440 hops:1 by:manager loss",
        ),
        (
            "it is the promised slot that must be covered, not the new one",
            "held thu 10:00; changed manager 1d before; away manager thu 0:00 to fri 0:00",
            "moved notice:short/1440 hops:1 by:manager disruption",
        ),
        (
            "the report's word comes before leave, leave before a holiday, a holiday before a plan",
            "gone; changed plan 1d before; away holiday tue 0:00 to wed 0:00; away manager tue 0:00 to wed 0:00; \
             away report tue 0:00 to wed 0:00; report says asked",
            "cancelled excused:report notice:short/1440 hops:1 by:plan q:0",
        ),
        (
            "leave before a holiday",
            "gone; changed plan 1d before; away holiday tue 0:00 to wed 0:00; away report tue 0:00 to wed 0:00",
            "cancelled excused:leave_report notice:short/1440 hops:1 by:plan q:0",
        ),
        (
            "a holiday before a plan",
            "gone; changed plan 1d before; away holiday tue 0:00 to wed 0:00",
            "cancelled excused:holiday notice:short/1440 hops:1 by:plan q:0",
        ),
        (
            "only the report says that they agreed",
            "gone; changed manager 1d before; report says agreed",
            "cancelled notice:short/1440 hops:1 by:manager loss",
        ),
        (
            "leave of one of the two, whoever of them reports to the other",
            "gone; changed unknown 1d before; away one_of_the_two tue 0:00 to wed 0:00; away holiday tue 0:00 to wed 0:00",
            "cancelled excused:leave notice:short/1440 hops:1 by:unknown q:0",
        ),
        (
            "nothing to excuse",
            "away manager tue 0:00 to wed 0:00; report says asked",
            "kept",
        ),
        (
            "kept, and cut at the report's wish",
            "held tue 10:00 for 14m; changed manager 1d before; report says asked",
            "kept cut:halved excused:report notice:short/1440 hops:1 by:manager q:0",
        ),
        (
            "an excused loss is made good all the same",
            "gone; changed report 1d before; replaced thu 10:00",
            "moved made_good excused:report notice:short/1440 hops:1 by:report q:0",
        ),
    ]);
}
