//! Google, as this server is known there, reached through `connect`.

use std::path::PathBuf;
use std::sync::Arc;
use steadfast_app::server::sync::{Access, Trouble, is_of};
use steadfast_connect::Secret;
use steadfast_connect::sync::google::{Account, By, Endpoints, Registration, Service};

/// Where people allow.
#[derive(Clone, Debug)]
pub(crate) struct Registered {
    /// As what this server is registered.
    pub(crate) registration: Registration,
    /// The address that people come back to, registered there too.
    pub(crate) redirect: String,
}

/// The key of the organisation.
#[derive(Clone, Debug)]
pub(crate) struct OrganisationKey {
    /// The key.
    pub(crate) service: Arc<Service>,
    /// Whose people's calendars it opens.
    pub(crate) domains: Vec<String>,
}

/// What this server is at Google.
#[derive(Clone, Debug)]
pub(crate) struct AtGoogle {
    /// Where Google is.
    pub(crate) endpoints: Endpoints,
    /// By what people's own permissions work; `None`: nobody can give one.
    pub(crate) registered: Option<Registered>,
    /// What opens calendars without; `None`: nothing does.
    pub(crate) key: Option<OrganisationKey>,
    /// Where Google says that something changed: it says it to https alone.
    pub(crate) told_at: Option<String>,
    /// A PEM file of certificates to trust instead of the machine's own.
    pub(crate) trust: Option<PathBuf>,
    /// Seconds since 1970, now: what is signed with the key says when.
    pub(crate) clock: fn() -> i64,
}

impl AtGoogle {
    /// The account there that is opened so.
    pub(crate) fn account(&self, access: Access) -> Result<Account, Trouble> {
        let by = if access.is_by_key() {
            let key = self.key.as_ref().ok_or_else(|| Trouble {
                after: None,
                what: "this server does not have the key of your organisation any more".to_owned(),
                hint: "ask whoever runs it; it goes on by itself when it has it again".to_owned(),
                stops: false,
            })?;
            let person = access.user.unwrap_or_default();
            if !is_of(&key.domains, &person) {
                // What was opened once is opened no longer than whoever runs this server wants it to be.
                return Err(Trouble {
                    after: None,
                    what: "the key of your organisation is not for your address any more"
                        .to_owned(),
                    hint:
                        "you can leave it; it goes on by itself if whoever runs this server lets it"
                            .to_owned(),
                    stops: false,
                });
            }
            By::Key {
                service: Arc::clone(&key.service),
                person,
                now: (self.clock)(),
            }
        } else {
            let registered = self.registered.as_ref().ok_or_else(unregistered)?;
            By::Allowed {
                registration: registered.registration.clone(),
                refresh: Secret::new(access.password.unwrap_or_default()),
            }
        };
        Ok(Account {
            endpoints: self.endpoints.clone(),
            by,
        })
    }
}

/// This server was registered there once.
pub(crate) fn unregistered() -> Trouble {
    Trouble {
        after: None,
        what: "this server is not registered at Google any more".to_owned(),
        hint: "ask whoever runs it; it goes on by itself when it is again".to_owned(),
        stops: false,
    }
}
