//! Laws that hold for every case, whatever the limits.

mod cases;

use cases::{DAY, WEEK, case, change, within};
use jiff::tz::{Offset, TimeZone};
use proptest::{option, prelude::*, test_runner::Config};
use steadfast_calendar::{Instant, Slot};
use steadfast_ledger::{
    case::{Case, Change, ChangeTime, ManagerSays, Who},
    rules::{self, made_good},
    verdict::{Outcome, Verdict},
};

fn shifted(case: &Case, minutes: i64) -> Case {
    let later = |at: Instant| at.plus_minutes(minutes);
    let slot = |slot: Slot| Slot::new(later(slot.start), later(slot.end));
    let mut case = case.clone();
    case.promised = slot(case.promised);
    case.held = case.held.map(slot);
    case.replacement = case.replacement.map(slot);
    case.next_promised = case.next_promised.map(later);
    case.previous_promised = case.previous_promised.map(later);
    for absence in &mut case.absences {
        absence.slot = slot(absence.slot);
    }
    for change in &mut case.changes {
        change.slot_start_before = later(change.slot_start_before);
        change.at = change.at.map(|at| ChangeTime {
            earliest: later(at.earliest),
            latest: later(at.latest),
        });
    }
    case
}

/// 0 nothing, 1 a disruption, 2 a loss.
fn weight(verdict: &Verdict) -> u8 {
    u8::from(verdict.loss) + u8::from(verdict.disruption)
}

