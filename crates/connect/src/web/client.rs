//! The one place that talks HTTP: time limits, redirects, passwords, and what an error of the network means.

mod calling;
mod writing;

pub(crate) use calling::{Call, Sent, is_loopback};
pub(crate) use writing::{NoAnswer, Write};

use super::resolver::{Guarded, RefusedAddress};
use super::{address, shown};
use crate::error::SourceError;
use crate::options::{Limits, Options};
use base64::Engine;
use base64::prelude::BASE64_STANDARD as BASE64;
use std::cell::RefCell;
use std::fs;
use std::io::{self, Read};
use std::net::ToSocketAddrs;
use ureq::Agent;
use ureq::http::{HeaderMap, Request, StatusCode, header};
use ureq::tls::{Certificate, PemItem, RootCerts, TlsConfig, parse_pem};
use ureq::unversioned::transport::DefaultConnector;
use url::{Origin, Url};

/// A request, apart from what every request has.
pub(crate) struct Ask<'a> {
    /// GET, PROPFIND, REPORT.
    pub(crate) method: &'static str,
    /// Where.
    pub(crate) url: &'a Url,
    /// The `Depth` header of WebDAV (RFC 4918 §10.2).
    pub(crate) depth: Option<&'static str>,
    /// An XML body.
    pub(crate) body: Option<&'a str>,
    /// Further headers: conditions on what is known already.
    pub(crate) headers: Vec<(&'static str, &'a str)>,
}

impl<'a> Ask<'a> {
    /// A plain GET.
    pub(crate) fn get(url: &'a Url) -> Self {
        Self {
            method: "GET",
            url,
            depth: None,
            body: None,
            headers: Vec::new(),
        }
    }
}

/// What came back.
pub(crate) struct Answer {
    /// The status; 3xx only where the redirect is not one to follow.
    pub(crate) status: u16,
    /// Where it came from after redirects.
    pub(crate) url: Url,
    /// Its length, if the server says and it is not packed.
    pub(crate) length: Option<u64>,
    headers: HeaderMap,
    /// The body, unpacked, not yet read and not bounded.
    pub(crate) body: Box<dyn Read + Send>,
}

impl Answer {
    /// A header, if it is there and text.
    pub(crate) fn header(&self, name: &str) -> Option<String> {
        let value = self.headers.get(name)?.to_str().ok()?.trim();
        (!value.is_empty()).then(|| value.to_owned())
    }

    /// A header that may come in several lines, as one.
    pub(crate) fn joined(&self, name: &str) -> String {
        let lines = self.headers.get_all(name).iter();
        let lines: Vec<&str> = lines.filter_map(|line| line.to_str().ok()).collect();
        lines.join(",")
    }

    /// The error for a status that gives nothing to read.
    pub(crate) fn refusal(&self, address: String, as_user: bool) -> SourceError {
        match self.status {
            status @ (401 | 403) => SourceError::Unauthorized {
                address,
                status,
                as_user,
            },
            status => SourceError::Answered { address, status },
        }
    }
}

/// Connections that are kept for the next request, as many as ureq keeps unless told otherwise.
const KEPT: usize = 10;

/// A client for one source.
pub(crate) struct Client {
    agent: Agent,
    limits: Limits,
    allow_private: bool,
    authorization: Option<String>,
    /// The origins that may see the password: the one named, and those that CalDAV discovery adds.
    trusted: RefCell<Vec<Origin>>,
}

impl Client {
    /// A client for the source at `url`.
    pub(crate) fn new(url: &Url, options: &Options) -> Result<Self, SourceError> {
        Self::keeping(url, options, KEPT)
    }

    /// A client that opens a new connection for every request: on a kept one that the server just closed, nobody could
    /// tell whether a write was taken.
    pub(crate) fn for_writing(url: &Url, options: &Options) -> Result<Self, SourceError> {
        Self::keeping(url, options, 0)
    }

    fn keeping(url: &Url, options: &Options, connections: usize) -> Result<Self, SourceError> {
        let limits = options.limits.clone();
        let config = Agent::config_builder()
            .http_status_as_error(false)
            .allow_non_standard_methods(true)
            // Redirects are followed here, where each hop is checked.
            .max_redirects(0)
            .max_redirects_will_error(false)
            .max_idle_connections(connections)
            // A proxy would connect to an address that was not checked.
            .proxy(None)
            .user_agent(concat!("steadfast/", env!("CARGO_PKG_VERSION")))
            .max_response_header_size(64 * 1024)
            .timeout_resolve(Some(limits.connect))
            .timeout_connect(Some(limits.connect))
            .timeout_send_request(Some(limits.answer))
            .timeout_recv_response(Some(limits.answer))
            .timeout_recv_body(Some(limits.whole))
            .tls_config(TlsConfig::builder().root_certs(roots(options)?).build())
            .build();
        let authorization = options.user.as_ref().map(|user| {
            let password = options
                .password
                .as_ref()
                .map_or("", |password| password.reveal());
            format!("Basic {}", BASE64.encode(format!("{user}:{password}")))
        });
        Ok(Self {
            agent: Agent::with_parts(
                config,
                DefaultConnector::default(),
                Guarded::new(options.allow_private),
            ),
            limits,
            allow_private: options.allow_private,
            authorization,
            trusted: RefCell::new(vec![url.origin()]),
        })
    }

