//! What this server is registered as at Google, as it is in force.

use super::{From, MailSettings, Password, Registered, Setting, maybe, text};
use crate::error::{CommandError, Kind};
use crate::google::AtGoogle;
use std::path::PathBuf;
use steadfast_connect::sync::google::{Endpoints, Registration};
use url::Url;

/// The page that people come back to.
const BACK: &str = "/calendars/google/back";

/// What this server is at Google. What hangs together is checked by [`GoogleSettings::registered`].
pub(crate) struct GoogleSettings {
    pub(crate) client: Setting<Option<String>>,
    /// Where the client secret comes from.
    pub(crate) secret: Setting<Option<Password>>,
    /// What stands for Google, in tests.
    at: Setting<Option<String>>,
}

impl GoogleSettings {
    /// What is in force; of the file: client id, secret's file, and what stands for Google.
    pub(super) fn of(
        from: &From<'_>,
        said: Registered,
        (client, secret_file, at): (Option<String>, Option<PathBuf>, Option<String>),
    ) -> Result<Self, CommandError> {
        let client = from.first(
            ("google-client-id", said.google_client_id),
            "STEADFAST_GOOGLE_CLIENT_ID",
            text,
            client,
        )?;
        let file = (
            "google-client-secret-file",
            said.google_client_secret_file,
            "STEADFAST_GOOGLE_CLIENT_SECRET_FILE",
            secret_file,
        );
        let secret = Password::of(from, file, "STEADFAST_GOOGLE_CLIENT_SECRET")?;
        let at = from.first(
            ("google-at", said.google_at),
            "STEADFAST_GOOGLE_AT",
            text,
            at,
        )?;
        Ok(Self {
            client: maybe(client),
            secret,
            at: maybe(at),
        })
    }

    /// What this server is registered as; `None` where nobody can connect a Google Calendar. The secret's file is read.
    ///
    /// # Errors
    /// What is missing or does not fit, with what to do.
    pub(super) fn registered(
        &self,
        mail: &MailSettings,
        trust: Option<PathBuf>,
    ) -> Result<Option<AtGoogle>, CommandError> {
        let (client_id, secret) = match (&self.client.value, &self.secret.value) {
            (None, None) => return Ok(None),
            (Some(client), Some(secret)) => (client.clone(), secret.read()?),
            (Some(_), None) => {
                return Err(wrong(
                    "a client id for Google is given, and no client secret",
                    "write the secret into a file, and name that with --google-client-secret-file",
                ));
            }
            (None, Some(_)) => {
                return Err(wrong(
                    "a client secret for Google is given, and no client id",
                    "name the client id that goes with it: --google-client-id ID",
                ));
            }
        };
        let (address, _) = mail.opened_at()?.ok_or_else(|| {
            wrong(
                "this server is registered at Google, and it is not said where people open it",
                "say where they come back to: --address https://steadfast.example.org",
            )
        })?;
        let unfit = |error: steadfast_connect::SourceError| wrong(&error.to_string(), error.hint());
        let endpoints = match &self.at.value {
            None => Endpoints::google(),
            Some(at) => {
                let at = Url::parse(at).map_err(|_| {
                    wrong(
                        &format!("what stands for Google is no address ({})", self.at.from),
                        "write it as http://127.0.0.1:PORT/, or leave it out",
                    )
                })?;
                Endpoints::on_this_machine(&at)
            }
        };
        Ok(Some(AtGoogle {
            endpoints: endpoints.map_err(unfit)?,
            registration: Registration {
                client_id,
                client_secret: secret,
            },
            redirect: format!("{address}{BACK}"),
            trust,
        }))
    }

    /// Where the secret comes from, for people.
    pub(crate) fn secret_shown(&self) -> String {
        Password::shown(&self.secret)
    }
}

fn wrong(what: &str, hint: &str) -> CommandError {
    CommandError::new(Kind::Usage, what.to_owned(), hint.to_owned())
}
