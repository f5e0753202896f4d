//! `steadfast admin new-key`: the key file before the first start, where the server itself may not make it.

use crate::error::{CommandError, Kind};
use crate::host::say;
use crate::keys;
use crate::settings::Place;
use clap::Args;

/// Makes the key file, where there is none. `steadfast serve` does so by itself in a folder that it may write to.
#[derive(Debug, Args)]
pub(crate) struct NewKey {
    #[command(flatten)]
    place: Place,
}

impl NewKey {
    pub(super) fn run(self) -> Result<(), CommandError> {
        let path = self.place.settings()?.key.value;
        if path.exists() {
            return Err(CommandError::new(
                Kind::Refused,
                format!("{} is there already", path.display()),
                "for a new key in it: steadfast admin rotate-key",
            ));
        }
        keys::new(&path)?;
        say(&format!(
            "made {}; keep a copy of it, apart from the database's",
            path.display()
        ));
        Ok(())
    }
}
