//! Where Google is. No address comes from outside: a person connects an account, not an address.

use crate::error::SourceError;
use crate::options::Options;
use crate::web::client::{Client, is_loopback};
use url::Url;

/// The addresses of Google's that are asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Endpoints {
    /// Base of the Calendar API v3.
    pub(crate) api: Url,
    /// The page on which a person allows what is asked (RFC 6749 §3.1).
    pub(crate) authorize: Url,
    /// Where codes and refresh tokens become access tokens (RFC 6749 §3.2).
    pub(crate) token: Url,
    /// Where a token is given back (RFC 7009).
    pub(crate) revoke: Url,
}

impl Endpoints {
    /// Google's own.
    ///
    /// # Errors
    /// Never, as long as the addresses below are ones.
    pub fn google() -> Result<Self, SourceError> {
        Ok(Self {
            api: url("https://www.googleapis.com/calendar/v3/")?,
            authorize: url("https://accounts.google.com/o/oauth2/v2/auth")?,
            token: url("https://oauth2.googleapis.com/token")?,
            revoke: url("https://oauth2.googleapis.com/revoke")?,
        })
    }

    /// Those of a server on this machine that does as Google does, for tests: all below `base`.
    ///
    /// # Errors
    /// [`SourceError::BadAddress`] when `base` does not name this machine by number (`http://127.0.0.1:PORT/`).
    pub fn on_this_machine(base: &Url) -> Result<Self, SourceError> {
        if !is_loopback(base) {
            return Err(SourceError::BadAddress {
                address: base.to_string(),
                reason: "only Google itself, or a loopback address such as http://127.0.0.1:8080/, stands for Google"
                    .to_owned(),
            });
        }
        let below = |path: &str| {
            base.join(path).map_err(|error| SourceError::BadAddress {
                address: base.to_string(),
                reason: error.to_string(),
            })
        };
        Ok(Self {
            api: below("/calendar/v3/")?,
            authorize: below("/o/oauth2/v2/auth")?,
            token: below("/token")?,
            revoke: below("/revoke")?,
        })
    }

    /// A client for these addresses and no others.
    pub(crate) fn client(&self, options: &Options) -> Result<Client, SourceError> {
        Client::new(&self.api, &self.options(options))
    }

    /// One that writes, and so keeps no connection.
    pub(crate) fn writing_client(&self, options: &Options) -> Result<Client, SourceError> {
        Client::for_writing(&self.api, &self.options(options))
    }

    fn options(&self, options: &Options) -> Options {
        Options {
            user: None,
            password: None,
            // Google's names lead to public addresses; whatever else they led to is not Google.
            allow_private: is_loopback(&self.api),
            trusted_certificates: options.trusted_certificates.clone(),
            limits: options.limits.clone(),
        }
    }
}

fn url(text: &str) -> Result<Url, SourceError> {
    Url::parse(text).map_err(|error| SourceError::BadAddress {
        address: text.to_owned(),
        reason: error.to_string(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_but_google_and_this_machine_stands_for_google() {
        let at = |base: &str| Endpoints::on_this_machine(&Url::parse(base).unwrap());
        assert!(Endpoints::google().is_ok());
        assert!(at("http://127.0.0.1:8080/").is_ok() && at("http://[::1]:8080/").is_ok());
        for base in [
            "http://localhost:8080/",
            "http://10.0.0.1/",
            "https://example.com/",
        ] {
            assert!(at(base).is_err(), "{base}");
        }
    }
}
