//! Where a first 1:1 could be, for a reporting line that has none: the first time in the coming days that is free.

use super::{better::at_work, finish::Desk};
use crate::report::model::FirstSlot;
use crate::report::words::zones::city_of;
use jiff::tz::TimeZone;
use steadfast_calendar::Slot;
use steadfast_ledger::{
    away::Absences,
    busy::{Agenda, first_free},
    people::{PersonId, ReportingLine},
};

/// A first one is half an hour long.
const MINUTES: i64 = 30;
/// Days ahead in which it is looked for: agendas are read no further.
const DAYS: i64 = 6;
/// Told a day ahead at the least, as the practice of 1:1s asks of every change.
const NOTICE_DAYS: i64 = 1;

/// First slots as they are offered: of one manager's reports each gets another.
pub(super) struct Firsts<'a> {
    desk: &'a Desk<'a>,
    absences: &'a Absences,
    offered: Vec<(PersonId, Slot)>,
}

impl<'a> Firsts<'a> {
    /// None is offered yet.
    pub(super) const fn new(desk: &'a Desk<'a>, absences: &'a Absences) -> Self {
        Self {
            desk,
            absences,
            offered: Vec::new(),
        }
    }

    /// One for the two of `line`. `None` for a report who reads, without the manager's calendar, and from calendars that are too
    /// old to say what is free.
    pub(super) fn offer(&mut self, line: ReportingLine) -> Option<FirstSlot> {
        let desk = self.desk;
        if desk.known_until.is_some() || desk.me.is_some_and(|me| me != line.manager) {
            return None;
        }
        let mine = desk.agendas.get(&line.manager)?;
        let theirs = desk.agendas.get(&line.report);
        let agendas: Vec<&Agenda> = std::iter::once(mine).chain(theirs).collect();
        let zone = |who| desk.zone_of(who).unwrap_or_else(|| desk.zone.clone());
        let two = [line.manager, line.report].map(|who| (who, zone(who)));
        let is_given = |slot: Slot| {
            let mut given = self.offered.iter();
            given.any(|(manager, other)| *manager == line.manager && other.overlaps(slot))
        };
        let soonest = desk.now.plus_days(NOTICE_DAYS);
        let is_away = |slot: Slot| {
            let away = |(who, zone): &(PersonId, TimeZone)| {
                !at_work(slot, zone) || self.absences.is_away(*who, slot, zone)
            };
            slot.start < soonest || is_given(slot) || two.iter().any(away)
        };
        let today = desk.now.date(&desk.zone);
        let slot = first_free(&agendas, MINUTES, today, DAYS, &desk.zone, is_away)?;
        self.offered.push((line.manager, slot));
        let there = two.last().map(|(_, zone)| zone)?;
        Some(FirstSlot {
            slot,
            both: theirs.is_some(),
            elsewhere: on_the_clock(slot, there, &desk.zone),
        })
    }
}

/// "15:30 in Berlin", "Thu 1:00 in Tokyo"; `None` where the clocks agree.
fn on_the_clock(slot: Slot, there: &TimeZone, here: &TimeZone) -> Option<String> {
    let (told, shown) = (slot.start.civil(there), slot.start.civil(here));
    let form = if told.date() == shown.date() {
        "%-H:%M"
    } else {
        "%a %-H:%M"
    };
    let city = city_of(there.iana_name()?);
    (told != shown).then(|| format!("{} in {city}", told.strftime(form)))
}
