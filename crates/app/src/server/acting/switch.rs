//! The switches that stop all writing: one for each person, and one for all.

use crate::server::people::Administrator;
use crate::server::{ServerError, Viewer};
use steadfast_calendar::Instant;
use steadfast_store::{Intents, Micros};

fn micros(now: Instant) -> Micros {
    Micros(now.seconds().saturating_mul(1_000_000))
}

/// Nothing more is written to the viewer's calendars, until [`go_on`].
///
/// # Errors
/// [`ServerError::Store`].
pub async fn stop<S: Intents>(store: &S, viewer: &Viewer, now: Instant) -> Result<(), ServerError> {
    let me = viewer.person();
    store.halt(viewer.org(), Some(me), micros(now), me).await?;
    Ok(())
}

/// Ends [`stop`]; what was stopped stays undone. Gives whether it was stopped.
///
/// # Errors
/// [`ServerError::Store`].
pub async fn go_on<S: Intents>(store: &S, viewer: &Viewer) -> Result<bool, ServerError> {
    Ok(store
        .resume_writing(viewer.org(), Some(viewer.person()))
        .await?)
}

/// Nothing more is written to anybody's calendars, until [`go_on_for_all`].
///
/// # Errors
/// [`ServerError::Store`].
pub async fn stop_for_all<S: Intents>(
    store: &S,
    administrator: &Administrator,
    now: Instant,
) -> Result<(), ServerError> {
    let viewer = administrator.viewer();
    store
        .halt(viewer.org(), None, micros(now), viewer.person())
        .await?;
    Ok(())
}

/// Ends [`stop_for_all`]. Gives whether it was so.
///
/// # Errors
/// [`ServerError::Store`].
pub async fn go_on_for_all<S: Intents>(
    store: &S,
    administrator: &Administrator,
) -> Result<bool, ServerError> {
    let org = administrator.viewer().org();
    Ok(store.resume_writing(org, None).await?)
}

/// Which switches are off for somebody, and since when.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Switches {
    /// Their own.
    pub mine: Option<Instant>,
    /// The one for all.
    pub all: Option<Instant>,
}

impl Switches {
    /// Since when nothing is written to their calendars, by whichever switch; `None`: it may be.
    pub fn since(self) -> Option<Instant> {
        self.mine.into_iter().chain(self.all).min()
    }
}

/// Which switches are off for the viewer.
///
/// # Errors
/// [`ServerError::Store`].
pub async fn switches<S: Intents>(store: &S, viewer: &Viewer) -> Result<Switches, ServerError> {
    let halts = store.halted(viewer.org(), viewer.person()).await?;
    let instant = |at: Micros| Instant::from_seconds(at.0.div_euclid(1_000_000));
    Ok(Switches {
        mine: halts.own.map(instant),
        all: halts.all.map(instant),
    })
}

/// Since when nothing is written to the viewer's calendars; `None`: it may be.
///
/// # Errors
/// [`ServerError::Store`].
pub async fn stopped<S: Intents>(
    store: &S,
    viewer: &Viewer,
) -> Result<Option<Instant>, ServerError> {
    Ok(switches(store, viewer).await?.since())
}
