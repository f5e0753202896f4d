//! **Moved for good**: where the two could meet from now on, when their time is fought over again and again. As what begins,
//! a week that repeats is a promise for long, so it is only ever shown, and moved by a person.

use crate::begin::{NOTICE_HOURS, WEEKS, is_away, is_offered, on_other_days, places, weeks_on};
use crate::case::Case;
use crate::ids::{MeetingId, OneOnOneId, PersonId};
use crate::intent::{Intent, Measure, Undo, What};
use crate::policy::{How, Whose};
use crate::threats::{self, Evidence, Kind};
use crate::world::World;
use crate::world::meeting::Meeting;
use crate::world::one_on_one::OneOnOne;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use steadfast_calendar::{Instant, Slot};
use steadfast_planner::week::Weeks;

/// So many coming ones with something over them are a time that does not hold: one may be chance.
const FOUGHT_OVER_FROM: usize = 2;

/// A time to which a series could go.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Onward {
    /// The first one of the series that goes.
    pub meeting: MeetingId,
    /// The first one at the other time, in the same week.
    pub first: Slot,
    /// How many of them in the next four weeks are free for both, as far as their calendars are seen.
    pub free: usize,
    /// How many more fall into leave of one of the two.
    pub on_leave: usize,
}

/// One of a series that is to come.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Coming {
    /// The meeting.
    pub meeting: MeetingId,
    /// Where its series puts it.
    pub ruled: Instant,
}

/// Whether something lies over several coming ones of a 1:1, on the manager's calendar.
pub fn is_fought_over(world: &World, one: OneOnOneId, now: Instant) -> bool {
    let ahead = now.plus_days(7 * WEEKS);
    let is_under = |case: &Case<'_>| {
        threats::find(case).iter().any(|threat| {
            threat.on == case.one.manager && matches!(threat.kind, Kind::Overlap | Kind::RunsInto)
        })
    };
    let cases = world.promises_between(one, now, ahead);
    let cases = cases.filter_map(|promise| Case::of(world, promise.id, now));
    cases.filter(is_under).count() >= FOUGHT_OVER_FROM
}

/// At most three, the best for the report first, each on another weekday of theirs. Each is in the week of the first one that
/// goes, and all that can be seen of it is free for both; the two are not moved within a day.
///
/// `coming`: those of the series that are to come, the next one first, `every_weeks` weeks apart. `taken`: what others are offered
/// for good at the same moment, at whose hours none is.
pub fn times(
    world: &World,
    one: &OneOnOne,
    (coming, every_weeks): (&[Coming], u8),
    taken: &[Slot],
    now: Instant,
) -> Vec<Onward> {
    let Some((manager, report)) = world.person(one.manager).zip(world.person(one.report)) else {
        return Vec::new();
    };
    let itself = |meeting: &Meeting| {
        let promise = meeting.part_of.and_then(|id| world.promise(id));
        promise.is_some_and(|promise| promise.one_on_one == one.id)
    };
    let mut found: Vec<(u32, Onward)> = Vec::new();
    for (cost, slot) in places(world, one, &[Weeks::A], &itself, now) {
        let about = (coming, every_weeks, &manager.zone);
        let time = onward(world, one, slot, about, &itself, now);
        let time = time.filter(|time| !is_offered(taken, time.first, &manager.zone));
        found.extend(time.map(|time| (cost, time)));
    }
    found.sort_by_key(|(cost, time)| (*cost, time.first.start));
    let found = found.into_iter().map(|(_, time)| time);
    on_other_days(found, |time| time.first, &report.zone)
}

/// The series that a place in a week belongs to, if all of it that can be seen is free.
fn onward(
    world: &World,
    one: &OneOnOne,
    place: Slot,
    (coming, every_weeks, zone): (&[Coming], u8, &TimeZone),
    itself: &dyn Fn(&Meeting) -> bool,
    now: Instant,
) -> Option<Onward> {
    let two: [PersonId; 2] = [one.manager, one.report];
    let notice = now.plus_seconds(NOTICE_HOURS * 3_600);
    let mut firsts = coming.iter().filter_map(|next| {
        let first = in_the_week_of(next.ruled, place, zone)?;
        (next.ruled > now && first.start >= notice).then_some((next, first))
    });
    let (next, first) = firsts.next()?;
    if first.start == next.ruled {
        return None;
    }
    let (mut free, mut on_leave) = (0, 0);
    let horizon = now.plus_days(7 * WEEKS).max(first.end);
    let mut weeks = 0;
    loop {
        let slot = weeks_on(first, weeks, zone)?;
        if slot.start >= horizon {
            break;
        }
        let away = is_away(world, two, slot, itself, now)?;
        (free, on_leave) = (free + usize::from(!away), on_leave + usize::from(away));
        weeks += i64::from(every_weeks.max(1));
    }
    Some(Onward {
        meeting: next.meeting,
        first,
        free,
        on_leave,
    })
}

/// The same day and hour in the week of `at`, on that clock.
fn in_the_week_of(at: Instant, place: Slot, zone: &TimeZone) -> Option<Slot> {
    let monday = |date: Date| {
        let since = i64::from(date.weekday().to_monday_zero_offset());
        date.checked_sub(jiff::Span::new().days(since)).ok()
    };
    let (from, to) = (monday(place.start.date(zone))?, monday(at.date(zone))?);
    let days = (to - from).get_days();
    weeks_on(place, i64::from(days / 7), zone)
}

/// What moves it, by the manager's own word; `version` of the meeting from which on it goes.
pub fn intent(one: &OneOnOne, time: Onward, version: u32, because: String) -> Intent {
    let people = [one.manager, one.report];
    Intent {
        key: format!(
            "{}/onward/{}@{version}/{}",
            one.id,
            time.meeting,
            time.first.start.seconds()
        ),
        owner: one.manager,
        policy: Whose::OneOnOne,
        how: How::ByOwner,
        one_on_one: one.id,
        promise: None,
        measure: Measure::Onward,
        against: Kind::Overlap,
        seen: Evidence::default(),
        on: Some((time.meeting, version)),
        booker: None,
        free: people.map(|person| (person, time.first)).to_vec(),
        what: What::Onward {
            meeting: time.meeting,
            first: time.first,
        },
        why: because,
        // Of two series: whoever writes them knows how each was.
        undo: Undo::Nothing,
    }
}
