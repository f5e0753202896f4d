//! What a program is answered.

use crate::api::problem::Problem;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use serde::Serialize;

/// A shape as JSON, or what is wrong.
pub(crate) type Told<T> = Result<Json<T>, Problem>;

/// A shape, written as JSON.
#[derive(Debug)]
pub(crate) struct Json<T>(pub(crate) T);

impl<T: Serialize> IntoResponse for Json<T> {
    fn into_response(self) -> Response {
        // Every key is a string: it can always be written.
        let text = serde_json::to_vec(&self.0).unwrap_or_default();
        ([(header::CONTENT_TYPE, "application/json")], text).into_response()
    }
}
