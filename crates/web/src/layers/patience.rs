//! No request is worked on for ever.

use axum::extract::Request;
use axum::http::StatusCode;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use maud::html;
use std::time::Duration;

/// An upload of 64 MB over a slow line takes minutes; nothing else takes seconds.
const LONGEST: Duration = Duration::from_secs(300);

pub(crate) async fn limit(request: Request, next: Next) -> Response {
    match tokio::time::timeout(LONGEST, next.run(request)).await {
        Ok(answer) => answer,
        Err(_) => {
            let said = html! { p { "It took more than five minutes, and was given up. Try again, perhaps with a smaller file." } };
            let page = crate::refusal::page("That took too long", &said);
            (StatusCode::SERVICE_UNAVAILABLE, page).into_response()
        }
    }
}
