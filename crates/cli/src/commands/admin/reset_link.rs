//! `steadfast admin reset-link EMAIL`: a link for somebody who lost their password.

use crate::answering;
use crate::error::{CommandError, Kind};
use crate::host::{Host, fresh, now, say};
use crate::output;
use crate::settings::{Listening, Origin, Place, Said, Settings};
use clap::Args;
use steadfast_app::server::ServerError;
use steadfast_app::server::accounts::{self, NEW_PASSWORD_DAYS};
use steadfast_store::Store;

/// Prints a link with which somebody chooses a new password. It is good for a day and for one use.
///
/// Whoever has the link can take the account: hand it to that person alone, on a way on which you know them. Their old
/// password stays good until the link is used.
#[derive(Debug, Args)]
pub(crate) struct ResetLink {
    /// The address they sign in with.
    email: String,
    /// The address people open the server at, as https://steadfast.example.com; else the one that was set, or that the server on this
    /// machine answers at.
    #[arg(long, value_name = "URL")]
    at: Option<String>,
    #[command(flatten)]
    place: Place,
    #[command(flatten)]
    listening: Listening,
}

impl ResetLink {
    pub(super) fn run(self) -> Result<(), CommandError> {
        let settings = Settings::of(Said {
            place: self.place,
            listening: self.listening,
            ..Said::default()
        })?;
        let at = match self.at {
            Some(at) => at.trim_end_matches('/').to_owned(),
            None => address(&settings),
        };
        let host = Host::new()?;
        host.run(async {
            let store = host.existing(&settings.database.value).await?;
            let made = link(&store, &self.email).await;
            store.close().await;
            let token = made?;
            output::write(None, |out| writeln!(out, "{at}/new-password/{token}"))?;
            let days = NEW_PASSWORD_DAYS * 24;
            say(&format!(
                "good for {days} hours and for one use; hand it to that person alone"
            ));
            Ok(())
        })
    }
}

/// Where people open the server, as far as that is known here: as it was said, as one that runs noted, or as one would listen.
fn address(settings: &Settings) -> String {
    let said = settings.mail.address.value.clone();
    let is_said = !matches!(settings.listen.from, Origin::Default);
    let listens = || format!("http://{}", settings.listen.value);
    let said = said.or_else(|| is_said.then(listens));
    said.or_else(|| answering::known(&settings.key.value))
        .unwrap_or_else(listens)
}

async fn link(store: &Store, email: &str) -> Result<String, CommandError> {
    let org = accounts::organisation(store).await?.ok_or_else(|| {
        CommandError::new(
            Kind::Input,
            "nobody has set this server up yet",
            "open the link that `steadfast serve` prints",
        )
    })?;
    let fresh = fresh()?;
    match accounts::lost_password(store, &org, now(), &fresh, email).await {
        Ok(token) => Ok(token.as_str().to_owned()),
        Err(ServerError::Input(what, hint)) => Err(CommandError::new(Kind::Input, what, hint)),
        Err(error) => Err(error.into()),
    }
}
