//! How the sources of a person stand.

use super::Reading;
use crate::server::{ServerError, Viewer};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use steadfast_calendar::Instant;
use steadfast_store::{Micros, Source, Sources};

/// What is shown of a source beside how it stands. It holds no secret: of a feed's address only the host.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub(super) struct About {
    /// The host, and for an account the user.
    pub label: String,
    /// Whether it takes a password.
    pub with_password: bool,
    /// Whether its owner allowed it at Google.
    #[serde(default)]
    pub is_google: bool,
    /// Whether it is opened by the key of its owner's organisation.
    #[serde(skip_serializing_if = "std::ops::Not::not", default)]
    pub by_key: bool,
    /// Whether its owner allowed Steadfast to write there as well.
    #[serde(skip_serializing_if = "std::ops::Not::not", default)]
    pub writes: bool,
    /// Whose account it is there, where that was known when it was connected.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub account: Option<String>,
}

/// A connected calendar, as its owner is shown it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Status {
    /// Its name in addresses.
    pub source: String,
    /// The host, and for an account the user.
    pub label: String,
    /// Whether it takes a password.
    pub with_password: bool,
    /// Whether its owner allowed it at Google.
    pub is_google: bool,
    /// Whether it is opened by the key of its owner's organisation.
    pub by_key: bool,
    /// Whether its owner allowed Steadfast to write to it at Google.
    pub writes: bool,
    /// When it was connected.
    pub since: Instant,
    /// The last moment at which everything it says was known.
    pub verified: Option<Instant>,
    /// What was wrong the last time.
    pub problem: Option<String>,
    /// How often in a row.
    pub failures: u64,
    /// Whether it waits for its owner.
    pub is_stopped: bool,
}

/// The connected calendars of the viewer.
///
/// # Errors
/// [`ServerError::Store`].
pub async fn statuses<S: Sources>(store: &S, viewer: &Viewer) -> Result<Vec<Status>, ServerError> {
    let sources = store.sources_of(viewer.org(), viewer.person()).await?;
    Ok(sources.into_iter().map(status).collect())
}

/// What the connected calendars of the viewer are called, by source.
pub(crate) async fn labels<S: Sources>(
    store: &S,
    viewer: &Viewer,
) -> Result<BTreeMap<String, String>, ServerError> {
    let sources = store.sources_of(viewer.org(), viewer.person()).await?;
    let labels = sources.into_iter().map(|one| (label(&one), one.source));
    Ok(labels.map(|(label, source)| (source, label)).collect())
}

/// Whether it lies at Google, where nothing was allowed but reading.
pub(in crate::server) fn is_read_only(source: &Source) -> bool {
    let about = about(source);
    (about.is_google || about.by_key) && !about.writes
}

/// What a source is called.
pub(super) fn label(source: &Source) -> String {
    about(source).label
}

pub(super) fn about(source: &Source) -> About {
    serde_json::from_slice(&source.about).unwrap_or(About {
        label: String::new(),
        with_password: true,
        is_google: false,
        by_key: false,
        writes: false,
        account: None,
    })
}

fn status(source: Source) -> Status {
    let reading = Reading::of(&source);
    let verified = reading.all_known_until(&source).map(instant);
    let unread = match reading.unread() {
        0 => None,
        1 => Some("one of its calendars could not be read; it is tried again".to_owned()),
        more => Some(format!(
            "{more} of its calendars could not be read; they are tried again"
        )),
    };
    let about = about(&source);
    Status {
        source: source.source,
        label: about.label,
        with_password: about.with_password,
        is_google: about.is_google,
        by_key: about.by_key,
        writes: about.writes,
        since: instant(source.created),
        verified,
        problem: source.problem.or(unread),
        failures: source.failures,
        is_stopped: source.stopped.is_some(),
    }
}

/// A moment of the store as the ledger counts.
pub(crate) fn instant(at: Micros) -> Instant {
    Instant::from_seconds(at.0.div_euclid(1_000_000))
}

/// A moment of the ledger as the store counts.
pub(crate) fn micros(at: Instant) -> Micros {
    Micros(at.seconds().saturating_mul(1_000_000))
}
