//! **A 1:1 for good**: where the two could meet from now on, when none is to come. A week that repeats is a promise for
//! long, so it is only ever shown, and begun by a person.

use crate::frame::Frame;
use crate::ids::PersonId;
use crate::intent::{Intent, Measure, Undo, What};
use crate::policy::{How, Whose};
use crate::threats::{Evidence, Kind};
use crate::world::World;
use crate::world::meeting::Meeting;
use crate::world::one_on_one::OneOnOne;
use jiff::civil::Weekday;
use jiff::{Span, tz::TimeZone};
use steadfast_calendar::{Instant, Slot};
use steadfast_planner::constraints;
use steadfast_planner::week::{Place, WEEK, Weeks};

/// How many times are shown.
const MOST: usize = 3;
/// Weeks from now that are looked at: as far as calendars are told of what is to come.
pub const WEEKS: i64 = 4;
/// The first is not before this: who is invited can still arrange for it.
pub(crate) const NOTICE_HOURS: i64 = 20;
/// The first comes within so many days: a new report waits no longer than five working days.
const FIRST_WITHIN_DAYS: i64 = 8;

/// A week that could repeat.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Begin {
    /// The first one.
    pub first: Slot,
    /// Weeks from one to the next, at least 1.
    pub every_weeks: u8,
    /// How many of them in the next four weeks are free for both, as far as their calendars are seen.
    pub free: usize,
    /// How many more fall into leave of one of the two.
    pub on_leave: usize,
}

/// At most three, the best for the report first, each on another weekday of theirs. Free are all those that fall into the next
/// four weeks, and the first comes within eight days where one does. None is at the hour of a week that is `taken`: one that others
/// are offered for good at the same moment.
pub fn times(world: &World, one: &OneOnOne, taken: &[Slot], now: Instant) -> Vec<Begin> {
    let Some((manager, report)) = world.person(one.manager).zip(world.person(one.report)) else {
        return Vec::new();
    };
    let every_weeks = every_weeks(one);
    let weeks: &[Weeks] = match every_weeks {
        1 => &[Weeks::A],
        _ => &[Weeks::A, Weeks::B],
    };
    let mut found: Vec<(u32, bool, Begin)> = Vec::new();
    for (cost, slot) in places(world, one, weeks, &|_| false, now) {
        let begin = begin(world, one, (slot, every_weeks), &manager.zone, now);
        let begin = begin.filter(|begin| !is_offered(taken, begin.first, &manager.zone));
        found.extend(begin.map(|begin| {
            let late = begin.first.start > now.plus_days(FIRST_WITHIN_DAYS);
            (cost, late, begin)
        }));
    }
    // One that comes soon goes before one that would be a little better later.
    found.sort_by_key(|(cost, late, begin)| (*late, *cost, begin.first.start));
    let found = found.into_iter().map(|(_, _, begin)| begin);
    on_other_days(found, |begin| begin.first, &report.zone)
}

/// The first of those that come, each on another weekday of that clock.
pub(crate) fn on_other_days<T>(
    found: impl Iterator<Item = T>,
    first: impl Fn(&T) -> Slot,
    zone: &TimeZone,
) -> Vec<T> {
    let mut days: Vec<Weekday> = Vec::new();
    let mut best = Vec::new();
    for one in found {
        let day = first(&one).start.date(zone).weekday();
        if best.len() < MOST && !days.contains(&day) {
            days.push(day);
            best.push(one);
        }
    }
    best
}

/// Every place in a week of the two in which they could meet, what they wish for held against it, with what it costs; what is
/// `set_aside` takes nobody's time.
pub(crate) fn places(
    world: &World,
    one: &OneOnOne,
    weeks: &[Weeks],
    set_aside: &dyn Fn(&Meeting) -> bool,
    now: Instant,
) -> Vec<(u32, Slot)> {
    // Held against what the two wish in its first whole week (of two, where it is every second one); in all others, which may
    // lie on another hour of UTC, it is asked whether it is free.
    let frame = Frame::around(now.plus_days(7));
    let known = |person| frame.known(world, person, set_aside, now);
    let Some((by_manager, by_report)) = known(one.manager).zip(known(one.report)) else {
        return Vec::new();
    };
    let length = (one.minutes.clamp(15, 480) + 14) / 15;
    let mut found = Vec::new();
    for start in 0..WEEK {
        if i64::from(start) + length > i64::from(WEEK) {
            break;
        }
        for weeks in weeks {
            let place = Place {
                start,
                weeks: *weeks,
            };
            let cost = constraints::cost(&constraints::Case {
                manager: &by_manager,
                report: &by_report,
                place,
                length: u16::try_from(length).unwrap_or(1),
                current: None,
                weight: 1,
                stays: false,
                is_displaced: false,
                far_apart: false,
                from: None,
                soon: None,
            });
            found.extend(cost.map(|cost| (cost, frame.slot(place, one.minutes.max(1)))));
        }
    }
    found
}

