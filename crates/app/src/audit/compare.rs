//! One manager's comparisons: with their other meetings, and between their reports.

use super::{
    against::{self, Promised},
    finish::Desk,
    judged::Judged,
    pair::person,
    reading::is_eligible,
};
use crate::report::model::{Comparison, Fairness, Pair, RateAgainst};
use crate::report::tally::Tally;
use steadfast_ledger::{busy::Conflict, occurrence::Class, people::PersonId};
use steadfast_signal::{fairness, head_to_head::ENOUGH_CONFLICTS, ladder};

/// Seed of the permutations: the same calendar gives the same answer.
const SEED: u64 = 0x5eed;
/// Weeks that fairness looks at: half a year, where it can see a difference at all.
const FAIRNESS_WEEKS: i64 = 26;

/// The comparisons of `manager`, whose own pairs are among those `judged`; `rates` are those of their other meetings.
pub(super) fn comparison(
    desk: &Desk<'_>,
    manager: PersonId,
    judged: &Judged,
    rates: Vec<RateAgainst>,
) -> Comparison {
    let address = desk.directory.person(manager).address;
    let as_manager = |p: &&Pair| {
        p.manager
            .and_then(|m| p.people.get(m))
            .is_some_and(|p| *p.address == *address)
    };
    let as_report = |p: &&Pair| {
        p.manager
            .and_then(|m| p.people.get(1 - m.min(1)))
            .is_some_and(|p| *p.address == *address)
    };
    let pairs = judged.managed().map(|(_, pair)| pair);
    let own: Vec<&Pair> = pairs.clone().filter(as_manager).collect();
    let boss: Vec<&Pair> = pairs.filter(as_report).collect();
    let of = |pairs: &[&Pair]| Tally::of(pairs.iter().flat_map(|p| desk.printed(&p.occurrences)));
    let (with_reports, with_boss) = (of(&own), of(&boss));
    let promised = Promised::of(&own);
    let conflicts: Vec<Conflict> = desk
        .conflicts
        .get(&manager)
        .into_iter()
        .flatten()
        .copied()
        .filter(|c| desk.printed.from <= c.at && c.at < desk.printed.to)
        .filter(|conflict| promised.counts(conflict))
        .collect();
    // Told beside what was decided, and nowhere else.
    let beside = if conflicts.is_empty() {
        Default::default()
    } else {
        promised.beside(desk, manager)
    };
    Comparison {
        manager: person(manager, desk.directory),
        reports_stood: with_reports.stood_of(),
        reports_neither: with_reports.moved_when_unknown,
        boss_stood: Some(with_boss.stood_of()).filter(|(_, eligible)| *eligible > 0),
        boss_neither: with_boss.moved_when_unknown,
        stood_in_leave: with_reports.stood_in_leave + with_boss.stood_in_leave,
        head_to_head: against::by_class(&promised, &conflicts, beside),
        rates,
        ladder: ladder(&conflicts),
        fairness: fairness(desk, manager, &own),
    }
}

/// How strongly each class keeps its time against the others, strongest first; of classes with too few conflicts
/// nothing is said.
fn ladder(conflicts: &[Conflict]) -> Vec<(Class, f64)> {
    let mut classes: Vec<Class> = conflicts.iter().map(|c| c.class).collect();
    classes.sort_unstable();
    classes.dedup();
    classes.retain(|class| {
        let of = conflicts.iter().filter(|c| c.class == *class).count();
        of >= ENOUGH_CONFLICTS as usize
    });
    if classes.is_empty() {
        return Vec::new();
    }
    let one_on_one = classes.len();
    let mut wins = vec![vec![0_u32; one_on_one + 1]; one_on_one + 1];
    for conflict in conflicts {
        let Ok(other) = classes.binary_search(&conflict.class) else {
            continue;
        };
        let (winner, loser) = if conflict.one_on_one_gave_way {
            (other, one_on_one)
        } else {
            (one_on_one, other)
        };
        if let Some(cell) = wins.get_mut(winner).and_then(|row| row.get_mut(loser)) {
            *cell += 1;
        }
    }
    classes.push(Class::OneOnOne);
    let mut ladder: Vec<(Class, f64)> = classes.into_iter().zip(ladder::strengths(&wins)).collect();
    ladder.sort_by(|a, b| b.1.total_cmp(&a.1));
    ladder
}

/// Between the reports of one manager, over the last half year; the manager's eyes only.
fn fairness(desk: &Desk<'_>, manager: PersonId, own: &[&Pair]) -> Option<Fairness> {
    if desk.me.is_some_and(|me| me != manager) {
        return None;
    }
    // Of a window in which no two of them have anything that counts, there is nothing to compare.
    let shown = |pair: &&&Pair| desk.printed(&pair.occurrences).any(is_eligible);
    if own.iter().filter(shown).count() < 2 {
        return None;
    }
    let start = desk.now.plus_days(-7 * FAIRNESS_WEEKS);
    let weeks = usize::try_from(FAIRNESS_WEEKS).ok()? + 1;
    let rows: Vec<Vec<Option<bool>>> = own
        .iter()
        .map(|pair| {
            let mut row = vec![None; weeks];
            let recent = pair
                .occurrences
                .iter()
                .filter(|o| is_eligible(o) && o.promised.start >= start);
            for occurrence in recent {
                let days = occurrence.promised.start.seconds_since(start) / (7 * 86_400);
                let cell = usize::try_from(days)
                    .ok()
                    .and_then(|week| row.get_mut(week));
                if let Some(cell) = cell {
                    *cell = Some(cell.unwrap_or(false) | occurrence.verdict.disruption);
                }
            }
            row
        })
        .collect();
    let read = fairness::fairness(&rows, SEED)?;
    let named = read.named.and_then(|index| own.get(index));
    Some(Fairness {
        p: read.p,
        named: named.and_then(|pair| pair.people.get(1)).cloned(),
    })
}