proptest! {
    #![proptest_config(Config { cases: 3000, failure_persistence: None, ..Config::default() })]

    /// What was cancelled and met anew reads the same as what was moved. A nudge is told apart on purpose: what was
    /// off the calendar and came back was not merely nudged.
    #[test]
    fn a_cancellation_with_a_new_meeting_reads_like_the_move(
        case in case(),
        away in within(WEEK),
        length in 5i64..=90,
        change in option::of(change()),
    ) {
        let start = case.promised.start.plus_minutes(away);
        let slot = Slot::new(start, start.plus_minutes(length));
        let changes: Vec<Change> = change.into_iter().collect();
        let moved = Case { held: Some(slot), replacement: None, changes, ..case };
        let anew = Case { held: None, replacement: Some(slot), ..moved.clone() };
        if matches!(made_good::outcome_of(&anew, slot), Some(Outcome::Moved | Outcome::Slipped)) {
            let (moved, anew) = (rules::judge(&moved), rules::judge(&anew));
            prop_assert_eq!(moved.to_string(), anew.to_string().replace(" made_good", ""));
            prop_assert_eq!(moved.held, anew.held);
        }
    }

    #[test]
    fn the_same_in_another_week_reads_the_same(case in case(), weeks in -200i64..200) {
        prop_assert_eq!(
            rules::judge(&case).to_string(),
            rules::judge(&shifted(&case, weeks * WEEK)).to_string()
        );
    }

    #[test]
    fn more_notice_never_makes_it_worse(
        mut case in case(),
        change in change(),
        earlier in within(8 * DAY),
    ) {
        case.changes = vec![change];
        let mut sooner = case.clone();
        for change in &mut sooner.changes {
            change.at = change.at.map(|at| ChangeTime {
                earliest: at.earliest.plus_minutes(-earlier.abs()),
                latest: at.latest.plus_minutes(-earlier.abs()),
            });
        }
        let (later, sooner) = (rules::judge(&case), rules::judge(&sooner));
        prop_assert!(weight(&sooner) <= weight(&later), "{} → {}", later, sooner);
        prop_assert_eq!((later.outcome, later.cut), (sooner.outcome, sooner.cut));
    }

    /// Knowing less about the moment never counts more, and never changes the outcome.
    #[test]
    fn a_moment_less_well_known_is_read_more_gently(case in case(), wider in 0i64..3 * DAY) {
        let mut vague = case.clone();
        let mut silent = case.clone();
        for change in &mut vague.changes {
            change.at = change.at.map(|at| ChangeTime {
                earliest: at.earliest.plus_minutes(-wider),
                latest: at.latest.plus_minutes(wider),
            });
        }
        for change in &mut silent.changes {
            change.at = None;
        }
        let judged = rules::judge(&case);
        for less in [rules::judge(&vague), rules::judge(&silent)] {
            prop_assert_eq!((less.outcome, less.cut, less.loss), (judged.outcome, judged.cut, judged.loss));
        }
        if case.changes.len() == 1 {
            prop_assert!(weight(&rules::judge(&vague)) <= weight(&judged));
            prop_assert!(weight(&rules::judge(&silent)) <= weight(&judged));
        }
    }

    /// However vague the moments, the one named is nobody or the one named when they were known.
    #[test]
    fn a_moment_less_well_known_never_names_somebody_else(
        mut case in case(),
        forgotten in prop::collection::vec(any::<bool>(), 4),
    ) {
        for change in &mut case.changes {
            change.at = change.at.map(|at| ChangeTime::exactly(at.latest));
        }
        prop_assume!(case.changes.iter().all(|change| change.at.is_some()));
        let known = rules::judge(&case);
        for (change, forgotten) in case.changes.iter_mut().zip(forgotten) {
            if forgotten {
                change.at = None;
            }
        }
        let vague = rules::judge(&case);
        if vague.actor != known.actor {
            prop_assert_eq!(vague.actor, Some(Who::Unknown));
        }
    }

    #[test]
    fn nobody_is_named_on_thin_evidence(mut case in case()) {
        for change in &mut case.changes {
            change.actor.confidence = 0.74;
        }
        let verdict = rules::judge(&case);
        prop_assert!(matches!(verdict.actor, None | Some(Who::Unknown)), "{}", verdict);
    }

    #[test]
    fn one_word_alone_excuses_nothing(case in case()) {
        let alone = Case { report_says: None, manager_says: Some(ManagerSays::Agreed), ..case.clone() };
        let silent = Case { report_says: None, manager_says: None, ..case };
        prop_assert_eq!(rules::judge(&alone), rules::judge(&silent));
    }

    #[test]
    fn a_verdict_agrees_with_itself(case in case()) {
        let verdict = rules::judge(&case);
        prop_assert!(!verdict.loss || verdict.disruption);
        prop_assert!([0.0, 0.5, 1.0].contains(&verdict.q));
        prop_assert_eq!(verdict.hops as usize, case.changes.len());
        prop_assert!(rules::find(verdict.rule).is_some(), "{}", verdict.rule);
        prop_assert!(!verdict.because.is_empty());
        prop_assert_eq!(verdict.notice.is_some(), verdict.notice_minutes.is_some());
        if verdict.excused.is_some() || verdict.outcome == Outcome::Disputed {
            prop_assert_eq!((verdict.q, weight(&verdict)), (0.0, 0));
        }
        if verdict.outcome == Outcome::Kept && verdict.cut.is_none() {
            prop_assert_eq!((verdict.q, weight(&verdict), verdict.excused), (1.0, 0, None));
        }
        if verdict.outcome == Outcome::NoShow {
            prop_assert_eq!((verdict.notice_minutes, verdict.actor, verdict.was_held()), (Some(0), None, None));
        }
        if verdict.made_good {
            let stood = matches!(verdict.outcome, Outcome::Nudged | Outcome::Moved | Outcome::Slipped);
            prop_assert!(stood && !verdict.loss && verdict.held == case.replacement);
        }
        if verdict.outcome == Outcome::Cancelled {
            prop_assert_eq!(case.held, None);
        }
    }

    #[test]
    fn a_report_without_clock_changes_reads_as_at_a_fixed_offset(mut case in case()) {
        case.report_zone = TimeZone::fixed(Offset::from_seconds(330 * 60).unwrap());
        let fixed = rules::judge(&case);
        case.report_zone = TimeZone::get("Asia/Kolkata").unwrap();
        prop_assert_eq!(fixed, rules::judge(&case));
    }
}
