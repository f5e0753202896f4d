//! Whatever changes something must come from a page of this server. The cookie is `SameSite=Lax` besides.

use crate::origin;
use crate::pages::{google_changed, home};
use crate::refusal::Refusal;
use axum::extract::Request;
use axum::http::{HeaderMap, Method, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use steadfast_app::server::mail;

pub(crate) async fn refuse_others(request: Request, next: Next) -> Response {
    let only_reads = matches!(*request.method(), Method::GET | Method::HEAD);
    // Programs come with a token that no browser sends by itself; a cookie opens nothing there.
    let is_for_programs = home::is_for_programs(request.uri().path());
    // So does whoever switches mail off by the link in it: the token in the path is all that counts (RFC 8058).
    let is_off = mail::is_off_path(request.uri().path());
    // And Google, which brings a token for the one thing that it says.
    let is_change = request.uri().path() == google_changed::PATH;
    if only_reads || is_for_programs || is_off || is_change || is_ours(request.headers()) {
        next.run(request).await
    } else {
        Refusal::OtherSite.into_response()
    }
}

/// Browsers say where a request comes from, in one of two ways: `Sec-Fetch-Site` over https and on this machine,
/// `Origin` everywhere. One that says neither is no browser with our cookie.
fn is_ours(headers: &HeaderMap) -> bool {
    if let Some(site) = headers.get("sec-fetch-site") {
        return site == "same-origin" || site == "none";
    }
    let origin = headers
        .get(header::ORIGIN)
        .and_then(|value| value.to_str().ok())
        .and_then(|origin| origin.split_once("://"));
    match (origin, origin::host(headers)) {
        (Some((_, from)), Some(host)) => from.eq_ignore_ascii_case(host),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::is_ours;
    use axum::http::{HeaderMap, HeaderName, HeaderValue};

    #[test]
    fn only_a_page_of_this_server_may_send() {
        let check = |headers: &[(&'static str, &'static str)], ours: bool| {
            let mut map = HeaderMap::new();
            for (name, value) in headers {
                map.insert(
                    HeaderName::from_static(name),
                    HeaderValue::from_static(value),
                );
            }
            assert_eq!(is_ours(&map), ours, "{headers:?}");
        };
        let host = ("host", "steadfast.example.com");
        check(&[host, ("sec-fetch-site", "same-origin")], true);
        check(&[host, ("sec-fetch-site", "none")], true);
        check(&[host, ("sec-fetch-site", "same-site")], false);
        check(&[host, ("sec-fetch-site", "cross-site")], false);
        check(&[host, ("origin", "https://steadfast.example.com")], true);
        check(&[host, ("origin", "https://evil.example.com")], false);
        check(&[host, ("origin", "null")], false);
        check(&[host], false);
        let both = ("origin", "https://steadfast.example.com");
        check(&[host, both, ("sec-fetch-site", "cross-site")], false);
    }
}
