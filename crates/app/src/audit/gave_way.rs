//! What a 1:1 gave way to. Said of each one that did, and counted in the comparison with the manager's other meetings: both
//! ask here, so that no mark says otherwise than the sum.

use super::finish::Desk;
use std::collections::HashMap;
use steadfast_calendar::Instant;
use steadfast_ledger::{
    busy::Conflict,
    occurrence::{Class, Occurrence},
    people::PersonId,
    verdict::Outcome,
};

/// Whether `one` is the 1:1 that gave way in that conflict: it was promised and changed, what became of it is known, and it was
/// not for leave or a holiday.
pub(super) fn gave_way(one: &Occurrence, conflict: &Conflict) -> bool {
    let is_known = !matches!(one.verdict.outcome, Outcome::Unknown | Outcome::Open);
    let was_away = one
        .cause
        .as_ref()
        .is_some_and(|cause| matches!(cause.class, Class::Leave | Class::Holiday));
    conflict.one_on_one_gave_way
        && conflict.one_on_one == id(one)
        && is_known
        && one.verdict.deciding_change.is_some()
        && !was_away
}

/// How a conflict names a 1:1.
pub(super) fn id(one: &Occurrence) -> Instant {
    one.recurrence_id.unwrap_or(one.promised.start)
}

/// Notes with each of `manager`'s 1:1s what it gave way to.
pub(super) fn note(desk: &Desk<'_>, manager: PersonId, occurrences: &mut [Occurrence]) {
    let Some(conflicts) = desk.conflicts.get(&manager) else {
        return;
    };
    // By the few 1:1s of this pair: of the manager's conflicts there may be a hundred times as many.
    let mut met: HashMap<Instant, Vec<&Conflict>> = occurrences
        .iter()
        .filter(|one| one.cause.is_some())
        .map(|one| (id(one), Vec::new()))
        .collect();
    for conflict in conflicts.iter().filter(|one| one.one_on_one_gave_way) {
        if let Some(met) = met.get_mut(&conflict.one_on_one) {
            met.push(conflict);
        }
    }
    for one in occurrences {
        let met = met.get(&id(one)).into_iter().flatten();
        let mut to: Vec<Class> = met
            .filter(|conflict| gave_way(one, conflict))
            .map(|conflict| conflict.class)
            .collect();
        to.sort_unstable();
        to.dedup();
        if let Some(cause) = one.cause.as_mut().filter(|_| !to.is_empty()) {
            cause.gave_way_to = to;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_known_and_what_was_for_leave_gave_way_to_nothing() {
        let conflict = Conflict {
            class: Class::Leadership,
            one_on_one_gave_way: true,
            at: Instant::from_seconds(1_772_550_000),
            one_on_one: Instant::from_seconds(1_772_550_000),
        };
        let check = |outcome: &str, cause: &str, expected: bool| {
            let text = format!(
                r#"{{"recurrence_id":1772550000,"uid":null,"promised":{{"start":1772550000,"end":1772551800}},"verdict":{{"outcome":"{outcome}",
                "cut":null,"notice":null,"notice_minutes":null,"notice_range":null,"hops":1,"deciding_change":0,"actor":null,"excused":null,
                "q":0.0,"disruption":false,"loss":false,"made_good":false,"held":null,"rule":"one_on_one.moved","because":"x"}},"actor":null,
                "changed_at":null,"cause":{{"class":"{cause}","uid":null,"probability":1.0}},"overlapped":false,"away":null,
                "unknown_because":null,"report_says":null,"manager_says":null,"changed_afterwards":false}}"#
            );
            let one: Occurrence = serde_json::from_str(&text).unwrap();
            assert_eq!(gave_way(&one, &conflict), expected, "{outcome} {cause}");
        };
        check("Moved", "Unknown", true);
        check("Cancelled", "Customer", true);
        check("Unknown", "Unknown", false);
        check("Cancelled", "Leave", false);
    }
}
