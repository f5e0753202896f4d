//! Which public holiday excuses a 1:1, of which country, and on whose side.

use super::{name, possessive};
use crate::report::model::Pair;
use crate::report::seat::{Seat, manager, subordinate};
use steadfast_ledger::case::Away;
use steadfast_ledger::holidays::country_name;
use steadfast_ledger::occurrence::{Holiday, Occurrence};

/// "a public holiday in Japan (Children’s Day), by Ken’s time zone".
pub(super) fn holiday(occurrence: &Occurrence, pair: &Pair, seat: Seat) -> String {
    let Some(holiday) = occurrence.holiday.as_deref() else {
        return "a public holiday".to_owned();
    };
    let country = country_name(&holiday.country);
    let place = country.map_or_else(String::new, |country| format!(" in {country}"));
    // "Labor Day (observed)" would stand in brackets twice; of two on one day the table says both.
    let called = holiday.name.replace(" (", ", ").replace(')', "");
    let called = called.replace("; ", " and ").replace('\'', "’");
    let said = format!("a public holiday{place} ({called})");
    match side(holiday, pair, seat) {
        Some(side) => format!("{said}, {side}"),
        None => said,
    }
}

/// "by your time zone", "on Ken’s calendar".
fn side(holiday: &Holiday, pair: &Pair, seat: Seat) -> Option<String> {
    let whose = match (holiday.of?, seat) {
        (Away::Manager, Seat::Manager) | (Away::Report, Seat::Report) => "your".to_owned(),
        (Away::Manager, _) => possessive(&name(manager(pair)?)),
        (Away::Report, _) => possessive(&name(subordinate(pair)?)),
        (Away::Holiday | Away::OneOfTheTwo, _) => return None,
    };
    Some(if holiday.on_calendar {
        format!("on {whose} calendar")
    } else {
        format!("by {whose} time zone")
    })
}
