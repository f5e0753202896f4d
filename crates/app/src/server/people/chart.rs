//! Who is there, and who reports to whom today: what everybody with an account sees of the organisation.

use super::organisation::{DatedLine, Organisation, key_of};
use super::zone::{own_today, zone_of};
use crate::server::{ServerError, Viewer};
use jiff::civil::Date;
use jiff::tz::TimeZone;
use steadfast_calendar::Instant;
use steadfast_store::{Facts, Sources, Views};

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

/// Somebody, as everybody sees them: no dates but for whoever keeps the list, no address but of whom one may invite, nothing of what
/// was before.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ChartPerson {
    /// For the address of their page.
    pub key: String,
    pub(super) address: String,
    /// Their name.
    pub name: String,
    /// Names of those they report to today.
    pub managers: Vec<String>,
    /// Whether it is whoever looks.
    pub is_me: bool,
    /// The address that the viewer may invite; `None` where they joined, or the viewer may not.
    pub invite: Option<String>,
    /// Their last day, where one is to come: for whoever keeps the list alone.
    pub last: Option<Date>,
}

/// Today where a report lives. Where that is, is asked only if a line of theirs begins or ends within a day of now: otherwise
/// it is the same wherever they live.
async fn today_of<S: Facts + Sources + Views>(
    store: &S,
    organisation: &Organisation,
    viewer: &Viewer,
    now: Instant,
    report: &str,
) -> Result<Date, ServerError> {
    let here = now.date(&TimeZone::UTC);
    if is_the_same_everywhere(organisation.lines_of(report), here) {
        return Ok(here);
    }
    let known = organisation.told_of(report);
    let listed = known.and_then(|known| known.zone.as_deref());
    Ok(now.date(&zone_of(store, viewer.org(), report, listed, now).await?))
}

/// Whether these lines are the same on the days around `here`, and so wherever somebody lives.
fn is_the_same_everywhere<'a>(mut lines: impl Iterator<Item = &'a DatedLine>, here: Date) -> bool {
    let around = [here.yesterday(), Ok(here), here.tomorrow()];
    let around: Vec<Date> = around.into_iter().flatten().collect();
    lines.all(|line| {
        let covers = line.covers(here);
        around.iter().all(|day| line.covers(*day) == covers)
    })
}

/// Today where the viewer lives, as far as their own lines are concerned: where that is, is asked only if it matters to one.
///
/// # Errors
/// [`ServerError::Store`].
pub async fn today_among_own<S: Facts + Sources + Views>(
    store: &S,
    organisation: &Organisation,
    viewer: &Viewer,
    now: Instant,
) -> Result<Date, ServerError> {
    let me = viewer.person();
    let lines = organisation.lines.iter();
    let own = lines.filter(|line| line.report == me || line.manager == me);
    let here = now.date(&TimeZone::UTC);
    if is_the_same_everywhere(own, here) {
        return Ok(here);
    }
    own_today(store, organisation, viewer, now).await
}

/// Names of those whom `report` reports to today, as everybody sees them; since when is told to `report` alone.
///
/// # Errors
/// [`ServerError::Store`].
pub async fn managers_today<S: Facts + Sources + Views>(
    store: &S,
    organisation: &Organisation,
    viewer: &Viewer,
    now: Instant,
    report: &str,
) -> Result<Vec<(String, Option<Date>)>, ServerError> {
    let today = today_of(store, organisation, viewer, now, report).await?;
    let lines = organisation.lines_of(report);
    let lines = lines.filter(|line| line.covers(today)).map(|line| {
        let since = line.from.filter(|_| report == viewer.person());
        (organisation.shown(&line.manager), since)
    });
    Ok(lines.collect())
}

/// Those whose name holds `find`, `most` of them from the number `from` on.
///
/// # Errors
/// [`ServerError::Store`].
pub async fn chart<S: Facts + Sources + Views>(
    store: &S,
    organisation: &Organisation,
    viewer: &Viewer,
    now: Instant,
    find: &str,
    (from, most): (usize, usize),
) -> Result<Chart, ServerError> {
    let find = find.trim().to_lowercase();
    let is_human = |kind: &str| matches!(kind, "person" | "delegate");
    let everybody = || {
        let people = organisation.there(now);
        people.filter(|(_, known)| is_human(&known.kind))
    };
    let mut found: Vec<(String, &str)> = everybody()
        .map(|(address, _)| (organisation.shown(address).to_lowercase(), address))
        .filter(|(name, _)| name.contains(&find))
        .collect();
    found.sort_unstable();
    let mut people = Vec::new();
    for (_, address) in found.iter().skip(from).take(most) {
        let today = today_of(store, organisation, viewer, now, address).await?;
        let lines = organisation.lines_of(address);
        people.push(ChartPerson {
            key: key_of(address),
            address: (*address).to_owned(),
            invite: None,
            name: organisation.shown(address),
            managers: lines
                .filter(|line| line.covers(today))
                .map(|line| organisation.shown(&line.manager))
                .collect(),
            is_me: *address == viewer.person(),
            last: organisation.last_day(address, now),
        });
    }
    Ok(Chart {
        people,
        found: found.len(),
        all: everybody().count(),
    })
}

