//! Where a lost 1:1 could go before it is due: the planner's own places, costs and choice, in the fortnight from now.

use crate::case::Case;
use crate::frame::{FORTNIGHT, Frame};
use crate::world::meeting::Meeting;
use steadfast_calendar::{Instant, Slot};
use steadfast_planner::constraints::{self, Known};
use steadfast_planner::make_good::alternatives;
use steadfast_planner::problem::{self, Choice, Kind, Limits, Pair, Problem};

/// A change within a day cannot be arranged for, as the planner says.
const SOON_MINUTES: i64 = 24 * 60;

/// At most three times in the fortnight from the first day that counts, the best first and each on another day: as long as was promised; where there is none, half as
/// long rather than none. Nothing begins before `from`, and all is over before it is due.
pub fn best(case: &Case<'_>, from: Instant) -> Vec<Slot> {
    beside(case, from, &[])
}

/// The same, clear of times that others are offered or have picked: two who pick one time cannot both have it. Where nothing else is
/// left, nothing is offered.
pub fn beside(case: &Case<'_>, from: Instant, taken: &[Slot]) -> Vec<Slot> {
    let minutes = case.promise.promised.minutes();
    let whole = of_length(case, from, minutes, taken);
    // Half of it is what the ledger still takes for the whole; in quarter hours, and never under a quarter.
    let half = (minutes / 2 + 14) / 15 * 15;
    if whole.is_empty() && half >= 15 && half < minutes {
        return of_length(case, from, half, taken);
    }
    whole
}

fn of_length(case: &Case<'_>, from: Instant, minutes: i64, taken: &[Slot]) -> Vec<Slot> {
    let from = from.max(case.not_before());
    let frame = Frame::around(from);
    // Where it stands now takes nobody's time: that is what is looked for.
    let itself = case
        .stands
        .filter(|_| case.promise.replaced_by.is_none())
        .map(|meeting| meeting.id);
    let is_held_for_it =
        |meeting: &Meeting| meeting.until.is_some() && meeting.part_of == Some(case.promise.id);
    let set_aside = |meeting: &Meeting| Some(meeting.id) == itself || is_held_for_it(meeting);
    let known = |person| {
        let mut known = frame.known(case.world, person, set_aside, case.now)?;
        frame.mark_leave(case.world, person, &mut known);
        Some(known)
    };
    let Some((manager, report)) = known(case.one.manager).zip(known(case.one.report)) else {
        return Vec::new();
    };
    let knows = [manager, report];
    let length = u16::try_from((minutes.clamp(1, 480) + 14) / 15).unwrap_or(1);
    let (first, due) = (frame.quarter_after(from), case.due());
    let last = frame.quarter(due) - i64::from(length);
    let current = frame.place(frame.quarter(case.promise.promised.start));
    let recent = case.one.recent.iter().filter(|one| **one).count();
    let weight = 1 + u32::try_from(recent.min(20)).unwrap_or(0);
    let mut options = Vec::new();
    for at in first.max(0)..=last.min(FORTNIGHT - i64::from(length)) {
        let Some(place) = frame.place(at) else {
            continue;
        };
        let slot = frame.slot(place, minutes);
        if taken.iter().any(|other| other.overlaps(slot)) {
            continue;
        }
        let cost = constraints::cost(&constraints::Case {
            manager: &knows[0],
            report: &knows[1],
            place,
            length,
            current,
            weight,
            stays: false,
            is_displaced: true,
            far_apart: false,
            from: u16::try_from(first.max(0)).ok(),
            soon: u16::try_from(frame.quarter(case.now.plus_minutes(SOON_MINUTES))).ok(),
        });
        options.extend(cost.map(|cost| Choice { place, cost }));
    }
    let dearest = options.iter().map(|option| option.cost).max();
    let Some(dearest) = dearest else {
        return Vec::new();
    };
    let person = |boss, known: &Known, name: &str| problem::Person {
        name: name.to_owned(),
        boss,
        utc_offset: known.utc_offset,
        buffer: 0,
        per_day: None,
    };
    let people = vec![
        person(None, &knows[0], "manager"),
        person(Some(0), &knows[1], "report"),
    ];
    let pair = Pair {
        id: 1,
        manager: 0,
        report: 1,
        length,
        current,
        drop: constraints::going_without(dearest, 0),
        stays: false,
        options,
    };
    let limits = Limits::default();
    let Ok(problem) = Problem::new(Kind::MakeGood(0), people, vec![pair], None, &limits) else {
        return Vec::new();
    };
    alternatives(&problem, 0)
        .iter()
        .map(|one| frame.slot(one.choice.place, minutes))
        .collect()
}
