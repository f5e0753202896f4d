//! The flags that say what a server runs with, for whichever command they matter to.

use super::{EVERY_FROM, EVERY_TO, Said, Settings};
use crate::error::CommandError;
use clap::Args;
use std::path::PathBuf;

/// Where everything is.
#[derive(Debug, Default, Args)]
pub(crate) struct Place {
    /// Where everything is kept: sqlite:FILE or postgres://USER@HOST/DATABASE [env: STEADFAST_DATABASE] [default:
    /// sqlite:steadfast.db].
    #[arg(long, value_name = "URL")]
    pub(crate) database: Option<String>,
    /// The file with the key that seals how to get at people's calendars; beside the database unless named [env:
    /// STEADFAST_KEY].
    #[arg(long, value_name = "FILE")]
    pub(crate) key: Option<PathBuf>,
    /// Settings in a file, for what neither flags nor the environment say [env: STEADFAST_CONFIG] [default: steadfast.toml,
    /// where there is one].
    #[arg(long, value_name = "FILE.toml")]
    pub(crate) config: Option<PathBuf>,
}

/// Where it listens.
#[derive(Debug, Default, Args)]
pub(crate) struct Listening {
    /// Where to listen; port 0 takes a free one. Beyond this machine only behind a proxy that encrypts [env:
    /// STEADFAST_LISTEN] [default: 127.0.0.1:7373].
    #[arg(long, value_name = "ADDR")]
    pub(crate) listen: Option<String>,
}

/// How calendars are reached, and how often.
#[derive(Debug, Default, Args)]
pub(crate) struct Reaching {
    /// Allow people's calendars at addresses inside this machine or network [env: STEADFAST_ALLOW_PRIVATE].
    #[arg(long)]
    pub(crate) allow_private: bool,
    /// Trust the certificates in this PEM file instead of the machine's own [env: STEADFAST_TRUST].
    #[arg(long, value_name = "FILE.pem")]
    pub(crate) trust: Option<PathBuf>,
    /// Minutes between two looks at a connected calendar, 5 to 1440 [env: STEADFAST_EVERY] [default: 15].
    #[arg(
        long,
        value_name = "MINUTES",
        value_parser = clap::value_parser!(u16).range(i64::from(EVERY_FROM)..=i64::from(EVERY_TO))
    )]
    pub(crate) every: Option<u16>,
}

/// How mail is sent.
#[derive(Debug, Default, Args)]
pub(crate) struct Mailing {
    /// The mail server: smtps://USER@HOST encrypts from the first byte, smtp://USER@HOST after STARTTLS;
    /// smtp://127.0.0.1:PORT?tls=none is for one on this machine. Without it no mail is sent [env: STEADFAST_SMTP].
    #[arg(long, value_name = "URL")]
    pub(crate) smtp: Option<String>,
    /// The file with the password that goes with USER [env: STEADFAST_SMTP_PASSWORD_FILE, or the password itself in
    /// STEADFAST_SMTP_PASSWORD].
    #[arg(long, value_name = "FILE")]
    pub(crate) smtp_password_file: Option<PathBuf>,
    /// From whom mail is: "Steadfast <steadfast@example.org>" [env: STEADFAST_MAIL_FROM].
    #[arg(long, value_name = "ADDRESS")]
    pub(crate) mail_from: Option<String>,
    /// Where people open this server, for links in mail and the way back from Google: https://steadfast.example.org [env: STEADFAST_ADDRESS].
    #[arg(long, value_name = "URL")]
    pub(crate) address: Option<String>,
}

/// What this server is registered as at Google.
#[derive(Debug, Default, Args)]
pub(crate) struct Registered {
    /// The client id that this server has at Google, so that people can connect their Google Calendars; needs
    /// --address [env: STEADFAST_GOOGLE_CLIENT_ID].
    #[arg(long, value_name = "ID")]
    pub(crate) google_client_id: Option<String>,
    /// The file with the client secret that goes with it [env: STEADFAST_GOOGLE_CLIENT_SECRET_FILE, or the secret itself
    /// in STEADFAST_GOOGLE_CLIENT_SECRET].
    #[arg(long, value_name = "FILE")]
    pub(crate) google_client_secret_file: Option<PathBuf>,
    /// The file with the key of a service account that opens the calendars of all people of your organisation
    /// (domain-wide delegation) [env: STEADFAST_GOOGLE_KEY_FILE].
    #[arg(long, value_name = "FILE.json")]
    pub(crate) google_key_file: Option<PathBuf>,
    /// Whose calendars that key opens: of people with addresses of these domains, with commas between [env:
    /// STEADFAST_GOOGLE_DOMAINS].
    #[arg(long, value_name = "DOMAINS")]
    pub(crate) google_domains: Option<String>,
    /// For tests: a server on this machine that stands for Google, http://127.0.0.1:PORT/ [env: STEADFAST_GOOGLE_AT].
    #[arg(long, value_name = "URL", hide = true)]
    pub(crate) google_at: Option<String>,
}

impl Place {
    /// What is in force for a command that takes no other setting.
    pub(crate) fn settings(self) -> Result<Settings, CommandError> {
        Settings::of(Said {
            place: self,
            ..Said::default()
        })
    }
}
