//! What a word is said to change is what it changes.

mod cases;

use cases::case;
use proptest::{prelude::*, strategy::ValueTree, test_runner::Config};
use std::collections::HashSet;
use steadfast_ledger::{
    case::{Case, ManagerSays, ReportSays, Who},
    occurrence::Occurrence,
    reply::{self, Effect},
    rules,
    verdict::{Outcome, Verdict},
};

const WORDS: [ReportSays; 6] = [
    ReportSays::Asked,
    ReportSays::Agreed,
    ReportSays::Held,
    ReportSays::NoManager,
    ReportSays::NoMe,
    ReportSays::NotHeld,
];

fn judged(case: &Case, missing: bool) -> Verdict {
    if missing {
        rules::judge_missing(case)
    } else {
        rules::judge(case)
    }
}

fn occurrence(case: &Case, missing: bool) -> Occurrence {
    let verdict = judged(case, missing);
    Occurrence {
        recurrence_id: None,
        uid: None,
        promised: case.promised,
        actor: None,
        changed_at: None,
        first_notice: None,
        cause: None,
        overlapped: false,
        away: rules::excuses::covering(case),
        holiday: None,
        unknown_because: case.unknown_because,
        report_says: case.report_says,
        manager_says: case.manager_says,
        both_elsewhere: false,
        changed_afterwards: false,
        verdict,
    }
}

/// What enters a count.
fn counts(verdict: &Verdict) -> (bool, bool, bool, bool) {
    let disputed = verdict.outcome == Outcome::Disputed;
    (
        verdict.loss,
        verdict.disruption,
        verdict.excused.is_some(),
        disputed,
    )
}

/// `with` the word, `without` it, and with it once the other one says so too.
fn holds(effect: Effect, with: &Verdict, without: &Verdict, both: &Verdict) -> bool {
    let neither_way = |verdict: &Verdict| verdict.excused.is_some();
    let kept = |verdict: &Verdict| verdict.outcome == Outcome::Kept && !verdict.loss;
    match effect {
        Effect::Nothing => counts(with) == counts(without),
        Effect::NeitherWay => neither_way(with),
        Effect::NeitherWayOnceBoth => counts(with) == counts(without) && neither_way(both),
        Effect::Lost => with.loss || with.made_good,
        Effect::Kept => kept(with),
        Effect::KeptOnceBoth => counts(with) == counts(without) && kept(both),
        Effect::Disputed => with.outcome == Outcome::Disputed,
        Effect::NotForetold => true,
    }
}

/// The word of the other one that makes it the word of both.
fn of_manager(word: ReportSays) -> ManagerSays {
    match word {
        ReportSays::Agreed => ManagerSays::Agreed,
        _ => ManagerSays::Held,
    }
}

proptest! {
    #![proptest_config(Config { cases: 4000, failure_persistence: None, ..Config::default() })]

    #[test]
    fn the_reports_word(case in case(), is_missing: bool) {
        // A missing one has neither a slot nor a change nor an extra meeting.
        let case = if is_missing {
            Case { held: None, changes: Vec::new(), replacement: None, ..case }
        } else {
            case
        };
        let one = occurrence(&case, is_missing);
        let says = |word, manager_says| {
            judged(&Case { report_says: word, manager_says, ..case.clone() }, is_missing)
        };
        for word in WORDS {
            let effect = reply::of_report(&one, word);
            let with = says(Some(word), case.manager_says);
            let without = says(None, case.manager_says);
            let both = says(Some(word), Some(of_manager(word)));
            prop_assert!(
                holds(effect, &with, &without, &both),
                "{word:?} on {} ({:?}): {effect:?}, but {without} becomes {with}", one.verdict, one.report_says
            );
            if case.report_says.is_none() {
                prop_assert_ne!(effect, Effect::NotForetold);
            }
        }
    }

    #[test]
    fn the_managers_word(case in case()) {
        let one = occurrence(&case, false);
        let says = |word, report_says| {
            rules::judge(&Case { manager_says: word, report_says, ..case.clone() })
        };
        for (word, of_report) in [
            (ManagerSays::Held, ReportSays::Held),
            (ManagerSays::Agreed, ReportSays::Agreed),
        ] {
            let effect = reply::of_manager(&one, word);
            let with = says(Some(word), case.report_says);
            let without = says(None, case.report_says);
            let both = says(Some(word), Some(of_report));
            prop_assert!(
                holds(effect, &with, &without, &both),
                "{word:?} on {} ({:?}): {effect:?}, but {without} becomes {with}", one.verdict, one.report_says
            );
        }
    }
}

#[test]
fn of_one_to_come_it_can_be_said_how_its_change_came_about_and_nothing_else() {
    let mut effects = HashSet::new();
    let mut runner = proptest::test_runner::TestRunner::deterministic();
    for _ in 0..50 {
        let any = case().new_tree(&mut runner).expect("a case").current();
        let open = Case { open: true, ..any };
        let one = occurrence(&open, false);
        let is_changed = one.verdict.hops > 0
            && one.verdict.held != Some(one.promised)
            && one.unknown_because.is_none()
            && one.away.is_none()
            && !matches!(one.verdict.actor, Some(Who::Report | Who::Plan));
        for word in WORDS {
            let effect = reply::of_report(&one, word);
            let how = matches!(word, ReportSays::Asked | ReportSays::Agreed);
            assert_eq!(
                effect != Effect::Nothing,
                how && is_changed,
                "{word:?} {}",
                one.verdict
            );
            effects.insert(effect);
        }
        // Once it is over and stays as it is, that is how it counts; unless it counts neither way whatever is said.
        let over = Case {
            open: false,
            manager_says: None,
            ..open
        };
        let verdict = |says| {
            rules::judge(&Case {
                report_says: says,
                ..over.clone()
            })
        };
        let without = verdict(None);
        if is_changed && without.disruption && !without.made_good {
            assert!(
                verdict(Some(ReportSays::Asked)).excused.is_some(),
                "{without}"
            );
        }
    }
    let told = [
        Effect::Nothing,
        Effect::NeitherWay,
        Effect::NeitherWayOnceBoth,
    ];
    assert_eq!(effects, HashSet::from(told));
}
