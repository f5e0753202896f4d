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
    their_own(relationship, ledger)
        .cloned()
        .or_else(|| ledger.settings.zone.clone())
        .or_else(|| written_in(relationship, ledger))
        .or_else(|| settled?.zone.clone())
        .unwrap_or(TimeZone::UTC)
}

/// What they declare, or their calendar says.
fn their_own<'a>(relationship: &Relationship, ledger: Ledger<'a>) -> Option<&'a TimeZone> {
    let report = relationship.report();
    let declared = report.and_then(|r| ledger.directory.person(r).zone());
    let mut copies = ledger.history.copies.iter();
    declared.or_else(|| {
        let theirs = copies.find(|c| c.owner.is_some() && c.owner == report);
        theirs.and_then(|copy| copy.zone.as_ref())
    })
}

/// Whether [`of_the_report`] is what is known of them, and not taken from anything else.
pub(super) fn is_theirs(relationship: &Relationship, ledger: Ledger<'_>) -> bool {
    their_own(relationship, ledger).is_some()
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
