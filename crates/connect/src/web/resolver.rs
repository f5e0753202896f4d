//! Turns a host's name into the addresses that may be connected to.
//!
//! The client connects to exactly what this returns, so a name that answers differently the second time
//! (DNS rebinding) gains nothing: every new connection passes here.

use super::address::{Refusal, refusal};
use std::error::Error;
use std::fmt;
use std::net::IpAddr;
use ureq::config::Config;
use ureq::http::Uri;
use ureq::unversioned::resolver::{DefaultResolver, ResolvedSocketAddrs, Resolver};
use ureq::unversioned::transport::NextTimeout;

/// A resolver that leaves out the addresses that are not to be asked.
#[derive(Debug)]
pub(crate) struct Guarded {
    inner: DefaultResolver,
    allow_private: bool,
}

impl Guarded {
    pub(crate) fn new(allow_private: bool) -> Self {
        Self {
            inner: DefaultResolver::default(),
            allow_private,
        }
    }
}

impl Resolver for Guarded {
    fn resolve(
        &self,
        uri: &Uri,
        config: &Config,
        timeout: NextTimeout,
    ) -> Result<ResolvedSocketAddrs, ureq::Error> {
        let found = self
            .inner
            .resolve(uri, config, timeout)
            .map_err(|error| match error {
                ureq::Error::Io(_) => ureq::Error::HostNotFound,
                other => other,
            })?;
        let mut allowed = self.inner.empty();
        let mut refused = None;
        for address in &found[..] {
            match refusal(address.ip()) {
                Some(why) if !(why.may_be_allowed && self.allow_private) => {
                    refused = Some((address.ip(), why));
                }
                _ => allowed.push(*address),
            }
        }
        match refused {
            Some((ip, why)) if allowed.is_empty() => {
                Err(ureq::Error::Other(Box::new(RefusedAddress { ip, why })))
            }
            _ => Ok(allowed),
        }
    }
}

/// Every address of a host is one that is not asked.
#[derive(Debug)]
pub(crate) struct RefusedAddress {
    pub(crate) ip: IpAddr,
    pub(crate) why: Refusal,
}

impl fmt::Display for RefusedAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} is {}", self.ip, self.why.kind)
    }
}

impl Error for RefusedAddress {}
