//! The clocks of the two that show another time than the report does.

use super::{finish::Desk, pair::usual};
use crate::report::model::Elsewhere;
use jiff::tz::TimeZone;
use steadfast_calendar::Slot;
use steadfast_ledger::pairs::Relationship;

/// Their zones where the usual slot reads differently there than in the display zone. Of somebody whose zone nobody says
/// it is `judged_in`, the one that days are told in for the pair, unless that is only UTC for want of any.
pub(super) fn elsewhere(
    desk: &Desk<'_>,
    relationship: &Relationship,
    week: &[Slot],
    judged_in: &TimeZone,
) -> Vec<Elsewhere> {
    let own = |id| desk.zones.get(id).cloned();
    let known = relationship.people.iter().filter_map(own);
    let all_known = relationship
        .people
        .iter()
        .all(|id| desk.zones.contains_key(id));
    let guess = Some(judged_in.clone()).filter(|zone| !all_known && *zone != TimeZone::UTC);
    let mut found: Vec<Elsewhere> = Vec::new();
    for zone in known.chain(guess) {
        let is_new = found.iter().all(|one| one.zone != zone);
        if is_new && zone.iana_name().is_some() && differs(week, &zone, &desk.zone) {
            let usual_slot = slot(week, &zone, &desk.zone);
            found.push(Elsewhere { zone, usual_slot });
        }
    }
    found
}

fn differs(week: &[Slot], zone: &TimeZone, shown: &TimeZone) -> bool {
    week.iter()
        .any(|slot| slot.start.civil(zone) != slot.start.civil(shown))
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
