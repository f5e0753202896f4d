//! `steadfast sync`: one round of connected calendars, now.

use crate::error::{CommandError, Kind};
use crate::host::{Host, Lent, now, world};
use crate::settings::{Place, Reaching, Said, Settings};
use crate::{keys, output};
use clap::Args;
use serde_json::json;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use steadfast_app::server::sync::{self, Step};
use steadfast_store::Store;
use steadfast_web::Server;
use tokio::task::JoinSet;

/// Rounds at once: most of a round is waiting for somebody else's server.
const AT_ONCE: usize = 4;

/// Reads every connected calendar that is due, once, and says how many had something new.
///
/// A running server does this by itself; here it is for machines on which none runs all the time, and for trying. Both
/// at once do no harm. Ends with 4 when a calendar could not be read: its owner sees why on their page "Calendars".
#[derive(Debug, Args)]
pub(crate) struct Sync {
    /// All of them, due or not, but for those that wait for their owners or for another try after they failed.
    #[arg(long)]
    all: bool,
    /// For people or for programs.
    #[arg(long, value_parser = ["text", "json"], default_value = "text")]
    format: String,
    #[command(flatten)]
    place: Place,
    #[command(flatten)]
    reaching: Reaching,
}

/// What rounds came to.
#[derive(Default)]
struct Counts {
    changed: AtomicU64,
    unchanged: AtomicU64,
    failed: AtomicU64,
    stopped: AtomicU64,
}

impl Sync {
    pub(super) fn run(self) -> Result<(), CommandError> {
        let settings = Settings::of(Said {
            place: self.place,
            reaching: self.reaching,
            ..Said::default()
        })?;
        let (all, as_json) = (self.all, self.format == "json");
        let host = Host::new()?;
        host.run(async {
            let store = host.existing(&settings.database.value).await?;
            let done = round(&host, &settings, &store, all).await;
            store.close().await;
            let counts = done?;
            told(&counts, as_json)
        })
    }
}

async fn round(
    host: &Host,
    settings: &Settings,
    store: &Store,
    all: bool,
) -> Result<Arc<Counts>, CommandError> {
    let keyring = keys::needed(&settings.key.value)?;
    if all {
        sync::hurry(store, now()).await?;
    }
    // No source twice, even where one round takes longer than the pause between two.
    let left = Arc::new(AtomicU64::new(sync::sources(store).await?));
    let world = world(None, false, Lent::of(settings, keyring)?);
    let server = Server::new(store.clone(), world, host.passwords()?, None);
    let counts = Arc::new(Counts::default());
    let mut workers = JoinSet::new();
    for _ in 0..AT_ONCE {
        let (server, left, counts) = (server.clone(), left.clone(), counts.clone());
        workers.spawn(async move {
            let take = |left: u64| left.checked_sub(1);
            while left
                .fetch_update(Ordering::Relaxed, Ordering::Relaxed, take)
                .is_ok()
            {
                let count = match server.round().await? {
                    Step::Idle => return Ok(()),
                    Step::Changed => &counts.changed,
                    Step::Unchanged => &counts.unchanged,
                    Step::Failed => &counts.failed,
                    Step::Stopped => &counts.stopped,
                    Step::Dropped => continue,
                };
                count.fetch_add(1, Ordering::Relaxed);
            }
            Ok::<(), CommandError>(())
        });
    }
    while let Some(worker) = workers.join_next().await {
        worker.map_err(|_| {
            CommandError::new(Kind::Internal, "a round broke off", "please report this")
        })??;
    }
    Ok(counts)
}

fn told(counts: &Counts, as_json: bool) -> Result<(), CommandError> {
    let [changed, unchanged, failed, stopped] = [
        &counts.changed,
        &counts.unchanged,
        &counts.failed,
        &counts.stopped,
    ]
    .map(|count| count.load(Ordering::Relaxed));
    let text = if as_json {
        let all = json!({
            "schema": "steadfast.sync/1",
            "changed": changed, "unchanged": unchanged, "failed": failed, "stopped": stopped,
        });
        format!("{all:#}\n")
    } else {
        format!("changed {changed}\nunchanged {unchanged}\nfailed {failed}\nstopped {stopped}\n")
    };
    output::write(None, |out| out.write_all(text.as_bytes()))?;
    if failed + stopped == 0 {
        return Ok(());
    }
    Err(CommandError::new(
        Kind::Reach,
        format!("{} calendars could not be read", failed + stopped),
        "their owners see why on their page “Calendars”; those that failed are tried again",
    ))
}
