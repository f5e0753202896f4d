//! Where a lost 1:1 could go before it is due: the planner's own places, costs and choice, in the fortnight from now.

use crate::case::Case;
use crate::ids::{MeetingId, PersonId};
use crate::world::person::Person;
use jiff::tz::TimeZone;
use steadfast_calendar::{Instant, Slot};
use steadfast_planner::constraints::{self, Known, Quarters};
use steadfast_planner::make_good::alternatives;
use steadfast_planner::problem::{self, Choice, Kind, Limits, Pair, Problem};
use steadfast_planner::week::{Place, WEEK, Weeks};

/// Seconds of a quarter hour.
const QUARTER: i64 = 15 * 60;
/// Seconds of a day.
const DAY: i64 = 24 * 60 * 60;
/// Quarter hours of the fortnight that is looked at.
const FORTNIGHT: i64 = 2 * WEEK as i64;
/// A change within a day cannot be arranged for, as the planner says.
const SOON_MINUTES: i64 = 24 * 60;

/// At most three times in the fortnight from the first day that counts, the best first and each on another day: as long as was promised; where there is none, half as
/// long rather than none. Nothing begins before `from`, and all is over before it is due.
pub fn best(case: &Case<'_>, from: Instant) -> Vec<Slot> {
    let minutes = case.promise.promised.minutes();
    let whole = of_length(case, from, minutes);
    // Half of it is what the ledger still takes for the whole; in quarter hours, and never under a quarter.
    let half = (minutes / 2 + 14) / 15 * 15;
    if whole.is_empty() && half >= 15 && half < minutes {
        return of_length(case, from, half);
    }
    whole
}

fn of_length(case: &Case<'_>, from: Instant, minutes: i64) -> Vec<Slot> {
    let from = from.max(case.not_before());
    let frame = Frame::around(from);
    let Some((manager, report)) = case
        .world
        .person(case.one.manager)
        .zip(case.world.person(case.one.report))
    else {
        return Vec::new();
    };
    // Where it stands now takes nobody's time: that is what is looked for.
    let itself = case
        .stands
        .filter(|_| case.promise.replaced_by.is_none())
        .map(|meeting| meeting.id);
    let knows = [
        frame.known(case, case.one.manager, manager, itself),
        frame.known(case, case.one.report, report, itself),
    ];
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

/// The fortnight from a Sunday midnight in UTC.
struct Frame {
    start: Instant,
}

impl Frame {
    fn around(now: Instant) -> Self {
        let day = now.seconds().div_euclid(DAY);
        // 1 January 1970 was a Thursday, the fourth day after a Sunday.
        let since_sunday = (day + 4).rem_euclid(7);
        Self {
            start: Instant::from_seconds((day - since_sunday) * DAY),
        }
    }

    /// The quarter hour in which a moment lies, counted from the frame's start.
    fn quarter(&self, at: Instant) -> i64 {
        at.seconds_since(self.start).div_euclid(QUARTER)
    }

    /// The first quarter hour that begins at a moment or after.
    fn quarter_after(&self, at: Instant) -> i64 {
        let seconds = at.seconds_since(self.start);
        seconds.div_euclid(QUARTER) + i64::from(seconds.rem_euclid(QUARTER) > 0)
    }

    /// The place that begins there; None outside the fortnight.
    fn place(&self, quarter: i64) -> Option<Place> {
        let week = i64::from(WEEK);
        let weeks = match quarter.div_euclid(week) {
            0 => Weeks::A,
            1 => Weeks::B,
            _ => return None,
        };
        let start = u16::try_from(quarter.rem_euclid(week)).ok()?;
        Some(Place { start, weeks })
    }

    fn slot(&self, place: Place, minutes: i64) -> Slot {
        let start = self.start.plus_seconds(i64::from(place.first()) * QUARTER);
        Slot::new(start, start.plus_minutes(minutes))
    }

    /// Sets the quarter hours that a slot touches.
    fn mark(&self, quarters: &mut Quarters, slot: Slot) {
        let week = i64::from(WEEK);
        let (from, to) = (self.quarter(slot.start), self.quarter_after(slot.end));
        for (index, bits) in [(0, 1), (1, 2)] {
            let first = from.max(index * week) - index * week;
            let last = to.min((index + 1) * week) - index * week;
            if let (Ok(first), Ok(last)) = (i32::try_from(first), i32::try_from(last)) {
                quarters.set(first, last, bits);
            }
        }
    }

    fn known(
        &self,
        case: &Case<'_>,
        id: PersonId,
        person: &Person,
        itself: Option<MeetingId>,
    ) -> Known {
        let all = Slot::new(self.start, self.start.plus_seconds(FORTNIGHT * QUARTER));
        let mut known = Known {
            utc_offset: offset(&person.zone, case.now),
            ..Known::default()
        };
        for day in case.world.working(id, all) {
            self.mark(&mut known.work, day);
        }
        for meeting in case.world.around(id, all) {
            if Some(meeting.id) != itself && meeting.takes_time_of(id, case.now) {
                self.mark(&mut known.busy, meeting.slot);
                self.mark(&mut known.meetings, meeting.slot);
            }
        }
        for away in person.leave.iter().filter(|away| away.overlaps(all)) {
            self.mark(&mut known.busy, *away);
        }
        for block in person.focus.iter().filter(|block| block.overlaps(all)) {
            self.mark(&mut known.focus, *block);
        }
        known
    }
}

/// Quarter hours east of UTC.
fn offset(zone: &TimeZone, at: Instant) -> i32 {
    let seconds = zone.to_offset(at.timestamp()).seconds();
    seconds.div_euclid(i32::try_from(QUARTER).unwrap_or(900))
}
