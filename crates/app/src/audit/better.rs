//! One repair to offer: where the conflicts fall, a slot that has been free, one sentence to say.

use super::{finish::Desk, reading::is_eligible};
use crate::report::model::{BetterSlot, Elsewhere, Repair};
use crate::report::words::{possessive, say::say, zones::city_of};
use jiff::{
    civil::{Date, Time, Weekday},
    tz::TimeZone,
};
use std::collections::HashMap;
use steadfast_calendar::{Slot, resolve};
use steadfast_ledger::{
    away::Absences,
    busy::{Agenda, FreeSlot, Own, free_slot},
    occurrence::Occurrence,
    pairs::Relationship,
    people::PersonId,
};

/// Weeks looked at for a free slot: half a year.
const WEEKS: usize = 26;
/// A slot is only offered if it was free in at least this share of the weeks, and freer than the usual one.
const OFTEN_FREE: (usize, usize) = (3, 4);
/// Hours between which a slot is offered on the clocks of both.
const DAY_BEGINS: i8 = 8;
const DAY_ENDS: i8 = 19;
/// Disruptions from which a repair is offered.
pub(super) const ENOUGH: usize = 3;

/// Days for which a time is new: what is known is of the one before.
const NEW_DAYS: i32 = 91;

/// Whether it is at another time since lately, by the days on which it was re-timed.
pub(super) fn is_at_another(mut re_timed: impl Iterator<Item = Date>, today: Date) -> bool {
    re_timed.any(|day| (today - day).get_days() <= NEW_DAYS)
}

/// A weekly time that is offered to one of a manager's reports.
pub(super) struct OfferedTime {
    people: [PersonId; 2],
    manager: PersonId,
    minutes: i64,
    weekday: Weekday,
    time: Time,
}

impl OfferedTime {
    /// Whether `slot` lies over it and is that of another of the same manager's reports.
    fn takes(&self, slot: Slot, of: &Relationship, zone: &TimeZone) -> bool {
        let civil = slot.start.civil(zone);
        let (at, from) = (self.time, civil.time());
        let minute = |time: Time| 60 * i64::from(time.hour()) + i64::from(time.minute());
        of.manager == Some(self.manager)
            && of.people != self.people
            && civil.weekday() == self.weekday
            && minute(from) < minute(at) + self.minutes
            && minute(at) < minute(from) + slot.minutes()
    }
}

/// A repair for the manager who reads, where several of the last half year were disrupted.
pub(super) fn repair(
    desk: &Desk<'_>,
    absences: &Absences,
    relationship: &Relationship,
    occurrences: &[Occurrence],
    usual: Option<Slot>,
    own: &Own<'_>,
    elsewhere: &[Elsewhere],
) -> Option<Repair> {
    let manager = relationship.manager?;
    if desk.me.is_some() && desk.me != Some(manager) {
        return None;
    }
    let since = desk.now.plus_days(-7 * i64::try_from(WEEKS).ok()?);
    let recent = || {
        occurrences
            .iter()
            .filter(|o| is_eligible(o) && o.promised.start >= since)
    };
    let disrupted = recent().filter(|o| o.verdict.disruption).count();
    if disrupted < ENOUGH {
        return None;
    }
    let usual = usual?;
    let mine = desk.agendas.get(&manager)?;
    let theirs = relationship.report().and_then(|r| desk.agendas.get(&r));
    let agendas: Vec<&Agenda> = std::iter::once(mine).chain(theirs).collect();
    // Of what came after the calendars were last seen nobody knows whether it was free.
    let today = desk.known_until.unwrap_or(desk.now).date(&desk.zone);
    // Before a calendar has anything nobody knows whether a time was free on it.
    let begins = agendas
        .iter()
        .filter_map(|agenda| agenda.places().map(|taken| taken.place.slot.start).min())
        .max();
    let is_away = |slot: Slot| {
        begins.is_none_or(|begins| slot.start < begins)
            || !absences
                .around(slot, relationship, Some(&desk.zone))
                .is_empty()
            || elsewhere.iter().any(|one| !at_work(slot, &one.zone))
            || desk
                .offered
                .borrow()
                .iter()
                .any(|other| other.takes(slot, relationship, &desk.zone))
    };
    let free = free_slot(
        &agendas,
        usual.minutes(),
        today,
        WEEKS,
        &desk.zone,
        own,
        is_away,
    )
    .filter(|f| f.free * OFTEN_FREE.1 >= f.of * OFTEN_FREE.0);
    desk.offered
        .borrow_mut()
        .extend(free.map(|free| OfferedTime {
            people: relationship.people,
            manager,
            minutes: usual.minutes(),
            weekday: free.weekday,
            time: free.time,
        }));
    let slot = free.map(|free| BetterSlot {
        slot: words(&free),
        elsewhere: there(&free, desk, elsewhere),
        free: free.free,
        of: free.of,
        both: theirs.is_some(),
    });
    let lost = recent().filter(|o| o.verdict.loss).count();
    let mostly_lost = 2 * lost > disrupted;
    Some(Repair {
        conflict_fact: conflict_fact(desk, relationship, usual),
        say: Some(say(
            mostly_lost,
            slot.as_ref().map(BetterSlot::words).as_deref(),
        )),
        better_slot: slot,
    })
}

