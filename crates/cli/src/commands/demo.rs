//! `steadfast demo`: a made-up organisation to look around in.

use crate::error::{CommandError, Kind};
use crate::host::{Host, Lent, internal, say};
use crate::{calendars, keys};
use clap::Args;
use std::time::Duration;
use steadfast_app::server::demo;
use steadfast_web::{Demo as Cast, Server, WritesNothing};

/// Nobody is asked, ever; a server is told how often all the same.
const EVERY: Duration = Duration::from_secs(900);

/// A made-up organisation to look around in: open the printed address.
///
/// Half a year of Maya's 1:1s, seen by her and, with one click, by her reports and her boss. Everything is kept in a
/// folder that is removed at the end.
#[derive(Debug, Args)]
pub(crate) struct Demo {
    /// Where to listen; port 0 takes a free one.
    #[arg(long, value_name = "ADDR", default_value = "127.0.0.1:7373")]
    listen: String,
}

impl Demo {
    pub(super) fn run(self) -> Result<(), CommandError> {
        let host = Host::new()?;
        let folder = tempfile::tempdir().map_err(|error| {
            CommandError::new(
                Kind::Internal,
                format!("no folder can be made for the demo: {error}"),
                "check that there is room, or set TMPDIR to a folder that you may write to",
            )
        })?;
        let database = format!("sqlite:{}", folder.path().join("demo.db").display());
        host.run(async {
            let listener = host.listen(&self.listen).await?;
            let store = host.open(&database).await?;
            let passwords = host.passwords()?;
            let people = demo::make(&store, &passwords, || host.fresh()).await?;
            say("made-up people; the clock stands at 22 November 2026. Ctrl-C ends it, and removes everything.");
            let keyring = keys::passing().map_err(|error| internal("no key for the demo", &error))?;
            let lent = Lent {
                ask: calendars::nobody(),
                writes: Box::new(WritesNothing),
                keyring,
                every: EVERY,
            };
            let world = host.world(Some(demo::now()), false, lent);
            let server = Server::new(store.clone(), world, passwords, Some(Cast { people }));
            let done = host.serve(&server, listener).await;
            store.close().await;
            done
        })
    }
}
