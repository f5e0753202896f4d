//! Through whose eyes one relationship is told. The same facts, but a heads-up is for the manager alone,
//! and what displaced a meeting is for the owner of that calendar alone.

use super::model::{Band, Pair, Person, Report, Side};

/// Who is reading about one pair.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Seat {
    /// The pair's manager.
    Manager,
    /// The pair's report.
    Report,
    /// Neither is known to be reading, or the direction is not known.
    Onlooker,
}

/// From where `pair` is told in `report`.
pub(crate) fn seat(report: &Report, pair: &Pair) -> Seat {
    let (Some(me), Some(manager)) = (&report.me, manager(pair)) else {
        return Seat::Onlooker;
    };
    if manager.address == me.address {
        return if me.side == Side::Report {
            Seat::Onlooker
        } else {
            Seat::Manager
        };
    }
    let is_report = subordinate(pair).is_some_and(|person| person.address == me.address);
    if is_report || me.side == Side::Report {
        Seat::Report
    } else {
        Seat::Onlooker
    }
}

/// The manager of the pair, where known.
pub(crate) fn manager(pair: &Pair) -> Option<&Person> {
    pair.people.get(pair.manager?)
}

/// The report of the pair, where the direction is known.
pub(crate) fn subordinate(pair: &Pair) -> Option<&Person> {
    match pair.manager? {
        0 => pair.people.get(1),
        1 => pair.people.first(),
        _ => None,
    }
}

/// The one of the two that is not the reader; the report where the reader is neither.
pub(crate) fn other<'a>(report: &Report, pair: &'a Pair) -> &'a Person {
    let [first, second] = &pair.people;
    match &report.me {
        Some(me) if me.address == first.address => second,
        Some(me) if me.address == second.address => first,
        _ => subordinate(pair).unwrap_or(second),
    }
}

/// The band that may be said from this seat. A heads-up is the manager's alone; with a third or more of
/// the disruptions by nobody known there is no band at all, unless it only says "too early".
pub(crate) fn band_said(band: Band, whose_unknown: bool, seat: Seat) -> Option<Band> {
    match band {
        Band::TooEarly => Some(Band::TooEarly),
        _ if whose_unknown => None,
        Band::HeadsUp if seat != Seat::Manager => Some(Band::Mixed),
        said => Some(said),
    }
}
