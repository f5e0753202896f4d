//! `steadfast admin rotate-key`: a new key, and everything wrapped with it.

use crate::error::{CommandError, Kind};
use crate::host::{Host, say};
use crate::keys;
use crate::ready::{self, Answer};
use crate::settings::{Listening, Place, Said, Settings};
use clap::Args;
use steadfast_app::server::health::opened;
use steadfast_store::seal::{SealError, Vault};
use steadfast_store::{Accounts, Store};

/// Puts a new key into the key file, before the ones that are there, and wraps with it whatever they wrapped.
///
/// Stop every server that uses the database first: it would not know the new key. The old keys stay in the file, for
/// backups that were made before; delete their lines when no such backup is kept. Then copy the file anew.
#[derive(Debug, Args)]
pub(crate) struct RotateKey {
    #[command(flatten)]
    place: Place,
    #[command(flatten)]
    listening: Listening,
}

impl RotateKey {
    pub(super) fn run(self) -> Result<(), CommandError> {
        let settings = Settings::of(Said {
            place: self.place,
            listening: self.listening,
            ..Said::default()
        })?;
        let listen = &settings.listen.value;
        if ready::ask(listen) == Answer::Ready {
            return Err(CommandError::new(
                Kind::Refused,
                format!("a server answers at {listen}"),
                "stop it, and every other that uses this database; start them again afterwards",
            ));
        }
        let host = Host::new()?;
        host.run(async {
            let store = host.existing(&settings.database.value).await?;
            let done = rotate(&settings, &store).await;
            store.close().await;
            let rotated = done?;
            say(&format!(
                "{} has a new key, and {rotated} sources are wrapped with it; copy the file anew",
                settings.key.value.display()
            ));
            Ok(())
        })
    }
}

async fn rotate(settings: &Settings, store: &Store) -> Result<u64, CommandError> {
    let path = &settings.key.value;
    // Before anything is changed: what does not open now cannot be wrapped anew.
    let known = opened(store, &keys::needed(path)?).await?;
    if known.shut > 0 {
        return Err(CommandError::new(
            Kind::Input,
            format!(
                "{} does not open {} connected calendars",
                path.display(),
                known.shut
            ),
            "see `steadfast doctor`; nothing was changed",
        ));
    }
    let keyring = keys::renewed(path)?;
    let vault = Vault::new(store, &keyring);
    let mut rotated = 0;
    for one in store.organisations().await? {
        rotated += vault
            .rotate(&one.org)
            .await
            .map_err(|error| halfway(&error))?;
    }
    Ok(rotated)
}

fn halfway(error: &SealError) -> CommandError {
    CommandError::new(
        Kind::Reach,
        format!("not everything is wrapped anew: {error}"),
        "nothing is lost, since the old keys are still in the file; do it once more",
    )
}
