//! Who is there, and who reports to whom today: what everybody with an account sees of the organisation.

use super::organisation::{Organisation, key_of};
use crate::server::Viewer;
use jiff::tz::TimeZone;
use steadfast_calendar::Instant;

/// A page of it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Chart {
    /// People by name.
    pub people: Vec<ChartPerson>,
    /// How many there are with what was looked for.
    pub found: usize,
    /// How many there are.
    pub all: usize,
}

/// Somebody, as everybody sees them: no address, no dates, nothing of what was before.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ChartPerson {
    /// For the address of their page.
    pub key: String,
    /// Their name.
    pub name: String,
    /// Names of those they report to today.
    pub managers: Vec<String>,
    /// Whether it is whoever looks.
    pub is_me: bool,
}

/// The zone in which a report's days are counted, as far as the list knows it.
fn zone_of(organisation: &Organisation, report: &str) -> TimeZone {
    let known = organisation.people.get(report);
    let name = known.and_then(|known| known.zone.as_deref());
    name.and_then(|name| TimeZone::get(name).ok())
        .unwrap_or(TimeZone::UTC)
}

/// Those whose name holds `find`, `most` of them from the number `from` on.
pub fn chart(
    organisation: &Organisation,
    viewer: &Viewer,
    now: Instant,
    find: &str,
    (from, most): (usize, usize),
) -> Chart {
    let find = find.trim().to_lowercase();
    let is_human = |kind: &str| matches!(kind, "person" | "delegate");
    let everybody = || {
        let people = organisation.people.iter();
        people.filter(|(_, known)| is_human(&known.kind))
    };
    let mut found: Vec<(String, &str)> = everybody()
        .map(|(address, _)| (organisation.shown(address).to_lowercase(), address.as_str()))
        .filter(|(name, _)| name.contains(&find))
        .collect();
    found.sort_unstable();
    let page = found.iter().skip(from).take(most);
    Chart {
        people: page
            .map(|(_, address)| ChartPerson {
                key: key_of(address),
                name: organisation.shown(address),
                managers: organisation
                    .lines_of(address)
                    .filter(|line| line.covers(now.date(&zone_of(organisation, address))))
                    .map(|line| organisation.shown(&line.manager))
                    .collect(),
                is_me: *address == viewer.person(),
            })
            .collect(),
        found: found.len(),
        all: everybody().count(),
    }
}

#[cfg(test)]
mod tests {
    use super::super::organisation::{DatedLine, Known};
    use super::*;
    use jiff::civil::date;
    use steadfast_store::Org;

    #[test]
    fn a_line_ends_with_its_last_day_where_the_report_lives() {
        let (maya, ben) = ("maya@example.com", "ben@example.com");
        let viewer = Viewer::signed_in(Org::new("o").unwrap(), maya);
        // 1 April, noon UTC: in Auckland it is the second, in Honolulu the first, at two in the morning.
        let now = Instant::from_seconds(1_775_044_800);
        for (zone, last, reports) in [
            (Some("Pacific/Auckland"), date(2026, 4, 1), false),
            (Some("Pacific/Auckland"), date(2026, 4, 2), true),
            (None, date(2026, 4, 1), true),
            (Some("Pacific/Honolulu"), date(2026, 3, 31), false),
            (Some("Pacific/Honolulu"), date(2026, 4, 1), true),
        ] {
            let mut organisation = Organisation::default();
            for address in [maya, ben] {
                let known = Known {
                    kind: "person".to_owned(),
                    zone: zone.map(str::to_owned),
                    ..Known::default()
                };
                organisation.people.insert(address.to_owned(), known);
            }
            organisation.lines.insert(DatedLine {
                report: ben.to_owned(),
                from: None,
                to: Some(last),
                manager: maya.to_owned(),
            });
            let chart = chart(&organisation, &viewer, now, "ben", (0, 9));
            let managers = &chart.people[0].managers;
            assert_eq!(!managers.is_empty(), reports, "{zone:?} {last}");
        }
    }
}
