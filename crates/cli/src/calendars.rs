//! Calendars that the server keeps up with, reached through `connect`.

use crate::google::{AtGoogle, unregistered};
use std::path::PathBuf;
use std::time::Duration;
use steadfast_app::server::sync::{Access, Found, FoundCalendar, News, Object, Trouble};
use steadfast_connect::sync::{self, Because, Cursor, Provider};
use steadfast_connect::{Limits, Options, Secret, SourceError};
use steadfast_web::Ask;
use tokio::task::spawn_blocking;
use url::Url;

/// What one answer may hold: several rounds run at once, each with its answer in memory.
const DOWNLOAD: u64 = 64 << 20;
/// How long one answer may take.
const ANSWER: Duration = Duration::from_secs(120);

/// How calendars may be reached.
#[derive(Clone, Debug, Default)]
pub(crate) struct Reach {
    /// Whether addresses inside this machine or network may be asked.
    pub(crate) allow_private: bool,
    /// A PEM file of certificates to trust instead of the machine's own.
    pub(crate) trust: Option<PathBuf>,
    /// What this server is at Google; `None`: nothing.
    pub(crate) google: Option<AtGoogle>,
}

/// Asks over the network.
pub(crate) fn network(reach: Reach) -> Ask {
    Box::new(move |access, cursor| {
        let reach = reach.clone();
        Box::pin(async move {
            let round = spawn_blocking(move || ask(&reach, access, cursor.as_deref()));
            round.await.unwrap_or_else(|_| Err(broke()))
        })
    })
}

/// How a calendar is reached, and how much may come of it.
pub(crate) fn options(reach: &Reach, access: Access) -> Options {
    Options {
        user: access.user,
        password: access.password.map(Secret::new),
        allow_private: reach.allow_private,
        trusted_certificates: reach.trust.clone(),
        limits: Limits {
            download_bytes: DOWNLOAD,
            answer: ANSWER,
            ..Limits::default()
        },
    }
}

fn ask(reach: &Reach, access: Access, cursor: Option<&str>) -> Result<Found, Trouble> {
    let is_by_key = access.is_by_key();
    let mut provider = if access.is_of_google() {
        at_google(reach, access)?
    } else {
        elsewhere(reach, access)?
    };
    let cursor = cursor.and_then(Cursor::from_json);
    let round = provider
        .round(cursor.as_ref())
        .map_err(|error| match error {
            SourceError::GrantRefused { .. } if is_by_key => closed(),
            error => trouble(&error),
        })?;
    Ok(found(round))
}

fn at_google(reach: &Reach, access: Access) -> Result<Box<dyn Provider>, Trouble> {
    let google = reach.google.as_ref().ok_or_else(unregistered)?;
    let account = google.account(access)?;
    let options = options(reach, Access::google(String::new()));
    sync::google::open(&account, &options).map_err(|error| trouble(&error))
}

fn elsewhere(reach: &Reach, access: Access) -> Result<Box<dyn Provider>, Trouble> {
    let url = Url::parse(&access.address).map_err(|_| Trouble {
        after: None,
        what: "this is no address".to_owned(),
        hint: "it begins with https://".to_owned(),
        stops: true,
    })?;
    let options = options(reach, access);
    sync::open(&url, &options).map_err(|error| trouble(&error))
}

fn found(round: sync::Round) -> Found {
    let calendar = |one: sync::CalendarNews| FoundCalendar {
        id: one.id,
        name: one.name,
        owner: one.owner,
        news: match one.news {
            sync::News::Unchanged => News::Unchanged,
            sync::News::Whole {
                objects: all,
                kept,
                because,
            } => News::Whole {
                objects: objects(all),
                kept,
                blind: because == Because::TokenLost,
            },
            sync::News::Changes { put, gone } => News::Changes {
                put: objects(put),
                gone,
            },
        },
    };
    let aside = |one: steadfast_connect::SetAside| (one.label, one.why);
    Found {
        calendars: round.calendars.into_iter().map(calendar).collect(),
        gone: round.gone,
        after: round.after,
        unreadable: round.unreadable,
        set_aside: round.set_aside.into_iter().map(aside).collect(),
        cursor: round.cursor.to_json(),
    }
}

fn objects(objects: Vec<sync::Object>) -> Vec<Object> {
    let object = |one: sync::Object| Object {
        href: one.href,
        lines: one.lines,
    };
    objects.into_iter().map(object).collect()
}

pub(crate) fn trouble(error: &SourceError) -> Trouble {
    let (what, hint) = match error {
        // Where a name leads inside this network is not told to whoever asks.
        SourceError::PrivateAddress { .. } => (
            "this address leads into the server’s own network".to_owned(),
            "if your calendar is there, ask whoever runs this server to allow it (serve --allow-private)",
        ),
        SourceError::PasswordInTheClear { .. } => (
            "the password would travel in the clear".to_owned(),
            "use an address that begins with https://",
        ),
        SourceError::Unauthorized { as_user: true, .. } => (
            error.to_string(),
            "check the user name and the password; with two-step sign-in it has to be an app password",
        ),
        SourceError::Unauthorized { .. } => (error.to_string(), "give a user name and a password"),
        refused if refused.is_of_the_server() => (
            "Google does not know this server any more".to_owned(),
            "tell whoever runs it: steadfast doctor says more; what you allowed is as good as before",
        ),
        SourceError::GrantRefused { .. } => (
            "Google does not accept any more what you allowed".to_owned(),
            "allow it again there; what happens until then is unknown",
        ),
        SourceError::TimedOut { .. } => (error.to_string(), "it is worth trying again later"),
        other => (other.to_string(), other.hint()),
    };
    let after = match error {
        SourceError::SlowDown { after, .. } => *after,
        _ => None,
    };
    Trouble {
        after,
        what,
        hint: hint.to_owned(),
        stops: !error.is_of_the_server()
            && matches!(
                error,
                SourceError::Unauthorized { .. }
                    | SourceError::GrantRefused { .. }
                    | SourceError::PasswordInTheClear { .. }
                    | SourceError::BadAddress { .. }
            ),
    }
}

/// What the key of an organisation opens no more, or not yet. Nobody whose calendar it is can mend that, and it is asked again.
fn closed() -> Trouble {
    Trouble {
        after: None,
        what: "Google does not open it by your organisation’s key".to_owned(),
        hint: "whoever runs this server finds what is to be granted in docs/how-to/google.md"
            .to_owned(),
        stops: false,
    }
}

pub(crate) fn broke() -> Trouble {
    Trouble {
        after: None,
        what: "the program broke off reading it".to_owned(),
        hint: "it is tried again".to_owned(),
        stops: false,
    }
}