/// The series that a place belongs to, if all of it that can be seen is free.
fn begin(
    world: &World,
    one: &OneOnOne,
    (place, every_weeks): (Slot, u8),
    zone: &TimeZone,
    now: Instant,
) -> Option<Begin> {
    let horizon = now.plus_days(7 * WEEKS);
    let from = now.plus_seconds(NOTICE_HOURS * 3_600);
    let step = i64::from(every_weeks);
    let two = [one.manager, one.report];
    let mut first: Option<Slot> = None;
    let (mut free, mut on_leave) = (0, 0);
    // From before now on: the place lies in one of the two weeks after this one.
    for times in -3..=WEEKS {
        let slot = weeks_on(place, times * step, zone)?;
        if slot.start < from || slot.start >= horizon {
            continue;
        }
        let away = is_away(world, two, slot, &|_| false, now)?;
        // The first is held; a later one within leave is excused, as any is, and no time that is free.
        if first.is_none() && away {
            continue;
        }
        first = first.or(Some(slot));
        (free, on_leave) = (free + usize::from(!away), on_leave + usize::from(away));
    }
    Some(Begin {
        first: first?,
        every_weeks,
        free,
        on_leave,
    })
}

/// Whether one of the two is on leave then; `None` where that time is taken of one of them, or is no time at which they work.
pub(crate) fn is_away(
    world: &World,
    two: [PersonId; 2],
    slot: Slot,
    set_aside: &dyn Fn(&Meeting) -> bool,
    now: Instant,
) -> Option<bool> {
    let is_taken = |person: &PersonId| {
        let mut around = world.around(*person, slot);
        let known = world.person(*person);
        let mut focus = known.into_iter().flat_map(|who| &who.focus);
        around.any(|meeting| !set_aside(meeting) && meeting.takes_time_of(*person, now))
            || world.is_told_busy(*person, slot, set_aside)
            || focus.any(|block| block.overlaps(slot))
            || world.working(*person, slot) != [slot]
    };
    let is_away = |person: &PersonId| {
        let mut leave = world.person(*person).into_iter().flat_map(|who| &who.leave);
        leave.any(|away| away.overlaps(slot))
    };
    (!two.iter().any(is_taken)).then(|| two.iter().any(is_away))
}

/// The same hour so many weeks on, on that clock.
pub(crate) fn weeks_on(slot: Slot, weeks: i64, zone: &TimeZone) -> Option<Slot> {
    let span = Span::new().try_weeks(weeks).ok()?;
    let civil = slot.start.civil(zone).checked_add(span).ok()?;
    let start = zone.to_ambiguous_zoned(civil).compatible().ok()?;
    let start = Instant::from(start.timestamp());
    Some(Slot::new(start, start.plus_seconds(slot.seconds())))
}

/// Whether a time for good meets one of those that others are offered, whichever weeks they begin in.
pub(crate) fn is_offered(taken: &[Slot], first: Slot, zone: &TimeZone) -> bool {
    let mut weeks = -WEEKS - 1..=WEEKS + 1;
    weeks.any(|week| {
        let slot = weeks_on(first, week, zone);
        slot.is_some_and(|slot| taken.iter().any(|other| other.overlaps(slot)))
    })
}

/// The cadence in weeks.
fn every_weeks(one: &OneOnOne) -> u8 {
    let weeks = (one.cadence_days.max(7) + 3) / 7;
    u8::try_from(weeks.clamp(1, 8)).unwrap_or(1)
}

/// What begins it, by the manager's own word.
pub fn intent(one: &OneOnOne, begin: Begin, because: String) -> Intent {
    let people = [one.manager, one.report];
    Intent {
        key: format!("{}/begin/{}", one.id, begin.first.start.seconds()),
        owner: one.manager,
        policy: Whose::OneOnOne,
        how: How::ByOwner,
        one_on_one: one.id,
        promise: None,
        measure: Measure::Begin,
        against: Kind::NoFuture,
        seen: Evidence::default(),
        on: None,
        booker: None,
        free: people.map(|person| (person, begin.first)).to_vec(),
        what: What::Begin {
            people,
            first: begin.first,
            every_weeks: begin.every_weeks,
        },
        why: because,
        undo: Undo::TakeOff {
            until: begin.first.start,
        },
    }
}
