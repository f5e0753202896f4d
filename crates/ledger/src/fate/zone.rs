//! In which zone days are told for a pair, and in which its series is written.

use super::{assemble::Ledger, settled::Settled};
use crate::pairs::{CandidateSeries, Relationship};
use jiff::tz::TimeZone;

/// The report's zone: declared, else their calendar's, else the one asked for, else the series' own,
/// else the one that was known when the last of its calendars was let go, else UTC.
pub(super) fn of_the_report(
    relationship: &Relationship,
    ledger: Ledger<'_>,
    settled: Option<&Settled>,
) -> TimeZone {
    let report = relationship.report();
    let declared = report.and_then(|r| ledger.directory.person(r).zone().cloned());
    let calendars = || {
        ledger
            .history
            .copies
            .iter()
            .find(|c| c.owner.is_some() && c.owner == report)
            .and_then(|c| c.zone.clone())
    };
    declared
        .or_else(calendars)
        .or_else(|| ledger.settings.zone.clone())
        .or_else(|| written_in(relationship, ledger))
        .or_else(|| settled?.zone.clone())
        .unwrap_or(TimeZone::UTC)
}

/// Whether [`of_the_report`] tells in which country they are. What was let go tells no more of how it was named.
pub(super) fn tells_country(
    relationship: &Relationship,
    ledger: Ledger<'_>,
    zone: &TimeZone,
) -> bool {
    let report = relationship.report();
    let copies = || ledger.history.copies.iter();
    let declared = report.and_then(|r| ledger.directory.person(r).zone());
    if declared.is_some() {
        return true;
    }
    let mut theirs = copies().filter(|c| c.owner.is_some() && c.owner == report);
    if let Some(copy) = theirs.find(|c| c.zone.is_some()) {
        return copy.tells_country(zone);
    }
    let series = relationship.series.iter().flat_map(CandidateSeries::copies);
    let mut holders = series.filter_map(|at| ledger.history.copies.get(at.copy()));
    ledger.settings.zone.is_some() || holders.all(|copy| copy.tells_country(zone))
}

/// The zone that the last series with a rhythm names.
pub(super) fn written_in(relationship: &Relationship, ledger: Ledger<'_>) -> Option<TimeZone> {
    relationship
        .series
        .iter()
        .rev()
        .filter(|s| s.cadence_days().is_some())
        .flat_map(CandidateSeries::copies)
        .find_map(|at| {
            let known = ledger.history.known(at)?;
            known.leading(|event| event.zone.filter(|_| event.is_master).cloned())?
        })
}
