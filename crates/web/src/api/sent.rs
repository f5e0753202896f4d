//! What a program sent: names in the path, and JSON.

use crate::api::problem::Problem;
use crate::server::Server;
use axum::body::Bytes;
use axum::extract::{FromRequest, FromRequestParts, Path, Request};
use axum::http::{HeaderMap, StatusCode, header, request::Parts};
use axum::response::IntoResponse;
use serde::de::DeserializeOwned;
use serde_json::error::Category;

/// Names in the path; one that cannot be read names nothing.
#[derive(Debug)]
pub(crate) struct At<T>(pub(crate) T);

impl<T: DeserializeOwned + Send> FromRequestParts<Server> for At<T> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, server: &Server) -> Result<Self, Problem> {
        match Path::<T>::from_request_parts(parts, server).await {
            Ok(Path(names)) => Ok(Self(names)),
            Err(_) => Err(Problem::not_found()),
        }
    }
}

/// A shape that was sent as JSON.
#[derive(Debug)]
pub(crate) struct Sent<T>(pub(crate) T);

impl<T: DeserializeOwned> FromRequest<Server> for Sent<T> {
    type Rejection = Problem;

    async fn from_request(request: Request, server: &Server) -> Result<Self, Problem> {
        if !says_json(request.headers()) {
            return Err(Problem::new(
                StatusCode::UNSUPPORTED_MEDIA_TYPE,
                "Send JSON, with “Content-Type: application/json”.",
            ));
        }
        let bytes = Bytes::from_request(request, server).await;
        let bytes = bytes.map_err(|error| {
            let status = error.into_response().status();
            Problem::new(status, "What was sent could not be read whole.")
        })?;
        read(&bytes).map(Self)
    }
}

/// A shape from its text. Only an object is one: a list of its values, which would be read as well, is refused.
fn read<T: DeserializeOwned>(text: &[u8]) -> Result<T, Problem> {
    let told = |status, place: &str| {
        let detail =
            format!("What was sent is not what is expected here{place}; see /api/v1/openapi.json.");
        Problem::new(status, detail)
    };
    let found = serde_json::from_slice(text).map_err(|error| {
        let status = match error.classify() {
            Category::Data => StatusCode::UNPROCESSABLE_ENTITY,
            _ => StatusCode::BAD_REQUEST,
        };
        // Of what is wrong in a shape with a choice the place is not known.
        let place = match error.line() {
            0 => String::new(),
            line => format!(", at line {line}, column {}", error.column()),
        };
        told(status, &place)
    })?;
    if text.trim_ascii_start().starts_with(b"{") {
        Ok(found)
    } else {
        Err(told(StatusCode::UNPROCESSABLE_ENTITY, ""))
    }
}

fn says_json(headers: &HeaderMap) -> bool {
    let said = headers.get(header::CONTENT_TYPE);
    let said = said.and_then(|value| value.to_str().ok()).unwrap_or("");
    let kind = said.split(';').next().unwrap_or("").trim();
    kind.eq_ignore_ascii_case("application/json")
}
