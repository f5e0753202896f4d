//! `steadfast demo`: a made-up organisation to look around in.

use super::played::played;
use crate::error::{CommandError, Kind};
use crate::host::{self, Host, Lent, say};
use crate::in_memory::{self, InMemory};
use crate::keys;
use crate::progress::Progress;
use clap::Args;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;
use steadfast_app::server::{ServerError, demo, demo::Office};
use steadfast_store::{Options, Store};
use steadfast_web::{Argon2Passwords, Days, Demo as Cast, Played, Server};

/// Nobody is asked, ever; a server is told how often all the same.
const EVERY: Duration = Duration::from_secs(900);

/// A made-up organisation to look around in: open the printed address.
///
/// A year of Maya's 1:1s, seen by her and, with one click, by her reports and her boss, as it stands at its end or on any
/// Sunday before. Everything is kept in a folder that is removed at the end.
#[derive(Debug, Args)]
pub(crate) struct Demo {
    /// Where to listen; port 0 takes a free one.
    #[arg(long, value_name = "ADDR", default_value = "127.0.0.1:7373")]
    listen: String,
}

impl Demo {
    pub(super) fn run(self) -> Result<(), CommandError> {
        say(
            "making a year of made-up calendars, and what became of each 1:1 in it: that takes some seconds",
        );
        let host = Host::new()?;
        let folder = tempfile::tempdir().map_err(|error| {
            CommandError::new(
                Kind::Internal,
                format!("no folder can be made for the demo: {error}"),
                "check that there is room, or set TMPDIR to a folder that you may write to",
            )
        })?;
        let days = Maker {
            folder: folder.path().to_owned(),
            passwords: host.passwords()?,
            played: Arc::new(played()),
            made: Arc::default(),
        };
        host.run(async {
            let listener = host.listen(&self.listen).await?;
            let last = demo::now().date(&TimeZone::UTC);
            let server = days.make(last).await?;
            let make = days.clone();
            let days = Days::new(
                server.clone(),
                Box::new(move |day| {
                    let make = make.clone();
                    Box::pin(async move { make.make(day).await })
                }),
            );
            say("made-up people; the clock is set to 22 November 2026, and can be set to other days. Ctrl-C ends it, and removes everything.");
            let done = host.serve_days(&days, &server, listener).await;
            days.close().await;
            done
        })
    }
}

/// Makes the demo as it stands on a day.
#[derive(Clone)]
struct Maker {
    folder: PathBuf,
    passwords: Argon2Passwords,
    played: Arc<Played>,
    /// How many were made: each has a file of its own.
    made: Arc<AtomicUsize>,
}

impl Maker {
    async fn make(&self, today: Date) -> Result<Server, ServerError> {
        let number = self.made.fetch_add(1, Ordering::Relaxed);
        let file = self.folder.join(format!("demo-{number}.db"));
        // It is removed at the end: nothing of it waits for a disk.
        let options = Options {
            lasting: false,
            ..Options::default()
        };
        let store = Store::open_with(&format!("sqlite:{}", file.display()), &options).await?;
        let keyring = keys::passing().map_err(|error| {
            ServerError::Input(
                format!("no key for the demo: {error}"),
                "try again".to_owned(),
            )
        })?;
        let office = Office::default();
        let progress = Progress::of_weeks();
        let at = |done: usize, of: usize| progress.at(done as u64, Some(of as u64));
        let people = demo::make(&store, host::fresh, today, (&office, &keyring), at).await;
        progress.done();
        let people = people?;
        let lent = Lent {
            ask: in_memory::asks(office.clone()),
            writes: Box::new(InMemory(office)),
            keyring,
            google: None,
            watches: None,
            domains: Vec::new(),
            mail: None,
            every: EVERY,
        };
        let world = host::world(Some(demo::morning(today).plus_minutes(1)), false, lent);
        let cast = Cast {
            people,
            days: demo::days(),
            today,
            played: self.played.clone(),
        };
        Ok(Server::new(
            store,
            world,
            self.passwords.clone(),
            Some(cast),
        ))
    }
}
