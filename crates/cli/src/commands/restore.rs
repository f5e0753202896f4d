//! `steadfast restore FILE`: a backup into an empty database.

use crate::error::{CommandError, Kind, reading};
use crate::host::{Host, make_private, say};
use crate::settings::Place;
use clap::Args;
use std::fs::File;
use std::path::{Path, PathBuf};
use steadfast_store::Store;

/// Fills an empty database from a backup, which another engine or an older version may have made.
///
/// Where anything is kept already, nothing is done. When the backup is not whole, nothing of it is kept. Afterwards
/// everything is looked through; put the key file that belongs to it where `steadfast doctor` says.
#[derive(Debug, Args)]
pub(crate) struct Restore {
    /// The backup.
    file: PathBuf,
    #[command(flatten)]
    place: Place,
}

impl Restore {
    pub(super) fn run(self) -> Result<(), CommandError> {
        let settings = self.place.settings()?;
        let (file, database) = (self.file, settings.database.value);
        // Before a database is made for it.
        File::open(&file).map_err(|error| reading(&file, &error))?;
        let made = sqlite(&database).filter(|path| !path.exists());
        let host = Host::new()?;
        let restored = host.run(async {
            make_private(&database)?;
            let store = Store::restore(&database, &file).await?;
            let troubles = store.check().await;
            store.close().await;
            let count = troubles?.len();
            if count > 0 {
                return Err(CommandError::new(
                    Kind::Findings,
                    format!("restored, but {count} things in it do not fit together"),
                    "see `steadfast doctor`; a backup from before that may be whole",
                ));
            }
            say(&format!(
                "restored {} into {database}; everything in it fits together",
                file.display(),
                database = crate::settings::shown(&database)
            ));
            Ok(())
        });
        if let (Err(error), Some(path)) = (&restored, made)
            && error.kind != Kind::Findings
        {
            // It was made for this and holds nothing; that it cannot be removed is less than what went wrong.
            for ending in ["", "-wal", "-shm"] {
                let _ = std::fs::remove_file(format!("{}{ending}", path.display()));
            }
        }
        restored
    }
}

fn sqlite(database: &str) -> Option<&Path> {
    database.strip_prefix("sqlite:").map(Path::new)
}
