//! Any case at all, for the laws.
#![expect(
    clippy::unwrap_used,
    reason = "a test may stop where its data is not what it should be"
)]
#![allow(dead_code, reason = "each test takes what it needs")]

use jiff::tz::{Offset, TimeZone};
use proptest::{option, prelude::*, sample::select};
use steadfast_calendar::{Instant, Slot};
use steadfast_ledger::case::{
    Absence, Actor, ActorEvidence, Away, Case, Change, ChangeTime, ManagerSays, ReportSays, Who,
};

pub(crate) const DAY: i64 = 24 * 60;
pub(crate) const WEEK: i64 = 7 * DAY;

/// Minute 0 is a Monday, 00:00 UTC; the promises lie in the third week.
pub(crate) fn moment(minute: i64) -> Instant {
    Instant::from_seconds(4 * 86_400).plus_minutes(minute)
}

pub(crate) fn slot(start: i64, length: i64) -> Slot {
    Slot::new(moment(start), moment(start + length))
}

/// Quarters of an hour mostly, so that limits are hit often, and single minutes.
pub(crate) fn within(reach: i64) -> impl Strategy<Value = i64> {
    prop_oneof![
        3 => (-reach / 15..=reach / 15).prop_map(|quarters| quarters * 15),
        1 => -reach..=reach,
    ]
}

fn who() -> impl Strategy<Value = Who> {
    select(vec![
        Who::Manager,
        Who::Delegate,
        Who::Report,
        Who::Plan,
        Who::Automation,
        Who::Unknown,
    ])
}

pub(crate) fn change() -> impl Strategy<Value = Change> {
    let moment_of_it = option::weighted(0.9, (within(10 * DAY), 0i64..3000));
    (moment_of_it, within(3 * DAY), who(), select(vec![0.9, 0.7])).prop_map(
        |(at, slot_before, who, confidence)| Change {
            at: at.map(|(before, width)| {
                let latest = 2 * WEEK + 2 * DAY + slot_before - before;
                ChangeTime {
                    earliest: moment(latest - if width < 1500 { 0 } else { width }),
                    latest: moment(latest),
                }
            }),
            slot_start_before: moment(2 * WEEK + 2 * DAY + slot_before),
            actor: Actor {
                who,
                evidence: ActorEvidence::OrganizerOnly,
                confidence,
            },
        },
    )
}

prop_compose! {
    pub(crate) fn case()(
        start in 2 * WEEK..3 * WEEK,
        length in 5i64..=90,
        held in option::weighted(0.7, (within(WEEK + DAY), 0i64..=120)),
        cadence_days in select(vec![1i64, 4, 7, 14, 28]),
        next_known: bool,
        previous_known: bool,
        offset in select(vec![-480i32, 0, 60, 330]),
        changes in prop::collection::vec(change(), 0..4),
        replacement in option::weighted(0.4, (within(WEEK + DAY), 1i64..=90)),
        absence in option::weighted(
            0.2,
            (select(vec![Away::Manager, Away::Report, Away::Holiday, Away::OneOfTheTwo]), -60i64..60, 1i64..600),
        ),
        report_says in option::weighted(0.4, select(vec![
            ReportSays::Asked, ReportSays::Agreed, ReportSays::Held,
            ReportSays::NoManager, ReportSays::NoMe, ReportSays::NotHeld,
        ])),
        manager_says in option::weighted(0.3, select(vec![ManagerSays::Agreed, ManagerSays::Held])),
    ) -> Case {
        Case {
            promised: slot(start, length),
            held: held.map(|(away, length)| slot(start + away, length)),
            cadence_days,
            next_promised: next_known.then(|| moment(start + cadence_days * DAY)),
            previous_promised: previous_known.then(|| moment(start - cadence_days * DAY)),
            report_zone: TimeZone::fixed(Offset::from_seconds(offset * 60).unwrap()),
            changes,
            replacement: replacement.map(|(away, length)| slot(start + away, length)),
            absences: absence
                .map(|(who, from, length)| Absence { who, slot: slot(start + from, length) })
                .into_iter()
                .collect(),
            report_says,
            manager_says,
            unknown_because: None,
            open: false,
        }
    }
}
