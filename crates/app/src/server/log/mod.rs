//! What the program did for somebody and with their calendars and 1:1s, for them alone.
//!
//! It is told from the facts: those of the ledger, and those of [`noted`] that nothing else needs. No meeting's title is in
//! it, and of other people only what they said to this person.

mod auditor_turn;
mod calendars;
mod entry;
mod guard;
mod in_name;
mod listed;
mod mail;
mod names;
pub(super) mod noted;
mod own;
mod said;
#[cfg(test)]
mod tests;

pub use auditor_turn::AuditorTurn;
pub use entry::{Entry, Feed, Named, SaidBetween, What};
pub use guard::Guarded;
pub use in_name::InName;
pub use listed::Listed;
pub use mail::{MailTold, Mailed};

use super::acting::{self, Back};
use super::imip::{self, Open};
use super::ledger::Kept;
use super::looked::{self, Kind, Noted};
use super::{ServerError, Viewer};
use jiff::tz::TimeZone;
use names::Names;
use std::collections::BTreeMap;
use steadfast_calendar::Instant;
use steadfast_store::{AccessLog, Facts, Intents, Sources};

/// Days that are told.
pub const DAYS: i64 = 90;

/// What happened, the last first, and the zone in which the reader lives.
#[derive(Clone, Debug)]
pub struct Log {
    /// What happened.
    pub entries: Vec<Entry>,
    /// Whether what was done can be taken back, by the name of its intent.
    pub backs: BTreeMap<String, Back>,
    /// How it stands with those whom no calendar server told of what was done, by the name of its intent.
    pub untold: BTreeMap<String, Open>,
    /// The zone of their calendar; UTC as long as none is known.
    pub zone: TimeZone,
}

/// The log of the viewer. Where it tells what somebody else did, that look is recorded.
///
/// # Errors
/// [`ServerError::Store`], [`ServerError::Unreadable`].
pub async fn log<S: AccessLog + Facts + Intents + Sources>(
    store: &S,
    noted: &Noted,
    viewer: &Viewer,
    now: Instant,
    kept: &Kept,
) -> Result<Log, ServerError> {
    let since = now.plus_days(-DAYS);
    let names = Names::of(kept);
    let zone = names.zone.clone();
    let mut entries = noted::told(store, viewer, since).await?;
    entries.extend(calendars::told(store, viewer, since, &zone).await?);
    entries.extend(guard::told(store, viewer, since, &names).await?);
    entries.extend(mail::told(store, viewer, since, &names).await?);
    entries.extend(in_name::told(store, viewer, since, &names).await?);
    entries.extend(own::told(store, viewer, since).await?);
    entries.extend(listed::told(store, viewer, since, &names).await?);
    entries.extend(said::lines(store, viewer, since, &names).await?);
    for other in names.others(viewer) {
        entries.extend(said::words(store, viewer, since, &other).await?);
        entries.extend(said::rhythm(store, viewer, since, &other).await?);
        entries.extend(said::between(store, viewer, since, &other).await?);
    }
    let seen = kept.report();
    let led = looked::led_by(viewer, seen.iter().flat_map(|report| &report.pairs));
    let others = entries.iter().filter_map(|one| one.what.by());
    let others: Vec<&str> = others.filter(|one| led.contains(one)).collect();
    looked::note(store, noted, viewer, now, Kind::Log, &others).await?;
    // What happened within one second stays in its order, turned round as well.
    entries.sort_by_key(|entry| entry.at);
    entries.reverse();
    let backs = acting::backs(store, viewer, now).await?;
    let untold = imip::open(store, viewer, now).await?;
    Ok(Log {
        entries,
        backs,
        untold,
        zone,
    })
}
