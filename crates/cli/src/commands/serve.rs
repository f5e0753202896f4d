//! `steadfast serve`: the server.

use crate::answering;
use crate::error::CommandError;
use crate::host::{Host, Lent, make_private, say, world};
use crate::keys;
use crate::settings::{Listening, Mailing, Place, Reaching, Registered, Said, Settings};
use clap::Args;
use steadfast_web::Server;

/// The server: people connect their calendars or drop exports in, and see what became of their 1:1s.
///
/// The first start prints a link with which to set it up. Calendars and accounts are kept in one file (SQLite), or on a
/// PostgreSQL. Connected calendars are read every quarter of an hour, and written only as their owners allow. Mail is sent
/// only where a mail server is named. Nothing else is asked or sent. A setting is
/// taken from the flag, else from the environment, else from steadfast.toml; `steadfast doctor` says which is in force.
#[derive(Debug, Args)]
pub(crate) struct Serve {
    #[command(flatten)]
    place: Place,
    #[command(flatten)]
    listening: Listening,
    #[command(flatten)]
    reaching: Reaching,
    #[command(flatten)]
    mailing: Mailing,
    #[command(flatten)]
    registered: Registered,
}

impl Serve {
    pub(super) fn run(self) -> Result<(), CommandError> {
        let settings = Settings::of(Said {
            place: self.place,
            listening: self.listening,
            reaching: self.reaching,
            mailing: self.mailing,
            registered: self.registered,
        })?;
        let host = Host::new()?;
        host.run(async {
            let database = &settings.database.value;
            make_private(database)?;
            let store = host.open(database).await?;
            let listener = host.listen(&settings.listen.value).await?;
            let passwords = host.passwords()?;
            let key = &settings.key.value;
            let (keyring, is_new) = keys::keyring(key)?;
            if is_new {
                say(&format!(
                    "made the key that seals how to get at calendars: {}; keep a copy of it, apart from the database's",
                    key.display()
                ));
            }
            let lent = Lent::of(&settings, keyring)?;
            let world = world(None, true, lent);
            let server = Server::new(store.clone(), world, passwords, None);
            if let Some(token) = &settings.metrics_token.value {
                server.guard_metrics(token);
            }
            let address = host.address(&listener)?;
            if let Some(path) = server.set_up_path().await? {
                say(&format!(
                    "nobody has set this server up yet; open, within a day:\n  {address}{path}"
                ));
            }
            answering::begins(key, &address);
            let done = host.serve(&server, listener).await;
            answering::ends(key, &address);
            store.close().await;
            done
        })
    }
}
