//! Where somebody's day is over: one answer, for the last day of a reporting line and for the one on which an account closes.

use super::organisation::Organisation;
use crate::server::ledger::zone_told;
use crate::server::{ServerError, Viewer};
use jiff::{civil::Date, tz::TimeZone};
use steadfast_calendar::Instant;
use steadfast_store::{Facts, Org, Sources, Views};

/// The zone in which the days of `person` are counted: `listed`, the name that the list of people has for it; where it has none, the
/// one in which their own pages tell their days; UTC as long as that is not known either.
///
/// # Errors
/// [`ServerError::Store`].
pub(in crate::server) async fn zone_of<S: Facts + Sources + Views>(
    store: &S,
    org: &Org,
    person: &str,
    listed: Option<&str>,
    now: Instant,
) -> Result<TimeZone, ServerError> {
    match listed.and_then(|name| TimeZone::get(name).ok()) {
        Some(zone) => Ok(zone),
        None => zone_told(store, org, person, now).await,
    }
}

/// Today where the viewer lives: what a form offers them as a first or last day, and the day on which a file without days is fed.
///
/// # Errors
/// [`ServerError::Store`].
pub async fn own_today<S: Facts + Sources + Views>(
    store: &S,
    organisation: &Organisation,
    viewer: &Viewer,
    now: Instant,
) -> Result<Date, ServerError> {
    let known = organisation.told_of(viewer.person());
    let listed = known.and_then(|known| known.zone.as_deref());
    let zone = zone_of(store, viewer.org(), viewer.person(), listed, now).await?;
    Ok(now.date(&zone))
}

#[cfg(test)]
mod tests {
    use super::super::organisation::Known;
    use super::*;
    use crate::server::testing::{viewer, with_store};
    use jiff::civil::date;

    /// 1 April, noon UTC.
    const NOW: Instant = Instant::from_seconds(1_775_044_800);

    #[test]
    fn today_is_the_day_where_whoever_looks_lives() {
        for (zone, today) in [
            (Some("Pacific/Auckland"), date(2026, 4, 2)),
            (Some("Pacific/Honolulu"), date(2026, 4, 1)),
            (None, date(2026, 4, 1)),
        ] {
            with_store(|store, org| async move {
                let mut organisation = Organisation::default();
                let known = Known {
                    zone: zone.map(str::to_owned),
                    ..Known::default()
                };
                let maya = "maya@example.com";
                organisation.people.insert(maya.to_owned(), known);
                let told = own_today(&store, &organisation, &viewer(&org, maya), NOW).await;
                assert_eq!(told.unwrap(), today, "{zone:?}");
            });
        }
    }
}
