//! Google, as it is lent to the server: where people allow their calendars, and where it is told where to say that something
//! changed.

use crate::calendars::{broke, trouble};
use crate::google::{AtGoogle, Registered};
use std::time::Duration;
use steadfast_app::server::sync::{Access, Channel, NewChannel, Trouble, Watched};
use steadfast_connect::sync::Cursor;
use steadfast_connect::sync::google::grant::{self, Returned};
use steadfast_connect::sync::google::push::{self, Channels};
use steadfast_connect::{Limits, Options, Secret, SourceError};
use steadfast_web::{Allowed, GivingBack, Google, Taking, Watches, Watching};
use tokio::task::spawn_blocking;

/// How long Google may take while somebody waits for a page.
const ANSWER: Duration = Duration::from_secs(15);

fn options(google: &AtGoogle) -> Options {
    Options {
        trusted_certificates: google.trust.clone(),
        limits: Limits {
            answer: ANSWER,
            whole: ANSWER,
            ..Limits::default()
        },
        ..Options::default()
    }
}

/// Google, where people allow their calendars.
pub(crate) struct AllowedThere {
    pub(crate) google: AtGoogle,
    pub(crate) registered: Registered,
}

impl Google for AllowedThere {
    fn page(&self, state: &str, verifier: &str, writes: bool) -> String {
        let Registered {
            registration,
            redirect,
        } = &self.registered;
        grant::page(
            &self.google.endpoints,
            registration,
            redirect,
            (state, verifier),
            writes,
        )
        .into()
    }

    fn take(&self, code: String, verifier: String) -> Taking {
        let (google, registered) = (self.google.clone(), self.registered.clone());
        Box::pin(async move {
            let taken = spawn_blocking(move || {
                let returned = Returned {
                    code: &code,
                    verifier: &verifier,
                    redirect: &registered.redirect,
                };
                grant::take(
                    &google.endpoints,
                    &registered.registration,
                    &returned,
                    &options(&google),
                )
            });
            match taken.await {
                Ok(Ok(allowed)) => Ok(Allowed {
                    refresh: allowed.refresh,
                    is_enough: allowed.is_enough,
                    writes: allowed.writes,
                }),
                Ok(Err(error)) => Err(refused(&error)),
                Err(_) => Err(Trouble {
                    after: None,
                    what: "the program broke off asking Google".to_owned(),
                    hint: "begin once more".to_owned(),
                    stops: false,
                }),
            }
        })
    }

    fn give_back(&self, access: Access) -> GivingBack {
        let google = self.google.clone();
        Box::pin(async move {
            let refresh = Secret::new(access.password.unwrap_or_default());
            let given = spawn_blocking(move || {
                grant::give_back(&google.endpoints, &refresh, &options(&google))
            });
            // Where Google does not answer, what was allowed is erased here all the same.
            drop(given.await);
        })
    }
}

/// Google, where it is told where to say that something changed.
pub(crate) struct ToldBy {
    pub(crate) google: AtGoogle,
    pub(crate) address: String,
}

impl Watches for ToldBy {
    fn watchable(&self, cursor: &str) -> Vec<String> {
        Cursor::from_json(cursor).map_or_else(Vec::new, |cursor| push::watchable(&cursor))
    }

    fn watch(&self, access: Access, open: Vec<NewChannel>, stop: Vec<Channel>) -> Watching {
        let (google, address) = (self.google.clone(), self.address.clone());
        Box::pin(async move {
            let watched = spawn_blocking(move || watch(&google, &address, access, open, &stop));
            watched.await.unwrap_or_else(|_| Watched {
                trouble: Some(broke()),
                ..Watched::default()
            })
        })
    }
}

fn watch(
    google: &AtGoogle,
    address: &str,
    access: Access,
    open: Vec<NewChannel>,
    stop: &[Channel],
) -> Watched {
    let mut watched = Watched::default();
    let account = google.account(access);
    let channels = account.and_then(|account| {
        Channels::of(&account, &options(google)).map_err(|error| trouble(&error))
    });
    let mut channels = match channels {
        Ok(channels) => channels,
        Err(trouble) => {
            watched.trouble = Some(trouble);
            return watched;
        }
    };
    for new in open {
        match channels.open(&new.calendar, (&new.id, &new.token), address) {
            Ok(opened) => watched.opened.push(Channel {
                calendar: new.calendar,
                id: opened.id,
                resource: opened.resource,
                until: opened.until.map(|at| at.saturating_mul(1_000)),
            }),
            // It is of this one calendar: it cannot be watched, or is not there any more.
            Err(SourceError::Answered {
                status: 400 | 403 | 404,
                ..
            }) => watched.refused.push(new.calendar),
            Err(error) => {
                watched.trouble = Some(trouble(&error));
                return watched;
            }
        }
    }
    for old in stop {
        let old = push::Channel {
            id: old.id.clone(),
            resource: old.resource.clone(),
            until: None,
        };
        match channels.stop(&old) {
            // One that cannot be stopped ends by itself.
            Ok(()) | Err(SourceError::Answered { .. }) => {}
            // Nobody answers for the others either: whoever waits does not wait for each of them.
            Err(error) => {
                watched.trouble = Some(trouble(&error));
                return watched;
            }
        }
    }
    watched
}

/// What is wrong with what somebody brought back, in words for them.
fn refused(error: &SourceError) -> Trouble {
    match error {
        error if error.is_of_the_server() => trouble(error),
        SourceError::GrantRefused { reason, .. } => {
            let what = match reason.as_str() {
                "invalid_grant" => "what you brought from Google was used already, or is too old",
                _ => "Google gave nothing that opens your calendar",
            };
            Trouble {
                after: None,
                what: what.to_owned(),
                hint: "begin once more".to_owned(),
                stops: true,
            }
        }
        other => trouble(other),
    }
}
