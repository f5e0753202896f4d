//! The identities a series gives: DTSTART, RRULE and RDATE, before anything is taken out.

use super::{clock::Clock, exclusions::Exclusions, ground::Ground, length::Length};
use crate::{
    event::{End, Event},
    instant::{Instant, Window},
    recur::{Rule, Span},
    wall::{DAY, Wall},
};

/// Instances that one rule may give within one window. An hourly rule gives 43,800 in five years; no meeting more.
const MAX_STEPS: usize = 50_000;

/// Rules within a day that one [`super::Expander`] follows. No meeting recurs so, and one such rule may cost a third of
/// a second (`SECONDLY;BYSECOND=0` looks at sixty seconds for each it gives).
const MAX_SUB_DAILY: u32 = 20;

/// One identity.
#[derive(Clone, Copy, Debug)]
pub(super) struct Id {
    pub(super) at: Instant,
    pub(super) wall: Wall,
    /// Its own length, where an RDATE gives a period.
    pub(super) own: Option<Length>,
}

/// What has been spent on costly rules, and whether something was left out for it.
#[derive(Debug, Default)]
pub(super) struct Spent {
    sub_daily: u32,
    pub(super) truncated: bool,
}

/// Fills `ids` with the identities of `master` in `[window.from, window.to)`, in order, each moment once; adds the
/// instances of its EXRULEs to `exclusions`.
pub(super) fn collect(
    master: &Event,
    ground: &Ground,
    window: Window,
    clock: &mut Clock,
    exclusions: &mut Exclusions,
    spent: &mut Spent,
    ids: &mut Vec<Id>,
) {
    ids.clear();
    let within = |at: Instant| window.from <= at && at < window.to;
    if within(ground.start) {
        ids.push(Id {
            at: ground.start,
            wall: ground.wall,
            own: None,
        });
    }
    let Some(recurrence) = &master.recurrence else {
        return;
    };
    for rule in &recurrence.rules {
        follow(rule, ground, window, clock, spent, &mut |at, wall| {
            // DTSTART is there already, and nearly always the rule's first.
            if at != ground.start {
                ids.push(Id {
                    at,
                    wall,
                    own: None,
                });
            }
        });
    }
    for rule in &recurrence.except_rules {
        follow(rule, ground, window, clock, spent, &mut |at, _| {
            exclusions.add(at);
        });
    }
    for date in &recurrence.dates {
        let (at, wall) = ground.placed(&date.start);
        if within(at) {
            let own = match &date.end {
                End::Unsaid => None,
                end => Some(Length::of(
                    (&date.start, date.start.instant(&ground.zone)),
                    end,
                    &ground.zone,
                    None,
                )),
            };
            ids.push(Id { at, wall, own });
        }
    }
    // Out of order: DTSTART after a window's first instances cannot be, but RDATEs, several rules, and rules within
    // a day across a gap of the clock can. Of equal moments a period comes first, since it says more.
    if !ids.is_sorted_by(|a, b| a.at < b.at) {
        ids.sort_by_key(|id| (id.at, id.own.is_none()));
        ids.dedup_by_key(|id| id.at);
    }
}

fn follow(
    rule: &str,
    ground: &Ground,
    window: Window,
    clock: &mut Clock,
    spent: &mut Spent,
    give: &mut impl FnMut(Instant, Wall),
) {
    // An unreadable rule gives nothing here; `recur::check` says so.
    let Ok(rule) = Rule::read(rule, ground.wall, &ground.zone, ground.all_day, &mut |_| ()) else {
        return;
    };
    if rule.is_sub_daily() {
        spent.sub_daily += 1;
        if spent.sub_daily > MAX_SUB_DAILY {
            spent.truncated = true;
            return;
        }
    }
    // Two days are more than any zone is away from UTC.
    let span = Span {
        from: Wall(window.from.seconds()).plus(-2 * DAY),
        to: Wall(window.to.seconds()).plus(2 * DAY),
    };
    let last = rule.bound.at;
    let end = window.to.plus_seconds(DAY);
    let mut steps = 0;
    let walked = rule.walk(span, &mut |wall| {
        let at = clock.instant(wall);
        if at >= window.from && at < window.to && at <= last {
            give(at, wall);
            steps += 1;
        }
        // Across a gap moments may come out of order, by a day at most (Samoa, 2011).
        steps < MAX_STEPS && at < end
    });
    spent.truncated |= !walked || steps >= MAX_STEPS;
}
