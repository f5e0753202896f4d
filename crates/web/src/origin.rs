//! Where a request comes from: the reader's address, and the address they see the server at.

use axum::extract::ConnectInfo;
use axum::http::{Extensions, HeaderMap, header};
use std::net::{IpAddr, Ipv4Addr, SocketAddr};

/// Who asks, as far as the network tells. A proxy on this machine is believed about whom it speaks for; nobody else is.
pub(crate) fn reader(headers: &HeaderMap, extensions: &Extensions) -> IpAddr {
    let peer = extensions
        .get::<ConnectInfo<SocketAddr>>()
        .map_or(IpAddr::V4(Ipv4Addr::LOCALHOST), |info| info.0.ip());
    if !peer.is_loopback() {
        return network(peer);
    }
    let forwarded = headers
        .get_all("x-forwarded-for")
        .iter()
        .next_back()
        .and_then(|value| value.to_str().ok())
        .and_then(|value| value.rsplit(',').next())
        .and_then(|last| last.trim().parse().ok());
    network(forwarded.unwrap_or(peer))
}

/// What is counted as one: with IPv6 a customer has at least a network of 64 bits to themselves, and all addresses in it.
fn network(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V6(six) if !six.is_loopback() => {
            IpAddr::V6((six.to_bits() & !u128::from(u64::MAX)).into())
        }
        other => other,
    }
}

/// Whether the reader's side of the connection is encrypted: a proxy in front says so. Who says so wrongly only harms
/// themselves: their own cookie would not come back.
pub(crate) fn is_https(headers: &HeaderMap) -> bool {
    headers
        .get("x-forwarded-proto")
        .is_some_and(|value| value.as_bytes().eq_ignore_ascii_case(b"https"))
}

/// The address the reader has of `path` on this server.
pub(crate) fn address_of(headers: &HeaderMap, path: &str) -> String {
    let scheme = if is_https(headers) { "https" } else { "http" };
    let host = host(headers).unwrap_or("127.0.0.1");
    format!("{scheme}://{host}{path}")
}

/// The host the reader's browser thinks it talks to.
pub(crate) fn host(headers: &HeaderMap) -> Option<&str> {
    headers.get(header::HOST)?.to_str().ok()
}

#[cfg(test)]
mod tests {
    use super::reader;
    use axum::extract::ConnectInfo;
    use axum::http::{Extensions, HeaderMap, HeaderValue};
    use std::net::SocketAddr;

    fn check(peer: &str, forwarded: &'static str, expected: &str) {
        let mut extensions = Extensions::new();
        extensions.insert(ConnectInfo(peer.parse::<SocketAddr>().unwrap()));
        let mut headers = HeaderMap::new();
        headers.insert("x-forwarded-for", HeaderValue::from_static(forwarded));
        assert_eq!(reader(&headers, &extensions).to_string(), expected);
    }

    #[test]
    fn only_a_proxy_on_this_machine_is_believed_and_only_its_own_word() {
        check("127.0.0.1:9", "10.0.0.1, 203.0.113.7", "203.0.113.7");
        check("198.51.100.2:9", "203.0.113.7", "198.51.100.2");
        check("127.0.0.1:9", "nonsense", "127.0.0.1");
        check("[::1]:9", "nonsense", "::1");
    }

    #[test]
    fn of_ipv6_a_whole_network_is_one() {
        check("[2001:db8:1:2:3:4:5:6]:9", "", "2001:db8:1:2::");
        check("127.0.0.1:9", "2001:db8:1:2::ffff", "2001:db8:1:2::");
        check("[::ffff:203.0.113.7]:9", "", "203.0.113.7");
    }
}
