//! Style and script, each under a name that says what it holds.

use axum::extract::Path;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};

/// One file, built into the program.
pub(crate) struct Asset {
    pub(crate) name: &'static str,
    ending: &'static str,
    bytes: &'static [u8],
}

include!(concat!(env!("OUT_DIR"), "/assets.rs"));

/// What the name holds never changes.
const FOR_EVER: HeaderValue = HeaderValue::from_static("public, max-age=31536000, immutable");

pub(crate) async fn asset(Path(name): Path<String>) -> Response {
    let Some(found) = [STYLE, SCRIPT].into_iter().find(|one| one.name == name) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let kind = match found.ending {
        "css" => "text/css; charset=utf-8",
        _ => "text/javascript; charset=utf-8",
    };
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static(kind)),
        (header::CACHE_CONTROL, FOR_EVER),
    ];
    (headers, found.bytes).into_response()
}
