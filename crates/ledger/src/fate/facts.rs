//! Facts about the rule itself: re-timings, changes of cadence, the usual week.

use super::{
    actor::Parties, moment::in_force_since, promises::Promise, recorded::Log, retime::Retimings,
    state::State, track::Tracks,
};
use crate::case::Actor;
use jiff::{civil::Date, tz::TimeZone};
use steadfast_calendar::{Instant, Slot};

/// "Weekly became every two weeks on 3 March."
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct RuleChange {
    /// First day of the new rule.
    pub on: Date,
    /// Cadence until then, days.
    pub from_days: i64,
    /// Cadence from then on, days.
    pub to_days: i64,
}

/// "From 2 April on it was at another time, for good": a re-timing that a log tells whose it was.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct MovedForGood {
    /// Day of the first one at the other time.
    pub from: Date,
    /// At whose word.
    pub by: Actor,
}

/// The re-timings that a log knows of, in the order in which they were made.
pub(super) fn moved_for_good(
    states: &[State],
    (retimings, tracks): (&Retimings, &Tracks<'_>),
    log: &Log<'_>,
    parties: &Parties<'_>,
    zone: &TimeZone,
) -> Vec<MovedForGood> {
    let mut found: Vec<(usize, MovedForGood)> = Vec::new();
    for (&(old, _), &(new, index)) in &retimings.successor {
        let state = states.get(index).filter(|_| new != old);
        let sighting = tracks.get(new).iter().find(|s| s.state() == index);
        let (Some(state), Some(sighting)) = (state, sighting) else {
            continue;
        };
        let span = (state.after, state.seen);
        let put = Some(sighting.look.ruled);
        let logged = log.of_change(sighting.series(), new, put, span);
        found.extend(logged.map(|logged| {
            let one = MovedForGood {
                from: new.date(zone),
                by: logged.actor(parties),
            };
            (index, one)
        }));
    }
    found.sort_by_key(|(index, one)| (*index, one.from));
    found.dedup();
    found.into_iter().map(|(_, one)| one).collect()
}

/// Days on which the slot was re-timed "from here on": seen in the history, or shown by a split series that meets at
/// another time than its predecessor.
pub(super) fn re_timed(
    states: &[State],
    retimings: &Retimings,
    promises: &[Promise],
    zone: &TimeZone,
) -> Vec<Date> {
    let seen = retimings.at.iter().filter_map(|&index| {
        let state = states.get(index)?;
        let event = state
            .series
            .iter()
            .flatten()
            .find_map(|s| s.leading.series.master.as_deref());
        let at = in_force_since(state, event)?;
        Some(at.latest.date(zone))
    });
    let split = handed_on(promises).filter_map(|(before, after)| {
        let wall = |p: &Promise| {
            let civil = p.by_rule().start.civil(zone);
            (civil.weekday(), civil.time())
        };
        let first_state_only = states.len() == 1;
        (first_state_only && wall(before) != wall(after)).then(|| after.by_rule().start.date(zone))
    });
    let mut days: Vec<Date> = seen.chain(split).collect();
    days.sort_unstable();
    days.dedup();
    days
}

/// Where one series had its last promise and the next one has its first. Two that run side by side hand nothing on.
fn handed_on(promises: &[Promise]) -> impl Iterator<Item = (&Promise, &Promise)> {
    let neighbours = || promises.iter().zip(promises.iter().skip(1)).enumerate();
    let changes =
        |(_, (before, after)): &(usize, (&Promise, &Promise))| before.series != after.series;
    // First and last promise of each series. Most pairs have one series.
    let mut spans: Vec<[usize; 2]> = Vec::new();
    if neighbours().any(|one| changes(&one)) {
        for (at, promise) in promises.iter().enumerate() {
            if spans.len() <= promise.series {
                spans.resize(promise.series + 1, [usize::MAX, 0]);
            }
            if let Some([first, last]) = spans.get_mut(promise.series) {
                (*first, *last) = (at.min(*first), at);
            }
        }
    }
    neighbours()
        .filter(changes)
        .filter_map(move |(at, (before, after))| {
            let [_, last] = spans.get(before.series)?;
            let [first, _] = spans.get(after.series)?;
            (*last == at && *first == at + 1).then_some((before, after))
        })
}

/// Changes of cadence from one series to the next.
pub(super) fn rule_changes(
    promises: &[Promise],
    cadence_of: impl Fn(usize) -> Option<i64>,
    zone: &TimeZone,
) -> Vec<RuleChange> {
    handed_on(promises)
        .filter_map(|(before, after)| {
            let (from_days, to_days) = (cadence_of(before.series)?, cadence_of(after.series)?);
            (from_days != to_days).then(|| RuleChange {
                on: after.slot.start.date(zone),
                from_days,
                to_days,
            })
        })
        .collect()
}

/// The promises of the next two weeks, which tell a new rhythm, and all before them; all, where they are all later. In ten
/// weeks the clocks of two people may have changed on different days, which is not their usual time.
pub(super) fn current(promises: &[Promise], now: Instant) -> &[Promise] {
    let soon = now.plus_days(14);
    let upto = promises.partition_point(|p| p.slot.start <= soon);
    match promises.get(..upto) {
        Some(current) if upto > 0 => current,
        _ => promises,
    }
}

/// The slots of the week that ends with the last of `promises`, where each stood in the week before as well: a slot that
/// was re-timed within the week is not met twice. Otherwise the last slot alone.
pub(super) fn usual_week(promises: &[Promise], zone: &TimeZone) -> Vec<Slot> {
    let Some(last) = promises.last().map(Promise::by_rule) else {
        return Vec::new();
    };
    let days_before = |slot: Slot| (last.start.date(zone) - slot.start.date(zone)).get_days();
    let wall = |slot: Slot| {
        let civil = slot.start.civil(zone);
        (civil.weekday(), civil.time())
    };
    let recent: Vec<Slot> = promises
        .iter()
        .rev()
        .map(Promise::by_rule)
        .take_while(|slot| days_before(*slot) < 14)
        .collect();
    let stood_before = |slot: Slot| {
        recent
            .iter()
            .any(|s| days_before(*s) >= 7 && wall(*s) == wall(slot))
    };
    let mut week: Vec<Slot> = recent
        .iter()
        .copied()
        .filter(|slot| days_before(*slot) < 7 && stood_before(*slot))
        .collect();
    if week.is_empty() {
        week.push(last);
    }
    week.sort_by_key(|slot| {
        let (weekday, time) = wall(*slot);
        (weekday.to_monday_zero_offset(), time)
    });
    week
}
