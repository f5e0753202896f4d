//! Requests to an API: with a token instead of a password, never led anywhere else.

use super::{Answer, Client, trouble, was_closed};
use crate::error::SourceError;
use crate::web::shown;
use ureq::http::{Request, header};
use url::{Host, Url};

/// A request to an API.
pub(crate) struct Call<'a> {
    /// Where.
    pub(crate) url: &'a Url,
    /// The access token (RFC 6750 §2.1), where it takes one.
    pub(crate) bearer: Option<&'a str>,
    /// What is sent.
    pub(crate) sent: Sent<'a>,
}

/// What a request to an API sends.
#[derive(Clone, Copy)]
pub(crate) enum Sent<'a> {
    /// Nothing: it is a GET.
    Nothing,
    /// A form that is posted.
    Form(&'a str),
    /// JSON that is posted.
    Json(&'a str),
}

impl Client {
    /// Sends it. A redirect is an answer like any other: the token is for this address alone. Nothing here changes
    /// anything but tokens and push channels, so what met a kept connection that was just closed is sent once more.
    pub(crate) fn call(&self, call: &Call<'_>) -> Result<Answer, SourceError> {
        // A token in the clear is anybody's; on this machine itself nobody listens in.
        if call.url.scheme() != "https" && !is_loopback(call.url) {
            return Err(SourceError::PasswordInTheClear {
                address: shown::address(call.url),
            });
        }
        let sent = match self.call_once(call) {
            Err(ureq::Error::Io(error)) if was_closed(&error) => self.call_once(call),
            other => other,
        };
        let response = sent.map_err(|error| trouble(call.url, error))?;
        let (parts, body) = response.into_parts();
        Ok(Answer {
            status: parts.status.as_u16(),
            url: call.url.clone(),
            length: None,
            headers: parts.headers,
            body: Box::new(body.into_reader()),
        })
    }

    fn call_once(&self, call: &Call<'_>) -> Result<ureq::http::Response<ureq::Body>, ureq::Error> {
        let (method, sent) = match call.sent {
            Sent::Nothing => ("GET", None),
            Sent::Form(form) => ("POST", Some(("application/x-www-form-urlencoded", form))),
            Sent::Json(json) => ("POST", Some(("application/json; charset=utf-8", json))),
        };
        let mut request = Request::builder()
            .method(method)
            .uri(call.url.as_str())
            .header(header::ACCEPT, "application/json");
        if let Some(token) = call.bearer {
            request = request.header(header::AUTHORIZATION, format!("Bearer {token}"));
        }
        match sent {
            Some((kind, body)) => {
                let request = request
                    .header(header::CONTENT_TYPE, kind)
                    .body(body.to_owned())?;
                self.agent.run(request)
            }
            None => self.agent.run(request.body(())?),
        }
    }
}

/// Whether an address names this machine by number, so that no name server has a say in it.
pub(crate) fn is_loopback(url: &Url) -> bool {
    match url.host() {
        Some(Host::Ipv4(ip)) => ip.is_loopback(),
        Some(Host::Ipv6(ip)) => ip.is_loopback(),
        _ => false,
    }
}
