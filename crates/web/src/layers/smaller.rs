//! Pages and assets are sent deflated to whoever takes that: a fifth of their size over a phone's line.
//!
//! How long a deflated page is tells whether what somebody put into it from outside stands there already (BREACH). So a page
//! with something of its address's query in it, an answer to a form, and a page reached by a secret link go as they are; in
//! the others stands nothing that an address or a form chose, and forms bear no token that could be guessed.

use crate::routes::{Needs, ROUTES};
use axum::body::{Body, to_bytes};
use axum::extract::{MatchedPath, Request};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use flate2::Compression;
use flate2::write::GzEncoder;
use std::io::Write as _;

/// What is shorter fits into a packet or two as it is.
const WORTH: usize = 1_400;

pub(crate) async fn pack(request: Request, next: Next) -> Response {
    let may = may_be_packed(&request) && takes_gzip(request.headers());
    let answer = next.run(request).await;
    if !may || answer.status() != StatusCode::OK || !is_text(answer.headers()) {
        return answer;
    }
    let (mut head, body) = answer.into_parts();
    // Pages are whole in memory before they are sent.
    let Ok(plain) = to_bytes(body, usize::MAX).await else {
        return StatusCode::INTERNAL_SERVER_ERROR.into_response();
    };
    head.headers
        .insert(header::VARY, HeaderValue::from_static("accept-encoding"));
    let packed = if plain.len() < WORTH {
        None
    } else {
        gzip(&plain)
    };
    let Some(packed) = packed else {
        return Response::from_parts(head, Body::from(plain));
    };
    head.headers.remove(header::CONTENT_LENGTH);
    head.headers
        .insert(header::CONTENT_ENCODING, HeaderValue::from_static("gzip"));
    Response::from_parts(head, Body::from(packed))
}

/// Whether nothing that somebody else chose, and no secret of an address, can stand in the answer.
fn may_be_packed(request: &Request) -> bool {
    let path = request.extensions().get::<MatchedPath>();
    let is_secret = path.is_none_or(|path| {
        ROUTES
            .iter()
            .any(|route| route.path == path.as_str() && route.needs == Needs::Link)
    });
    *request.method() == Method::GET && request.uri().query().is_none() && !is_secret
}

fn takes_gzip(headers: &HeaderMap) -> bool {
    headers
        .get_all(header::ACCEPT_ENCODING)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .any(|one| {
            let (name, quality) = one.split_once(';').unwrap_or((one, ""));
            let refused = quality
                .trim()
                .strip_prefix("q=")
                .is_some_and(|quality| quality.parse() == Ok(0.0));
            name.trim().eq_ignore_ascii_case("gzip") && !refused
        })
}

fn is_text(headers: &HeaderMap) -> bool {
    let kind = headers
        .get(header::CONTENT_TYPE)
        .and_then(|kind| kind.to_str().ok());
    kind.and_then(|kind| kind.split(';').next())
        .is_some_and(|kind| matches!(kind, "text/html" | "text/css" | "text/javascript"))
}

/// `None`: it could not be done, and it goes as it is.
fn gzip(plain: &[u8]) -> Option<Vec<u8>> {
    let room = Vec::with_capacity(plain.len() / 4);
    // The fastest is within a tenth of the usual one here, at a third of the work.
    let mut packer = GzEncoder::new(room, Compression::fast());
    packer.write_all(plain).ok()?;
    packer.finish().ok()
}

#[cfg(test)]
mod tests {
    use super::takes_gzip;
    use axum::http::{HeaderMap, HeaderValue, header};

    #[test]
    fn only_whoever_takes_it_is_sent_it() {
        let check = |said: &'static str, expected: bool| {
            let mut headers = HeaderMap::new();
            headers.insert(header::ACCEPT_ENCODING, HeaderValue::from_static(said));
            assert_eq!(takes_gzip(&headers), expected, "{said}");
        };
        assert!(!takes_gzip(&HeaderMap::new()));
        for (said, expected) in [
            ("gzip, deflate, br, zstd", true),
            ("br, GZIP;q=0.5", true),
            ("gzip;q=0", false),
            ("gzip; q=0.0", false),
            ("identity", false),
            ("gzipped", false),
        ] {
            check(said, expected);
        }
    }
}
