//! What a server runs with: flags before the environment, the environment before `steadfast.toml`, and that before what
//! is usual. Every value remembers where it came from, for `doctor`.

mod file;
mod flags;
mod google;
mod mailing;

pub(crate) use flags::{Listening, Mailing, Place, Reaching, Registered};
pub(crate) use google::GoogleSettings;
pub(crate) use mailing::{MailSettings, Password};

use crate::calendars::Reach;
use crate::error::{CommandError, Kind};
use crate::keys;
use file::File;
use std::env::{self, VarError};
use std::fmt;
use std::path::{Path, PathBuf};
use std::time::Duration;

/// The file of settings when none is named, in the folder that the program was started in.
const USUAL_FILE: &str = "steadfast.toml";
const DATABASE: &str = "sqlite:steadfast.db";
const LISTEN: &str = "127.0.0.1:7373";
/// Minutes between two looks at a calendar: a 1:1 that is moved on the day is seen to be.
const EVERY: u16 = 15;
/// More often is more than other people's servers like, seldomer misses what happens on a day.
pub(crate) const EVERY_FROM: u16 = 5;
/// See [`EVERY_FROM`].
pub(crate) const EVERY_TO: u16 = 1440;
/// Letters a token has at the least: what is shorter can be guessed.
const SHORTEST_TOKEN: usize = 16;

/// Where a value came from.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) enum Origin {
    Flag(&'static str),
    Environment(&'static str),
    File(PathBuf),
    Default,
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Flag(name) => write!(f, "--{name}"),
            Self::Environment(name) => write!(f, "environment {name}"),
            Self::File(path) => write!(f, "{}", path.display()),
            Self::Default => f.write_str("default"),
        }
    }
}

/// A value and where it came from.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Setting<T> {
    pub(crate) value: T,
    pub(crate) from: Origin,
}

/// All of them, as they are in force.
pub(crate) struct Settings {
    /// The file of settings that was read, if there is one.
    pub(crate) file: Option<PathBuf>,
    pub(crate) database: Setting<String>,
    pub(crate) listen: Setting<String>,
    pub(crate) key: Setting<PathBuf>,
    pub(crate) allow_private: Setting<bool>,
    pub(crate) trust: Setting<Option<PathBuf>>,
    /// Minutes.
    pub(crate) every: Setting<u16>,
    pub(crate) metrics_token: Setting<Option<String>>,
    pub(crate) mail: MailSettings,
    pub(crate) google: GoogleSettings,
}

/// What was said on the command line.
#[derive(Debug, Default)]
pub(crate) struct Said {
    pub(crate) place: Place,
    pub(crate) listening: Listening,
    pub(crate) reaching: Reaching,
    pub(crate) mailing: Mailing,
    pub(crate) registered: Registered,
}

impl Settings {
    /// What is in force, given what was said on the command line.
    pub(crate) fn of(said: Said) -> Result<Self, CommandError> {
        Self::among(said, &|name| env::var(name))
    }

