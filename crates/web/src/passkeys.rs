//! Passkeys' use cases, and where the reader's browser thinks that it is.

use crate::me::Me;
use crate::origin;
use crate::server::{Server, no_chance};
use axum::http::HeaderMap;
use steadfast_app::server::ServerError;
use steadfast_app::server::accounts::Token;
use steadfast_app::server::passkeys::{
    self, Assertion, Attested, KnownPasskey, Site, challenge, has_passkey, sign_in_with_passkey,
};
use steadfast_store::Org;

/// This server, as the reader's browser sees it. Browsers keep a passkey under that name and hand it to no other page, so
/// that a made-up `Host` gets at nobody's.
fn site(headers: &HeaderMap) -> Site {
    let host = origin::host(headers).unwrap_or_default();
    let name = match host.rsplit_once(':') {
        Some((name, port)) if port.bytes().all(|one| one.is_ascii_digit()) => name,
        _ => host,
    };
    Site {
        origin: origin::address_of(headers, ""),
        host: name.to_lowercase(),
    }
}

/// Something to be signed.
pub(crate) async fn something_to_sign(server: &Server, org: &Org) -> Result<Token, ServerError> {
    let shared = &server.0;
    let fresh = shared.world.fresh().map_err(no_chance)?;
    challenge(&shared.store, org, shared.world.now(), &fresh).await
}

/// This person's.
pub(crate) async fn mine(server: &Server, me: &Me) -> Result<Vec<KnownPasskey>, ServerError> {
    passkeys::passkeys(&server.0.store, me.0.viewer().org(), me.0.account()).await
}

/// Adds one.
pub(crate) async fn add(
    server: &Server,
    me: &Me,
    headers: &HeaderMap,
    attested: &Attested,
) -> Result<(), ServerError> {
    let now = server.0.world.now();
    passkeys::register(&server.0.store, &me.0, now, &site(headers), attested).await
}

/// Takes one away.
pub(crate) async fn remove(server: &Server, me: &Me, key: &str) -> Result<(), ServerError> {
    passkeys::remove(&server.0.store, &me.0, key).await
}

/// Whether this person has that one, and it is theirs.
pub(crate) async fn has(
    server: &Server,
    me: &Me,
    headers: &HeaderMap,
    assertion: &Assertion,
) -> Result<(), ServerError> {
    let now = server.0.world.now();
    has_passkey(&server.0.store, &me.0, now, &site(headers), assertion).await
}

/// Opens a session by one.
pub(crate) async fn enter(
    server: &Server,
    org: &Org,
    headers: &HeaderMap,
    assertion: &Assertion,
) -> Result<Token, ServerError> {
    let shared = &server.0;
    let fresh = shared.world.fresh().map_err(no_chance)?;
    let now = shared.world.now();
    sign_in_with_passkey(&shared.store, org, now, &fresh, &site(headers), assertion).await
}

#[cfg(test)]
mod tests {
    use super::site;
    use axum::http::{HeaderMap, HeaderValue};

    #[test]
    fn a_passkey_is_for_the_host_without_its_port() {
        for (host, proto, origin, name) in [
            ("localhost:7373", "", "http://localhost:7373", "localhost"),
            (
                "Steadfast.Example.com",
                "https",
                "https://Steadfast.Example.com",
                "steadfast.example.com",
            ),
        ] {
            let mut headers = HeaderMap::new();
            headers.insert("host", HeaderValue::from_static(host));
            headers.insert("x-forwarded-proto", HeaderValue::from_static(proto));
            let site = site(&headers);
            assert_eq!((site.origin.as_str(), site.host.as_str()), (origin, name));
        }
    }
}
