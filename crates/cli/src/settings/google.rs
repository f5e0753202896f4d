//! What this server is registered as at Google, as it is in force.

use super::file::File;
use super::{From, MailSettings, Password, Registered, Setting, maybe, path, text};
use crate::error::{CommandError, Kind, reading};
use crate::google::{AtGoogle, OrganisationKey, Registered as There};
use std::path::PathBuf;
use std::sync::Arc;
use steadfast_connect::sync::google::{Endpoints, Registration, Service};
use url::Url;

/// The page that people come back to.
const BACK: &str = "/calendars/google/back";
/// Where Google says that something changed.
const CHANGED: &str = "/calendars/google/changed";

/// What this server is at Google. What hangs together is checked by [`GoogleSettings::registered`].
pub(crate) struct GoogleSettings {
    pub(crate) client: Setting<Option<String>>,
    /// Where the client secret comes from.
    pub(crate) secret: Setting<Option<Password>>,
    /// The file with the key of the organisation.
    pub(crate) key: Setting<Option<PathBuf>>,
    /// The domains whose people's calendars it opens.
    pub(crate) domains: Setting<Option<String>>,
    /// What stands for Google, in tests.
    at: Setting<Option<String>>,
}

impl GoogleSettings {
    /// What is in force.
    pub(super) fn of(from: &From<'_>, said: Registered, read: &File) -> Result<Self, CommandError> {
        let client = from.first(
            ("google-client-id", said.google_client_id),
            "STEADFAST_GOOGLE_CLIENT_ID",
            text,
            read.google_client_id.clone(),
        )?;
        let file = (
            "google-client-secret-file",
            said.google_client_secret_file,
            "STEADFAST_GOOGLE_CLIENT_SECRET_FILE",
            read.google_client_secret_file.clone(),
        );
        let secret = Password::of(from, file, "STEADFAST_GOOGLE_CLIENT_SECRET")?;
        let key = from.first(
            ("google-key-file", said.google_key_file),
            "STEADFAST_GOOGLE_KEY_FILE",
            path,
            read.google_key_file.clone(),
        )?;
        let domains = from.first(
            ("google-domains", said.google_domains),
            "STEADFAST_GOOGLE_DOMAINS",
            text,
            read.google_domains.clone(),
        )?;
        let at = from.first(
            ("google-at", said.google_at),
            "STEADFAST_GOOGLE_AT",
            text,
            read.google_at.clone(),
        )?;
        Ok(Self {
            client: maybe(client),
            secret,
            key: maybe(key),
            domains: maybe(domains),
            at: maybe(at),
        })
    }

    /// What this server is at Google; `None` where it is nothing there. The files of the secret and the key are read.
    ///
    /// # Errors
    /// What is missing or does not fit, with what to do.
    pub(super) fn at_google(
        &self,
        mail: &MailSettings,
        trust: Option<PathBuf>,
    ) -> Result<Option<AtGoogle>, CommandError> {
        let address = mail.opened_at()?.map(|(address, _)| address);
        let registered = self.registered(address.as_deref())?;
        let key = self.key()?;
        if registered.is_none() && key.is_none() {
            return Ok(None);
        }
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
        let told_at = address.filter(|address| address.starts_with("https://"));
        Ok(Some(AtGoogle {
            endpoints: endpoints.map_err(unfit)?,
            registered,
            key,
            told_at: told_at.map(|address| format!("{address}{CHANGED}")),
            trust,
            clock: || crate::host::now().0.div_euclid(1_000_000),
        }))
    }

    /// By what people's own permissions work.
    fn registered(&self, address: Option<&str>) -> Result<Option<There>, CommandError> {
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
        let address = address.ok_or_else(|| {
            wrong(
                "this server is registered at Google, and it is not said where people open it",
                "say where they come back to: --address https://steadfast.example.org",
            )
        })?;
        Ok(Some(There {
            registration: Registration {
                client_id,
                client_secret: secret,
            },
            redirect: format!("{address}{BACK}"),
        }))
    }

    /// The key of the organisation, with whom it is for.
    fn key(&self) -> Result<Option<OrganisationKey>, CommandError> {
        let (file, domains) = match (&self.key.value, &self.domains.value) {
            (None, None) => return Ok(None),
            (Some(file), Some(domains)) => (file, domains),
            (Some(_), None) => {
                return Err(wrong(
                    "the key of an organisation at Google is given, and not whose calendars it opens",
                    "name the domains of its people's addresses: --google-domains example.org",
                ));
            }
            (None, Some(_)) => {
                return Err(wrong(
                    "domains at Google are named, and no key of their organisation",
                    "name the file with the key of the service account: --google-key-file FILE.json",
                ));
            }
        };
        let domains: Vec<String> = domains
            .split(',')
            .map(|domain| domain.trim().to_lowercase())
            .collect();
        if domains
            .iter()
            .any(|domain| !domain.contains('.') || domain.contains(['@', ' ', '*']))
        {
            return Err(wrong(
                &format!("the domains at Google are none ({})", self.domains.from),
                "write what stands after the @ of addresses, with commas between: example.org, example.com",
            ));
        }
        let bytes = std::fs::read(file).map_err(|error| reading(file, &error))?;
        let service = Service::read(&bytes).map_err(|error| {
            wrong(
                &format!("{} cannot be used: {error}", file.display()),
                "make a key of the type JSON for the service account in Google's console, and name that file",
            )
        })?;
        Ok(Some(OrganisationKey {
            service: Arc::new(service),
            domains,
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
