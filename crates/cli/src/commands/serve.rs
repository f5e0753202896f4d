//! `steadfast serve`: the server.

use crate::calendars::{self, Reach};
use crate::error::{CommandError, Kind};
use crate::host::{Host, say};
use crate::keys;
use clap::Args;
use std::path::PathBuf;
use steadfast_web::Server;

/// The server: people connect their calendars or drop exports in, and see what became of their 1:1s.
///
/// The first start prints a link with which to set it up. Calendars and accounts are kept in one file (SQLite), or on a
/// PostgreSQL. Connected calendars are read every quarter of an hour, and never written. Nothing else is asked or sent.
#[derive(Debug, Args)]
pub(crate) struct Serve {
    /// Where everything is kept: sqlite:FILE or postgres://USER@HOST/DATABASE.
    #[arg(
        long,
        value_name = "URL",
        env = "STEADFAST_DATABASE",
        hide_env_values = true,
        default_value = "sqlite:steadfast.db"
    )]
    database: String,
    /// Where to listen; port 0 takes a free one. Beyond this machine only behind a proxy that encrypts.
    #[arg(
        long,
        value_name = "ADDR",
        env = "STEADFAST_LISTEN",
        default_value = "127.0.0.1:7373"
    )]
    listen: String,
    /// The file with the key that seals how to get at people's calendars; made when it is not there. Beside the database
    /// unless named. Keep a copy of it, and not with the database's.
    #[arg(long, value_name = "FILE", env = "STEADFAST_KEY")]
    key: Option<PathBuf>,
    /// Allow people's calendars at addresses inside this machine or network.
    #[arg(long, env = "STEADFAST_ALLOW_PRIVATE")]
    allow_private: bool,
    /// Trust the certificates in this PEM file instead of the machine's own.
    #[arg(long, value_name = "FILE.pem", env = "STEADFAST_TRUST")]
    trust: Option<PathBuf>,
}

impl Serve {
    pub(super) fn run(self) -> Result<(), CommandError> {
        let host = Host::new()?;
        host.run(async {
            make_private(&self.database)?;
            let store = host.open(&self.database).await?;
            let listener = host.listen(&self.listen).await?;
            let passwords = host.passwords()?;
            let key = self.key.unwrap_or_else(|| keys::place(&self.database));
            let (keyring, is_new) = keys::keyring(&key)?;
            if is_new {
                say(&format!(
                    "made the key that seals how to get at calendars: {}; keep a copy of it, apart from the database's",
                    key.display()
                ));
            }
            let ask = calendars::network(Reach {
                allow_private: self.allow_private,
                trust: self.trust,
            });
            let world = host.world(None, true, (ask, keyring));
            let server = Server::new(store.clone(), world, passwords, None);
            let address = host.address(&listener)?;
            if let Some(path) = server.set_up_path().await? {
                say(&format!(
                    "nobody has set this server up yet; open, within a day:\n  {address}{path}"
                ));
            }
            let done = host.serve(&server, listener).await;
            store.close().await;
            done
        })
    }
}

/// The file is its owner's alone from the beginning: there are calendars in it.
fn make_private(database: &str) -> Result<(), CommandError> {
    let Some(path) = database
        .strip_prefix("sqlite:")
        .filter(|path| !path.is_empty())
    else {
        return Ok(());
    };
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    match options.open(path) {
        Ok(_) => Ok(()),
        Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => Ok(()),
        Err(error) => Err(CommandError::new(
            Kind::Input,
            format!("{path} cannot be made: {error}"),
            "name a file in a folder that is there and that you may write to: --database sqlite:FILE",
        )),
    }
}
