//! For whoever watches over the server: does it live, does its database answer.

use crate::server::Server;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};

/// The process answers; it says nothing about the database.
pub(crate) async fn lives() -> &'static str {
    "ok\n"
}

/// It can do its work.
pub(crate) async fn is_ready(State(server): State<Server>) -> Response {
    match server.0.store.ping().await {
        Ok(()) => "ok\n".into_response(),
        Err(_) => (
            StatusCode::SERVICE_UNAVAILABLE,
            "the database does not answer\n",
        )
            .into_response(),
    }
}
