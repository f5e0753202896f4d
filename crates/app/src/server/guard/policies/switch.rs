//! The switch that stops everything, turned by a person: as [`crate::server::acting`] does it, and told in the log.
//!
//! It stops first and is told then: a crash in between may lose a line of the log, never the stop.

use super::{OF_ORGANISATION, chosen_by, forms};
use crate::server::acting;
use crate::server::people::Administrator;
use crate::server::{ServerError, Viewer};
use steadfast_calendar::Instant;
use steadfast_store::{Expected, Facts, Intents};

pub use crate::server::acting::{Switches, switches};

/// Nothing more is done for the viewer, until [`go_on`].
///
/// # Errors
/// [`ServerError::Store`].
pub async fn stop<S: Facts + Intents>(
    store: &S,
    viewer: &Viewer,
    now: Instant,
) -> Result<(), ServerError> {
    if switches(store, viewer).await?.mine.is_some() {
        return Ok(());
    }
    acting::stop(store, viewer, now).await?;
    tell(store, viewer, &chosen_by(viewer.person()), true, now).await
}

/// Ends [`stop`]. What was stopped stays undone.
///
/// # Errors
/// [`ServerError::Store`].
pub async fn go_on<S: Facts + Intents>(
    store: &S,
    viewer: &Viewer,
    now: Instant,
) -> Result<(), ServerError> {
    if acting::go_on(store, viewer).await? {
        tell(store, viewer, &chosen_by(viewer.person()), false, now).await?;
    }
    Ok(())
}

/// Nothing more is done for anybody, until [`go_on_for_all`].
///
/// # Errors
/// [`ServerError::Store`].
pub async fn stop_for_all<S: Facts + Intents>(
    store: &S,
    admin: &Administrator,
    now: Instant,
) -> Result<(), ServerError> {
    if switches(store, admin.viewer()).await?.all.is_some() {
        return Ok(());
    }
    acting::stop_for_all(store, admin, now).await?;
    tell(store, admin.viewer(), OF_ORGANISATION, true, now).await
}

/// Ends [`stop_for_all`]; who stopped it for themselves stays stopped.
///
/// # Errors
/// [`ServerError::Store`].
pub async fn go_on_for_all<S: Facts + Intents>(
    store: &S,
    admin: &Administrator,
    now: Instant,
) -> Result<(), ServerError> {
    if acting::go_on_for_all(store, admin).await? {
        tell(store, admin.viewer(), OF_ORGANISATION, false, now).await?;
    }
    Ok(())
}

async fn tell<S: Facts>(
    store: &S,
    viewer: &Viewer,
    stream: &str,
    stopped: bool,
    now: Instant,
) -> Result<(), ServerError> {
    let fact = forms::switch(stopped, viewer.person(), now);
    let org = viewer.org();
    store
        .append(org, stream, Expected::Any, &[fact], &[])
        .await?;
    Ok(())
}