    /// Whether a user name is sent.
    pub(crate) fn has_user(&self) -> bool {
        self.authorization.is_some()
    }

    /// A CalDAV address for a message.
    pub(crate) fn shown(&self, url: &Url) -> String {
        shown::dav(url, self.has_user())
    }

    /// The bounds in force.
    pub(crate) fn limits(&self) -> &Limits {
        &self.limits
    }

    /// Lets `url`'s origin see the password too. Only for an address that a trusted origin named in an answer to
    /// an authenticated request; such a server could pass the password on anyway.
    pub(crate) fn trust(&self, url: &Url) {
        self.trusted.borrow_mut().push(url.origin());
    }

    /// Whether `url` may see the password.
    pub(crate) fn trusts(&self, url: &Url) -> bool {
        self.trusted.borrow().contains(&url.origin())
    }

    /// Sends a request, following redirects.
    pub(crate) fn send(&self, ask: &Ask<'_>) -> Result<Answer, SourceError> {
        let mut url = ask.url.clone();
        for _ in 0..=self.limits.redirects {
            let response = self.once_or_again(ask, &url)?;
            let Some(next) = self.redirect(ask.method, &url, &response)? else {
                let packed = response.headers().contains_key(header::CONTENT_ENCODING);
                let (parts, body) = response.into_parts();
                let length = body.content_length().filter(|_| !packed);
                return Ok(Answer {
                    status: parts.status.as_u16(),
                    url,
                    length,
                    headers: parts.headers,
                    body: Box::new(body.into_reader()),
                });
            };
            url = next;
        }
        Err(SourceError::Redirected {
            address: shown::address(ask.url),
            reason: format!("more than {} times", self.limits.redirects),
        })
    }

    /// A server may close a kept connection at the moment it is used again. Everything that is sent here only reads,
    /// so it is sent once more, on a new connection (RFC 9110 §9.2.2).
    fn once_or_again(
        &self,
        ask: &Ask<'_>,
        url: &Url,
    ) -> Result<ureq::http::Response<ureq::Body>, SourceError> {
        let sent = match self.once(ask, url)? {
            Err(ureq::Error::Io(error)) if was_closed(&error) => self.once(ask, url)?,
            other => other,
        };
        sent.map_err(|error| trouble(url, error))
    }

    fn once(
        &self,
        ask: &Ask<'_>,
        url: &Url,
    ) -> Result<Result<ureq::http::Response<ureq::Body>, ureq::Error>, SourceError> {
        let mut request = Request::builder().method(ask.method).uri(url.as_str());
        let accept = if ask.method == "GET" {
            "text/calendar, */*;q=0.1"
        } else {
            "application/xml, text/xml"
        };
        request = request.header(header::ACCEPT, accept);
        if let Some(depth) = ask.depth {
            request = request.header("Depth", depth);
        }
        for (name, value) in &ask.headers {
            request = request.header(*name, *value);
        }
        if let Some(authorization) = self.authorization.as_ref().filter(|_| self.trusts(url)) {
            self.refuse_password_in_the_clear(url)?;
            request = request.header(header::AUTHORIZATION, authorization);
        }
        Ok(match ask.body {
            Some(body) => request
                .header(header::CONTENT_TYPE, "application/xml; charset=utf-8")
                .body(body.to_owned())
                .map_err(ureq::Error::from)
                .and_then(|request| self.agent.run(request)),
            None => request
                .body(())
                .map_err(ureq::Error::from)
                .and_then(|request| self.agent.run(request)),
        })
    }

