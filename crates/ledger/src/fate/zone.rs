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
