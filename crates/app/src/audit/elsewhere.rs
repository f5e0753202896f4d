//! The clocks that show another time than the report does: of the two, and of the zone in which their series is written.

use super::{finish::Desk, pair::usual};
use crate::report::model::Elsewhere;
use jiff::tz::TimeZone;
use steadfast_calendar::{Instant, Slot};
use steadfast_ledger::{occurrence::Occurrence, pairs::Relationship};

/// When a pair meets, and the zones that this is told in.
pub(super) struct ToldIn<'a> {
    /// The usual week.
    pub(super) week: &'a [Slot],
    /// Every promise.
    pub(super) occurrences: &'a [Occurrence],
    /// The zone that days are told in for the pair.
    pub(super) judged_in: &'a TimeZone,
    /// The zone that the series names.
    pub(super) written_in: Option<&'a TimeZone>,
}

/// The zones of the two where the usual slot reads differently there than in the display zone, and the one in which the
/// series is written where any slot that is shown does: with another summer time, a slot that never moves changes its
/// hour in the report. Of somebody whose zone nobody says it is `judged_in`, unless that is only UTC for want of any.
pub(super) fn elsewhere(
    desk: &Desk<'_>,
    relationship: &Relationship,
    told: &ToldIn<'_>,
) -> Vec<Elsewhere> {
    let own = |id| desk.zones.get(id).cloned();
    let known = relationship.people.iter().filter_map(own);
    let all_known = relationship
        .people
        .iter()
        .all(|id| desk.zones.contains_key(id));
    let guess = Some(told.judged_in.clone()).filter(|zone| !all_known && *zone != TimeZone::UTC);
    let week: Vec<Instant> = told.week.iter().map(|slot| slot.start).collect();
    let mut found: Vec<Elsewhere> = Vec::new();
    for zone in known.chain(guess) {
        let is_new = found.iter().all(|one| one.zone != zone);
        if is_new && zone.iana_name().is_some() && differs(&week, &zone, &desk.zone) {
            let usual_slot = slot(told.week, &zone, &desk.zone);
            found.push(Elsewhere { zone, usual_slot });
        }
    }
    let written = told
        .written_in
        .filter(|zone| zone.iana_name().is_some() && **zone != TimeZone::UTC);
    if let Some(zone) = written {
        let shown = desk.printed(told.occurrences).map(|o| o.promised.start);
        let shown: Vec<Instant> = shown.chain(week.iter().copied()).collect();
        let is_told = |other: &TimeZone| !differs(&shown, zone, other);
        if !is_told(&desk.zone) && !found.iter().any(|one| is_told(&one.zone)) {
            let usual_slot = differs(&week, zone, &desk.zone)
                .then(|| slot(told.week, zone, &desk.zone))
                .flatten();
            found.push(Elsewhere {
                zone: zone.clone(),
                usual_slot,
            });
        }
    }
    found
}

fn differs(at: &[Instant], zone: &TimeZone, shown: &TimeZone) -> bool {
    zone != shown && at.iter().any(|at| at.civil(zone) != at.civil(shown))
}

/// "14:30"; with its day where that is another one there, or where there are several.
fn slot(week: &[Slot], zone: &TimeZone, shown: &TimeZone) -> Option<String> {
    match week {
        [only] if only.start.date(zone) == only.start.date(shown) => {
            Some(only.start.civil(zone).strftime("%-H:%M").to_string())
        }
        _ => usual(week, zone),
    }
}