    /// Where an answer redirects to, if it does and may.
    fn redirect<B>(
        &self,
        method: &str,
        from: &Url,
        response: &ureq::http::Response<B>,
    ) -> Result<Option<Url>, SourceError> {
        let status = response.status();
        let moves = matches!(
            status,
            StatusCode::MOVED_PERMANENTLY
                | StatusCode::FOUND
                | StatusCode::TEMPORARY_REDIRECT
                | StatusCode::PERMANENT_REDIRECT
        ) || status == StatusCode::SEE_OTHER && method == "GET";
        let Some(location) = response.headers().get(header::LOCATION).filter(|_| moves) else {
            return Ok(None);
        };
        let refuse = |reason: &str| SourceError::Redirected {
            address: shown::address(from),
            reason: reason.to_owned(),
        };
        let next = location
            .to_str()
            .ok()
            .and_then(|location| from.join(location).ok())
            .ok_or_else(|| refuse("its target is no address"))?;
        match (from.scheme(), next.scheme()) {
            (_, "https") | ("http", "http") => {}
            ("https", "http") => return Err(refuse("its target is not encrypted")),
            _ => return Err(refuse("its target is neither http nor https")),
        }
        let same_host =
            next.host() == from.host() && next.scheme() == "https" && next.port().is_none();
        if self.authorization.is_some() && self.trusts(from) && !self.trusts(&next) {
            if !same_host {
                let reason = format!(
                    "your password is not sent on to {}",
                    next.host_str().unwrap_or_default()
                );
                return Err(refuse(&reason));
            }
            self.trust(&next);
        }
        Ok(Some(next))
    }

    /// Plain http may carry a password only inside one's own network, and only where the user allowed that.
    fn refuse_password_in_the_clear(&self, url: &Url) -> Result<(), SourceError> {
        if url.scheme() == "https" {
            return Ok(());
        }
        let host = url.host_str().unwrap_or_default().trim_matches(['[', ']']);
        let port = url.port_or_known_default().unwrap_or(80);
        let inside = (host, port).to_socket_addrs().is_ok_and(|mut addresses| {
            addresses
                .all(|found| address::refusal(found.ip()).is_some_and(|why| why.may_be_allowed))
        });
        if inside && self.allow_private {
            return Ok(());
        }
        Err(SourceError::PasswordInTheClear {
            address: shown::address(url),
        })
    }
}

/// The certificates to trust: a given file, else the machine's own, else the Mozilla set that is built in.
fn roots(options: &Options) -> Result<RootCerts, SourceError> {
    if let Some(path) = &options.trusted_certificates {
        let what = path.display().to_string();
        let pem = fs::read(path).map_err(|error| crate::file::unreadable(&what, &error))?;
        let certificates: Vec<Certificate<'static>> = parse_pem(&pem)
            .filter_map(|item| match item {
                Ok(PemItem::Certificate(certificate)) => Some(certificate),
                _ => None,
            })
            .collect();
        if certificates.is_empty() {
            return Err(SourceError::Unreadable {
                what,
                reason: "no certificate in it".to_owned(),
            });
        }
        return Ok(RootCerts::from(certificates));
    }
    let native: Vec<Certificate<'static>> = rustls_native_certs::load_native_certs()
        .certs
        .iter()
        .map(|der| Certificate::from_der(der).to_owned())
        .collect();
    if native.is_empty() {
        return Ok(RootCerts::WebPki);
    }
    Ok(RootCerts::from(native))
}

/// Whether the other side closed the connection before it answered.
fn was_closed(error: &io::Error) -> bool {
    matches!(
        error.kind(),
        io::ErrorKind::ConnectionReset
            | io::ErrorKind::ConnectionAborted
            | io::ErrorKind::BrokenPipe
            | io::ErrorKind::UnexpectedEof
    )
}

/// What an error of the network means for the source.
fn trouble(url: &Url, error: ureq::Error) -> SourceError {
    let address = shown::address(url);
    let host = url.host_str().unwrap_or_default().to_owned();
    match error {
        ureq::Error::HostNotFound => SourceError::UnknownHost { host },
        ureq::Error::Timeout(_) => SourceError::TimedOut { address },
        ureq::Error::Io(error) if error.kind() == io::ErrorKind::TimedOut => {
            SourceError::TimedOut { address }
        }
        ureq::Error::Other(other) => match other.downcast::<RefusedAddress>() {
            Ok(refused) => SourceError::PrivateAddress {
                host,
                ip: refused.ip,
                kind: refused.why.kind,
                may_be_allowed: refused.why.may_be_allowed,
            },
            Err(other) => SourceError::Unreachable {
                address,
                reason: other.to_string(),
            },
        },
        ureq::Error::BadUri(reason) => SourceError::BadAddress { address, reason },
        other => SourceError::Unreachable {
            address,
            reason: other.to_string(),
        },
    }
}

/// What an error in the middle of an answer means.
pub(crate) fn broken_body(address: &str, error: &io::Error) -> SourceError {
    let address = address.to_owned();
    let timed_out = error.kind() == io::ErrorKind::TimedOut
        || matches!(
            error
                .get_ref()
                .and_then(|inner| inner.downcast_ref::<ureq::Error>()),
            Some(ureq::Error::Timeout(_))
        );
    if timed_out {
        return SourceError::TimedOut { address };
    }
    SourceError::Unreachable {
        address,
        reason: format!("the answer broke off: {error}"),
    }
}
