//! Google, as this server is registered there, reached through `connect`.

use crate::calendars::trouble;
use std::path::PathBuf;
use std::time::Duration;
use steadfast_app::server::sync::{Access, Trouble};
use steadfast_connect::sync::google::grant::{self, Returned};
use steadfast_connect::sync::google::{Account, Endpoints, Registration};
use steadfast_connect::{Limits, Options, Secret};
use steadfast_web::{Allowed, GivingBack, Google, Taking};
use tokio::task::spawn_blocking;

/// How long Google may take while somebody waits for a page.
const ANSWER: Duration = Duration::from_secs(15);

/// What this server is registered as.
#[derive(Clone, Debug)]
pub(crate) struct AtGoogle {
    /// Where Google is.
    pub(crate) endpoints: Endpoints,
    /// As what.
    pub(crate) registration: Registration,
    /// The address that people come back to, registered there too.
    pub(crate) redirect: String,
    /// A PEM file of certificates to trust instead of the machine's own.
    pub(crate) trust: Option<PathBuf>,
}

impl AtGoogle {
    /// Somebody's account there.
    pub(crate) fn account(&self, refresh: String) -> Account {
        Account {
            endpoints: self.endpoints.clone(),
            registration: self.registration.clone(),
            refresh: Secret::new(refresh),
        }
    }

    fn options(&self) -> Options {
        Options {
            trusted_certificates: self.trust.clone(),
            limits: Limits {
                answer: ANSWER,
                whole: ANSWER,
                ..Limits::default()
            },
            ..Options::default()
        }
    }
}

impl Google for AtGoogle {
    fn page(&self, state: &str, verifier: &str) -> String {
        grant::page(
            &self.endpoints,
            &self.registration,
            &self.redirect,
            state,
            verifier,
        )
        .into()
    }

    fn take(&self, code: String, verifier: String) -> Taking {
        let google = self.clone();
        Box::pin(async move {
            let taken = spawn_blocking(move || {
                let returned = Returned {
                    code: &code,
                    verifier: &verifier,
                    redirect: &google.redirect,
                };
                grant::take(
                    &google.endpoints,
                    &google.registration,
                    &returned,
                    &google.options(),
                )
            });
            match taken.await {
                Ok(Ok(allowed)) => Ok(Allowed {
                    refresh: allowed.refresh,
                    is_enough: allowed.is_enough,
                }),
                Ok(Err(error)) => Err(refused(&error)),
                Err(_) => Err(Trouble {
                    what: "the program broke off asking Google".to_owned(),
                    hint: "begin once more".to_owned(),
                    stops: false,
                }),
            }
        })
    }

    fn give_back(&self, access: Access) -> GivingBack {
        let google = self.clone();
        Box::pin(async move {
            let refresh = Secret::new(access.password.unwrap_or_default());
            let given = spawn_blocking(move || {
                grant::give_back(&google.endpoints, &refresh, &google.options())
            });
            // Where Google does not answer, what was allowed is erased here all the same.
            drop(given.await);
        })
    }
}

/// What is wrong with what somebody brought back, in words for them.
fn refused(error: &steadfast_connect::SourceError) -> Trouble {
    use steadfast_connect::SourceError;
    match error {
        error if error.is_of_the_server() => trouble(error),
        SourceError::GrantRefused { reason, .. } => {
            let what = match reason.as_str() {
                "invalid_grant" => "what you brought from Google was used already, or is too old",
                _ => "Google gave nothing that opens your calendar",
            };
            Trouble {
                what: what.to_owned(),
                hint: "begin once more".to_owned(),
                stops: true,
            }
        }
        other => trouble(other),
    }
}