#[cfg(test)]
mod tests {
    use super::super::organisation::Known;
    use super::*;
    use crate::server::facts;
    use crate::server::ledger::kept;
    use crate::server::testing::{viewer, with_store};
    use jiff::civil::date;
    use steadfast_store::{Expected, Org, Store};

    const MAYA: &str = "maya@example.com";
    const BEN: &str = "ben@example.com";
    /// 1 April, noon UTC: in Auckland it is the second, in Honolulu the first, at two in the morning.
    const NOW: Instant = Instant::from_seconds(1_775_044_800);

    /// Whether Ben reports to Maya now, whose line with her ends with that day.
    async fn reports(store: &Store, org: &Org, zone: Option<&str>, last: Date) -> bool {
        let mut organisation = Organisation::default();
        for address in [MAYA, BEN] {
            let known = Known {
                kind: "person".to_owned(),
                zone: zone.map(str::to_owned),
                ..Known::default()
            };
            organisation.people.insert(address.to_owned(), known);
        }
        organisation.lines.insert(DatedLine {
            report: BEN.to_owned(),
            from: None,
            to: Some(last),
            manager: MAYA.to_owned(),
        });
        let maya = viewer(org, MAYA);
        let chart = chart(store, &organisation, &maya, NOW, "ben", (0, 9)).await;
        !chart.unwrap().people[0].managers.is_empty()
    }

    #[test]
    fn a_line_ends_with_its_last_day_where_the_report_lives() {
        with_store(|store, org| async move {
            for (zone, last, expected) in [
                (Some("Pacific/Auckland"), date(2026, 3, 31), false),
                (Some("Pacific/Auckland"), date(2026, 4, 1), false),
                (Some("Pacific/Auckland"), date(2026, 4, 2), true),
                (None, date(2026, 3, 31), false),
                (None, date(2026, 4, 1), true),
                (Some("Pacific/Honolulu"), date(2026, 3, 31), false),
                (Some("Pacific/Honolulu"), date(2026, 4, 1), true),
                (Some("Pacific/Honolulu"), date(2026, 4, 9), true),
            ] {
                let reports = reports(&store, &org, zone, last).await;
                assert_eq!(reports, expected, "{zone:?} {last}");
            }
        });
    }

    #[test]
    fn where_the_list_knows_no_zone_it_ends_as_the_reports_own_pages_count_days() {
        with_store(|store, org| async move {
            let calendar = format!(
                "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nX-WR-TIMEZONE:Pacific/Auckland\r\nBEGIN:VEVENT\r\nUID:w\r\n\
                 DTSTAMP:20260101T000000Z\r\nDTSTART;TZID=Pacific/Auckland:20260105T100000\r\nDURATION:PT30M\r\n\
                 RRULE:FREQ=WEEKLY\r\nSUMMARY:1:1\r\nORGANIZER:mailto:{MAYA}\r\nATTENDEE:mailto:{MAYA}\r\n\
                 ATTENDEE;PARTSTAT=ACCEPTED:mailto:{BEN}\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
            );
            let seen = [facts::seen(calendar.as_bytes(), BEN, NOW)];
            let stream = facts::calendar_of(BEN);
            store
                .append(&org, &stream, Expected::Any, &seen, &[])
                .await
                .unwrap();
            let ben = viewer(&org, BEN);
            let told = kept(&store, &ben, "p", NOW).await.unwrap().zone();
            assert_eq!(told.iana_name(), Some("Pacific/Auckland"));
            assert!(!reports(&store, &org, None, date(2026, 4, 1)).await);
            assert!(reports(&store, &org, None, date(2026, 4, 2)).await);
            // What the list says goes before.
            let listed = Some("Pacific/Honolulu");
            assert!(reports(&store, &org, listed, date(2026, 4, 1)).await);
        });
    }
}