/// Whether `slot` lies within what is a working day nearly everywhere.
pub(super) fn at_work(slot: Slot, zone: &TimeZone) -> bool {
    let (from, to) = (slot.start.civil(zone), slot.end.civil(zone));
    let weekday = from.weekday().to_monday_zero_offset() < 5;
    weekday && from.date() == to.date() && from.hour() >= DAY_BEGINS && to.hour() < DAY_ENDS
}

/// The next such slot on the other clocks: "15:30 in Berlin".
fn there(free: &FreeSlot, desk: &Desk<'_>, elsewhere: &[Elsewhere]) -> Vec<String> {
    let today = desk.now.date(&desk.zone);
    let Ok(day) = today.nth_weekday(1, free.weekday) else {
        return Vec::new();
    };
    let at = resolve(day.to_datetime(free.time), &desk.zone);
    let there = elsewhere.iter().map(|one| {
        let civil = at.civil(&one.zone);
        let form = if civil.date() == day {
            "%-H:%M"
        } else {
            "%A %-H:%M"
        };
        let city = city_of(one.zone.iana_name().unwrap_or_default());
        format!("{} in {city}", civil.strftime(form))
    });
    there.collect()
}

fn words(free: &FreeSlot) -> String {
    let weekday = match free.weekday {
        Weekday::Monday => "Monday",
        Weekday::Tuesday => "Tuesday",
        Weekday::Wednesday => "Wednesday",
        Weekday::Thursday => "Thursday",
        Weekday::Friday => "Friday",
        Weekday::Saturday => "Saturday",
        Weekday::Sunday => "Sunday",
    };
    format!("{weekday} {}", free.time.strftime("%-H:%M"))
}

/// "Tuesday 15:00 is where most of your conflicts fall": the hour of most conflicts, where this 1:1 stands in it and
/// no other hour has as many.
fn conflict_fact(desk: &Desk<'_>, relationship: &Relationship, usual: Slot) -> Option<String> {
    let conflicts = desk.conflicts.get(&relationship.manager?)?;
    let mut hours: HashMap<(i8, i8), usize> = HashMap::new();
    for conflict in conflicts {
        let civil = conflict.at.civil(&desk.zone);
        let hour = (civil.weekday().to_monday_zero_offset(), civil.hour());
        *hours.entry(hour).or_default() += 1;
    }
    let civil = usual.start.civil(&desk.zone);
    let here = (civil.weekday().to_monday_zero_offset(), civil.hour());
    let count = hours.get(&here).copied().unwrap_or(0);
    let elsewhere = hours
        .iter()
        .filter(|(hour, _)| **hour != here)
        .map(|(_, n)| *n);
    (count >= ENOUGH && elsewhere.max().unwrap_or(0) < count).then(|| {
        let whose = relationship.manager.filter(|_| desk.me.is_none());
        let whose = whose.map_or_else(
            || "your".to_owned(),
            |manager| possessive(&desk.directory.display_name(manager)),
        );
        format!(
            "{} is where most of {whose} conflicts fall.",
            civil.strftime("%A %-H:%M")
        )
    })
}
