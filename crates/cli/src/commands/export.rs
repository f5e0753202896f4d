//! `steadfast export --person EMAIL --output DIR|FILE.zip`: everything about one person, for that person.

use crate::error::{CommandError, Kind, writing};
use crate::host::{Host, now, say};
use crate::keys;
use crate::settings::Place;
use clap::Args;
use std::fs::{self, DirBuilder, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use steadfast_app::server::ServerError;
use steadfast_app::server::accounts;
use steadfast_app::server::export::{Files, Here, everything_about, zipped};
use steadfast_calendar::Instant;
use steadfast_store::Store;

/// Everything that is kept about one person, to be handed to that person: a page to read, JSON, and their calendars.
///
/// They can take the same home themselves, on their page "Privacy". Of others it holds only their side of 1:1s with this
/// person. The files are for their owner alone: hand them over, and delete them.
#[derive(Debug, Args)]
pub(crate) struct Export {
    /// The address they sign in with.
    #[arg(long, value_name = "EMAIL")]
    person: String,
    /// A folder to be made, or a file that ends in .zip.
    #[arg(long, value_name = "DIR|FILE.zip")]
    output: PathBuf,
    #[command(flatten)]
    place: Place,
}

impl Export {
    pub(super) fn run(self) -> Result<(), CommandError> {
        let settings = self.place.settings()?;
        let output = self.output;
        if output.exists() {
            return Err(CommandError::new(
                Kind::Refused,
                format!("{} is there already", output.display()),
                "name a folder or a file that is not there yet",
            ));
        }
        // Without it the rest is given all the same.
        let keyring = keys::existing(&settings.key.value)?;
        let host = Host::new()?;
        host.run(async {
            let store = host.existing(&settings.database.value).await?;
            let here = Here {
                keyring: keyring.as_ref(),
                // Whoever serves may have been told of one elsewhere.
                sends_mail: settings.mail.smtp.value.as_ref().map(|_| true),
            };
            let found = files(&store, here, &self.person).await;
            store.close().await;
            let files = found?;
            if output.extension().is_some_and(|ending| ending == "zip") {
                let zip = zipped(&files).map_err(told)?;
                put(&output, &zip)
            } else {
                folder(&output, &files)
            }
            .map_err(|error| writing(&output.display().to_string(), &error))?;
            say(&format!(
                "{} holds everything; hand it to that person alone, and delete it",
                output.display()
            ));
            Ok(())
        })
    }
}

async fn files(store: &Store, here: Here<'_>, person: &str) -> Result<Files, CommandError> {
    let org = accounts::organisation(store).await?.ok_or_else(|| {
        CommandError::new(
            Kind::Input,
            "nobody has set this server up yet",
            "there is nothing to export",
        )
    })?;
    let now = Instant::from_seconds(now().0.div_euclid(1_000_000));
    everything_about(store, here, &org, person, now)
        .await
        .map_err(told)
}

fn told(error: ServerError) -> CommandError {
    match error {
        ServerError::Input(what, hint) => CommandError::new(Kind::Input, what, hint),
        error => error.into(),
    }
}

fn folder(path: &Path, files: &Files) -> io::Result<()> {
    let mut make = DirBuilder::new();
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut make, 0o700);
    make.create(path)?;
    for (name, bytes) in files {
        let file = path.join(name);
        if let Some(within) = file.parent() {
            fs::create_dir_all(within)?;
        }
        put(&file, bytes)?;
    }
    Ok(())
}

/// A new file, for its owner alone.
fn put(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)?.write_all(bytes)
}
