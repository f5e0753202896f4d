//! A slot that has been free for weeks: where the 1:1 could live in peace.

use super::{Agenda, Own};
use jiff::{
    ToSpan,
    civil::{Date, Time, Weekday},
    tz::TimeZone,
};
use steadfast_calendar::{Slot, resolve};

/// A weekly slot and how often it was free.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct FreeSlot {
    /// Day of the week.
    pub weekday: Weekday,
    /// Start, in the zone asked for.
    pub time: Time,
    /// Weeks in which it was free on every agenda looked at.
    pub free: usize,
    /// Weeks looked at.
    pub of: usize,
}

/// Full hours and half hours at which a 1:1 may begin, as (hour, minute): edges of the working day and away from lunch.
const STARTS: [(i8, i8); 13] = [
    (9, 0),
    (9, 30),
    (10, 0),
    (10, 30),
    (11, 0),
    (11, 30),
    (13, 30),
    (14, 0),
    (14, 30),
    (15, 0),
    (15, 30),
    (16, 0),
    (16, 30),
];
const DAYS: [Weekday; 5] = [
    Weekday::Monday,
    Weekday::Tuesday,
    Weekday::Wednesday,
    Weekday::Thursday,
    Weekday::Friday,
];

/// The slot of `minutes` that was free on all `agendas` in most of the `weeks` before `today`; ties go to the earlier
/// in the week. Places of the meeting itself (`except`) do not count as taken; a week in which somebody is `away` then is
/// not looked at: it was no time to meet. `None` without a week to look at.
pub fn free_slot(
    agendas: &[&Agenda],
    minutes: i64,
    today: Date,
    weeks: usize,
    zone: &TimeZone,
    except: &Own<'_>,
    away: impl Fn(Slot) -> bool,
) -> Option<FreeSlot> {
    let monday = today
        .checked_sub(i64::from(today.weekday().to_monday_zero_offset()).days())
        .ok()?;
    let mut best: Option<FreeSlot> = None;
    for (offset, weekday) in DAYS.into_iter().enumerate() {
        for (hour, minute) in STARTS {
            let time = Time::constant(hour, minute, 0, 0);
            let slots = (1..=weeks).filter_map(|week| {
                let days = i64::try_from(week * 7).ok()? - i64::try_from(offset).ok()?;
                let date = monday.checked_sub(days.days()).ok()?;
                let start = resolve(date.to_datetime(time), zone);
                Some(Slot::new(start, start.plus_minutes(minutes)))
            });
            let there: Vec<Slot> = slots.filter(|slot| !away(*slot)).collect();
            let is_free = |slot: &&Slot| is_free(agendas, **slot, except);
            let free = there.iter().filter(is_free).count();
            if best.is_none_or(|b| free > b.free) {
                best = Some(FreeSlot {
                    weekday,
                    time,
                    free,
                    of: there.len(),
                });
            }
        }
    }
    best.filter(|b| b.of > 0)
}

/// The first slot of `minutes`, on one of the `days` after `today`, that is free on all `agendas` and in which nobody is `away`.
pub fn first_free(
    agendas: &[&Agenda],
    minutes: i64,
    today: Date,
    days: i64,
    zone: &TimeZone,
    away: impl Fn(Slot) -> bool,
) -> Option<Slot> {
    let dates = (1..=days).filter_map(|day| today.checked_add(day.days()).ok());
    let at_work = dates.filter(|date| DAYS.contains(&date.weekday()));
    let slots = at_work.flat_map(|date| {
        STARTS.into_iter().map(move |(hour, minute)| {
            let start = resolve(date.to_datetime(Time::constant(hour, minute, 0, 0)), zone);
            Slot::new(start, start.plus_minutes(minutes))
        })
    });
    let is_taken = |slot: Slot| {
        let mut there = agendas.iter().flat_map(|agenda| agenda.overlapping(slot));
        there.any(|taken| taken.place.left.is_none())
    };
    slots
        .into_iter()
        .find(|slot| !is_taken(*slot) && !away(*slot))
}

fn is_free(agendas: &[&Agenda], slot: Slot, except: &Own<'_>) -> bool {
    agendas.iter().all(|agenda| {
        !agenda
            .overlapping(slot)
            .any(|taken| taken.place.left.is_none() && !except.has(taken.meeting))
    })
}
