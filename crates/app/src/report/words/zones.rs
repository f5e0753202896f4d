//! The same moment on the other one's clock, named wherever it differs from the clock that the report shows.

use super::list;
use crate::report::model::{Elsewhere, Pair, Report};
use steadfast_calendar::Instant;

/// " (14:30 in Berlin)", " (Wed 3:00 in Tokyo)"; nothing where the clocks agree.
pub(crate) fn of(at: Instant, report: &Report, pair: &Pair) -> String {
    let here = at.civil(&report.zone);
    let each = pair.elsewhere.iter().filter_map(|elsewhere| {
        let there = at.civil(&elsewhere.zone);
        let form = if there.date() == here.date() {
            "%-H:%M"
        } else {
            "%a %-H:%M"
        };
        (there != here).then(|| format!("{} in {}", there.strftime(form), city(elsewhere)))
    });
    brackets(&each.collect::<Vec<_>>())
}

/// The same of a pair's usual slot, as last in force; where that reads alike, only that the clocks part at other times.
pub(crate) fn of_usual_slot(pair: &Pair) -> String {
    let each = pair.elsewhere.iter().map(|elsewhere| {
        let city = city(elsewhere);
        match &elsewhere.usual_slot {
            Some(slot) => format!("{slot} in {city}"),
            None => format!("as the clock is in {city}"),
        }
    });
    brackets(&each.collect::<Vec<_>>())
}

fn brackets(each: &[String]) -> String {
    if each.is_empty() {
        String::new()
    } else {
        format!(" ({})", list(each))
    }
}

/// "Sao Paulo", of "America/Sao_Paulo".
fn city(elsewhere: &Elsewhere) -> String {
    city_of(elsewhere.zone.iana_name().unwrap_or("another zone"))
}

/// See [`city`].
pub(crate) fn city_of(zone: &str) -> String {
    zone.rsplit('/').next().unwrap_or(zone).replace('_', " ")
}

/// "times in America/New_York": where somebody's clock shows another time than the report does.
pub(crate) fn shown_in(report: &Report) -> Option<String> {
    let differs = report.pairs.iter().any(|pair| !pair.elsewhere.is_empty());
    differs.then(|| always_shown_in(report))
}

/// The same, said in any case.
pub(crate) fn always_shown_in(report: &Report) -> String {
    format!("times in {}", report.zone_name)
}
