//! Requests that change something: sent once, and never again by themselves.

use super::{Answer, Client, is_loopback, trouble};
use crate::error::SourceError;
use crate::web::resolver::RefusedAddress;
use crate::web::shown;
use std::io;
use ureq::http::{Request, header};
use url::Url;

/// Something to be written.
pub(crate) struct Write<'a> {
    /// PUT, PATCH, DELETE or POST.
    pub(crate) method: &'static str,
    /// Where.
    pub(crate) url: &'a Url,
    /// Its media type and the bytes; `None` with DELETE.
    pub(crate) body: Option<(&'static str, &'a [u8])>,
    /// The condition, where there is one: `If-Match` or `If-None-Match`, and its value.
    pub(crate) condition: Option<(&'static str, &'a str)>,
    /// The access token (RFC 6750 §2.1), where it takes one instead of a password.
    pub(crate) bearer: Option<&'a str>,
}

/// Why there is no answer to something written.
#[derive(Debug)]
pub(crate) enum NoAnswer {
    /// It never got there.
    NotSent(SourceError),
    /// It may have been taken.
    PerhapsTaken(SourceError),
}

impl Client {
    /// Writes something, once: nothing is sent again, and no redirect is followed.
    pub(crate) fn write(&self, write: &Write<'_>) -> Result<Answer, NoAnswer> {
        let mut request = Request::builder()
            .method(write.method)
            .uri(write.url.as_str());
        if let Some((name, value)) = write.condition {
            request = request.header(name, value);
        }
        if let Some(token) = write.bearer {
            // A token in the clear is anybody's; on this machine itself nobody listens in.
            if write.url.scheme() != "https" && !is_loopback(write.url) {
                return Err(NoAnswer::NotSent(SourceError::PasswordInTheClear {
                    address: shown::address(write.url),
                }));
            }
            request = request.header(header::AUTHORIZATION, format!("Bearer {token}"));
        } else if let Some(authorization) = self
            .authorization
            .as_ref()
            .filter(|_| self.trusts(write.url))
        {
            self.refuse_password_in_the_clear(write.url)
                .map_err(NoAnswer::NotSent)?;
            request = request.header(header::AUTHORIZATION, authorization);
        }
        let sent = match write.body {
            Some((media_type, body)) => request
                .header(header::CONTENT_TYPE, media_type)
                .body(body)
                .map_err(ureq::Error::from)
                .and_then(|request| self.agent.run(request)),
            None => request
                .body(())
                .map_err(ureq::Error::from)
                .and_then(|request| self.agent.run(request)),
        };
        match sent {
            Ok(response) => {
                let (parts, body) = response.into_parts();
                Ok(Answer {
                    status: parts.status.as_u16(),
                    url: write.url.clone(),
                    length: None,
                    headers: parts.headers,
                    body: Box::new(body.into_reader()),
                })
            }
            Err(error) => {
                let never_got_there = never_got_there(&error);
                let error = trouble(write.url, error);
                Err(if never_got_there {
                    NoAnswer::NotSent(error)
                } else {
                    NoAnswer::PerhapsTaken(error)
                })
            }
        }
    }
}

/// Whether an error came before anything was sent. Of any other the opposite is thinkable.
fn never_got_there(error: &ureq::Error) -> bool {
    match error {
        ureq::Error::HostNotFound
        | ureq::Error::ConnectionFailed
        | ureq::Error::BadUri(_)
        | ureq::Error::Http(_)
        | ureq::Error::Timeout(ureq::Timeout::Resolve | ureq::Timeout::Connect) => true,
        ureq::Error::Io(error) => error.kind() == io::ErrorKind::ConnectionRefused,
        ureq::Error::Other(other) => other.downcast_ref::<RefusedAddress>().is_some(),
        _ => false,
    }
}