    fn among(
        said: Said,
        environment: &dyn Fn(&'static str) -> Result<String, VarError>,
    ) -> Result<Self, CommandError> {
        let from = From {
            environment,
            file: PathBuf::new(),
        };
        let config = from.first(
            ("config", said.place.config),
            "STEADFAST_CONFIG",
            path,
            None,
        )?;
        let (read, file) = match config {
            Some(named) => (file::read(&named.value)?, Some(named.value)),
            None if Path::new(USUAL_FILE).exists() => {
                let usual = PathBuf::from(USUAL_FILE);
                (file::read(&usual)?, Some(usual))
            }
            None => (File::default(), None),
        };
        let from = From {
            environment,
            file: file.clone().unwrap_or_default(),
        };
        let google = GoogleSettings::of(&from, said.registered, &read)?;
        let database = from
            .first(
                ("database", said.place.database),
                "STEADFAST_DATABASE",
                text,
                read.database,
            )?
            .unwrap_or_else(|| usual(DATABASE.to_owned()));
        let key = from
            .first(("key", said.place.key), "STEADFAST_KEY", path, read.key)?
            .unwrap_or_else(|| usual(keys::place(&database.value)));
        let listen = from.first(
            ("listen", said.listening.listen),
            "STEADFAST_LISTEN",
            text,
            read.listen,
        )?;
        let allow_private = from.first(
            ("allow-private", said.reaching.allow_private.then_some(true)),
            "STEADFAST_ALLOW_PRIVATE",
            yes_or_no,
            read.allow_private,
        )?;
        let trust = from.first(
            ("trust", said.reaching.trust),
            "STEADFAST_TRUST",
            path,
            read.trust,
        )?;
        let every = from.first(
            ("every", said.reaching.every),
            "STEADFAST_EVERY",
            minutes,
            read.every,
        )?;
        let token = from.first(
            ("metrics-token", None),
            "STEADFAST_METRICS_TOKEN",
            text,
            read.metrics_token,
        )?;
        let mail = MailSettings::of(
            &from,
            said.mailing,
            (read.smtp, read.smtp_password_file),
            (read.mail_from, read.address),
        )?;
        let settings = Self {
            file,
            database,
            listen: listen.unwrap_or_else(|| usual(LISTEN.to_owned())),
            key,
            allow_private: allow_private.unwrap_or_else(|| usual(false)),
            trust: maybe(trust),
            every: every.unwrap_or_else(|| usual(EVERY)),
            metrics_token: maybe(token),
            mail,
            google,
        };
        settings.checked()
    }

    /// What no parser of a single value sees.
    fn checked(self) -> Result<Self, CommandError> {
        if !(EVERY_FROM..=EVERY_TO).contains(&self.every.value) {
            return Err(CommandError::new(
                Kind::Usage,
                format!(
                    "every is {} minutes ({})",
                    self.every.value, self.every.from
                ),
                format!("write a number from {EVERY_FROM} to {EVERY_TO}"),
            ));
        }
        let token = &self.metrics_token;
        if token
            .value
            .as_ref()
            .is_some_and(|one| one.len() < SHORTEST_TOKEN)
        {
            return Err(CommandError::new(
                Kind::Usage,
                format!(
                    "the token for metrics has fewer than {SHORTEST_TOKEN} letters ({})",
                    token.from
                ),
                "draw one, say with: openssl rand -hex 32",
            ));
        }
        self.mail.server(None)?;
        self.reach()?;
        Ok(self)
    }

    /// How calendars may be reached.
    ///
    /// # Errors
    /// What is missing or does not fit of what this server is at Google. The secret's file is read.
    pub(crate) fn reach(&self) -> Result<Reach, CommandError> {
        let trust = self.trust.value.clone();
        Ok(Reach {
            allow_private: self.allow_private.value,
            google: self.google.at_google(&self.mail, trust.clone())?,
            trust,
        })
    }

    /// Between two looks at a calendar.
    pub(crate) fn pause(&self) -> Duration {
        Duration::from_secs(u64::from(self.every.value) * 60)
    }
}

/// A database's address as it may be shown: without a password.
pub(crate) fn shown(database: &str) -> String {
    let Some((scheme, rest)) = database.split_once("://") else {
        return database.to_owned();
    };
    let (address, parameters) = rest.split_once('?').unwrap_or((rest, ""));
    let address = match address.rsplit_once('@') {
        Some((who, host)) => {
            let user = who.split(':').next().unwrap_or_default();
            format!("{user}@{host}")
        }
        None => address.to_owned(),
    };
    let open: Vec<&str> = parameters
        .split('&')
        .filter(|one| !one.is_empty() && !one.starts_with("password="))
        .collect();
    let mark = if open.is_empty() { "" } else { "?" };
    format!("{scheme}://{address}{mark}{}", open.join("&"))
}

fn usual<T>(value: T) -> Setting<T> {
    Setting {
        value,
        from: Origin::Default,
    }
}

fn maybe<T>(setting: Option<Setting<T>>) -> Setting<Option<T>> {
    match setting {
        Some(Setting { value, from }) => Setting {
            value: Some(value),
            from,
        },
        None => usual(None),
    }
}

/// Where values may come from.
struct From<'a> {
    environment: &'a dyn Fn(&'static str) -> Result<String, VarError>,
    file: PathBuf,
}

impl From<'_> {
    /// The first that says something: the flag, the environment, the file.
    fn first<T>(
        &self,
        (flag, said): (&'static str, Option<T>),
        variable: &'static str,
        read: impl FnOnce(&str) -> Result<T, &'static str>,
        in_file: Option<T>,
    ) -> Result<Option<Setting<T>>, CommandError> {
        if let Some(value) = said {
            let from = Origin::Flag(flag);
            return Ok(Some(Setting { value, from }));
        }
        let wrong = |hint| {
            CommandError::new(
                Kind::Usage,
                format!("the environment's {variable} cannot be used"),
                hint,
            )
        };
        match (self.environment)(variable) {
            Ok(text) if !text.trim().is_empty() => {
                let value = read(text.trim()).map_err(wrong)?;
                let from = Origin::Environment(variable);
                return Ok(Some(Setting { value, from }));
            }
            Err(VarError::NotUnicode(_)) => return Err(wrong("write it in UTF-8")),
            Ok(_) | Err(VarError::NotPresent) => {}
        }
        Ok(in_file.map(|value| Setting {
            value,
            from: Origin::File(self.file.clone()),
        }))
    }
}

#[expect(clippy::unnecessary_wraps, reason = "a reader of a value among others")]
fn text(text: &str) -> Result<String, &'static str> {
    Ok(text.to_owned())
}

#[expect(clippy::unnecessary_wraps, reason = "a reader of a value among others")]
fn path(text: &str) -> Result<PathBuf, &'static str> {
    Ok(PathBuf::from(text))
}

fn yes_or_no(text: &str) -> Result<bool, &'static str> {
    match text.to_ascii_lowercase().as_str() {
        "true" | "yes" | "on" | "1" => Ok(true),
        "false" | "no" | "off" | "0" => Ok(false),
        _ => Err("write true or false"),
    }
}

fn minutes(text: &str) -> Result<u16, &'static str> {
    text.parse()
        .map_err(|_| "write minutes as a number from 5 to 1440")
}

#[cfg(test)]
mod tests;
