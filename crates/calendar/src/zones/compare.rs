//! Whether a file's own definition of a zone agrees with the IANA database.

use super::build::Plan;
use jiff::{Timestamp, tz::TimeZone};

/// Moments at which the two are compared: 2020-01-01 to 2031-01-01, the years a calendar read today is about.
const FROM: i64 = 1_577_836_800;
const TO: i64 = 1_924_992_000;

/// The first moment at which they differ, with the offsets (file's, database's) in seconds.
pub(super) fn difference(
    own: &TimeZone,
    plan: &Plan,
    iana: &TimeZone,
) -> Option<(Timestamp, i32, i32)> {
    // A truncated definition says nothing outside the years it was cut to.
    let from = plan
        .transitions
        .first()
        .map_or(FROM, |first| first.at.max(FROM));
    let to = plan.until.unwrap_or(TO).min(TO);
    let start = Timestamp::from_second(from).ok()?;
    let own_changes = plan.transitions.iter().map(|transition| transition.at);
    let iana_changes = iana
        .following(start)
        .map(|transition| transition.timestamp().as_second())
        .take_while(|at| *at < to);
    let mut moments: Vec<i64> = own_changes
        .chain(iana_changes)
        .chain([from])
        .filter(|at| (from..to).contains(at))
        .collect();
    moments.sort_unstable();
    moments.into_iter().find_map(|at| {
        let at = Timestamp::from_second(at).ok()?;
        let (mine, theirs) = (own.to_offset(at).seconds(), iana.to_offset(at).seconds());
        (mine != theirs).then_some((at, mine, theirs))
    })
}
