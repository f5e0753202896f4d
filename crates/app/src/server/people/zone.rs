//! Where somebody's day is over: one answer, for the last day of a reporting line and for the one on which an account closes.

use crate::server::ServerError;
use crate::server::ledger::zone_told;
use jiff::tz::TimeZone;
use steadfast_store::{Org, Views};

/// The zone in which the days of `person` are counted: `listed`, the name that the list of people has for it; where it has none, the
/// one in which their own pages told their days last; UTC as long as that is not known either.
///
/// # Errors
/// [`ServerError::Store`].
pub(in crate::server) async fn zone_of<S: Views>(
    store: &S,
    org: &Org,
    person: &str,
    listed: Option<&str>,
) -> Result<TimeZone, ServerError> {
    match listed.and_then(|name| TimeZone::get(name).ok()) {
        Some(zone) => Ok(zone),
        None => zone_told(store, org, person).await,
    }
}
