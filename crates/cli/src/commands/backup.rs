//! `steadfast backup FILE`: everything that is kept, in one file.

use crate::error::{CommandError, Kind};
use crate::host::{Host, say};
use crate::settings::Place;
use clap::Args;
use std::path::{Path, PathBuf};

/// Everything that is kept, as it is at one moment, in one file. The server may run meanwhile.
///
/// The file appears whole or not at all, and its owner alone may read it. The key file is not in it: keep a copy of that
/// apart, since without it connected calendars have to be connected again.
#[derive(Debug, Args)]
pub(crate) struct Backup {
    /// The file to be made.
    file: PathBuf,
    /// Put it in the place of a file of that name.
    #[arg(long)]
    replace: bool,
    #[command(flatten)]
    place: Place,
}

impl Backup {
    pub(super) fn run(self) -> Result<(), CommandError> {
        let settings = self.place.settings()?;
        let file = self.file;
        if file.exists() && !self.replace {
            return Err(CommandError::new(
                Kind::Refused,
                format!("{} is there already", file.display()),
                "name another file, or say --replace",
            ));
        }
        let host = Host::new()?;
        host.run(async {
            let store = host.existing(&settings.database.value).await?;
            let done = store.backup(&file).await;
            store.close().await;
            done?;
            let size = std::fs::metadata(&file).map_or(0, |about| about.len());
            for line in told(&file, size, &settings.key.value) {
                say(&line);
            }
            Ok(())
        })
    }
}

/// What is in it, what is not, and what somebody needs besides who restores it.
fn told(file: &Path, size: u64, key: &Path) -> [String; 3] {
    [
        format!(
            "{} holds everything that is in the database ({size} bytes): accounts, calendars as they were seen, what people said.",
            file.display()
        ),
        format!(
            "Not in it are your settings, and the key file {}, which alone opens how connected calendars are reached: copy it, apart \
             from the backup.",
            key.display()
        ),
        "`steadfast restore` needs this file alone; to go on as before the server then needs that key file. Without it everybody \
         connects their calendars again, and nothing else is lost."
            .to_owned(),
    ]
}
