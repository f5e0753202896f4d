//! What is wrong, as RFC 9457 writes it.

use crate::refusal::{Cause, Refusal};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use steadfast_app::server::ServerError;
use utoipa::{IntoResponses, ToSchema};

/// The media type of all of them.
pub(crate) const PROBLEM: &str = "application/problem+json";

/// What is wrong (RFC 9457).
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Problem {
    /// Always `about:blank`: the status says what kind of problem it is.
    r#type: &'static str,
    /// The status, again.
    #[schema(minimum = 400, maximum = 599)]
    status: u16,
    /// What the status means.
    title: &'static str,
    /// What is wrong, and what to do about it.
    detail: String,
    #[serde(skip)]
    cause: Option<Cause>,
}

impl Problem {
    /// With those words.
    pub(crate) fn new(status: StatusCode, detail: impl Into<String>) -> Self {
        Self {
            r#type: "about:blank",
            status: status.as_u16(),
            title: status.canonical_reason().unwrap_or("Something is wrong"),
            detail: detail.into(),
            cause: None,
        }
    }

    /// There is no such thing, or it is not this person's; the two are not told apart.
    pub(crate) fn not_found() -> Self {
        let detail = "There is no such thing, or it is not yours to see.";
        Self::new(StatusCode::NOT_FOUND, detail)
    }

    /// Too many calls.
    pub(crate) fn too_often() -> Self {
        let detail = "Too many calls. Wait a minute, then go on.";
        Self::new(StatusCode::TOO_MANY_REQUESTS, detail)
    }

    /// Something of ours broke; the log has that number.
    pub(crate) fn broken(number: &str) -> Self {
        let detail = format!(
            "Something went wrong on our side; nothing was half done. The server’s log has it under the number {number}."
        );
        Self::new(StatusCode::INTERNAL_SERVER_ERROR, detail)
    }

    /// What was said does not fit what stands; everything else as it is.
    pub(crate) fn unfit(error: ServerError) -> Self {
        let mut problem = Self::from(error);
        if problem.status == StatusCode::UNPROCESSABLE_ENTITY.as_u16() {
            problem.status = StatusCode::CONFLICT.as_u16();
            problem.title = "Conflict";
        }
        problem
    }
}

impl From<ServerError> for Problem {
    fn from(error: ServerError) -> Self {
        match &error {
            ServerError::Input(what, hint) => {
                let detail = format!("{what}; {hint}.");
                Self::new(StatusCode::UNPROCESSABLE_ENTITY, detail)
            }
            ServerError::Busy => Self::new(StatusCode::CONFLICT, format!("{error}; try again.")),
            _ => match Refusal::from(error) {
                Refusal::NotFound => Self::not_found(),
                Refusal::Broken(cause) => Self {
                    cause: Some(cause),
                    ..Self::broken("")
                },
                // Nothing else comes of a use case.
                _ => Self::broken(""),
            },
        }
    }
}

impl IntoResponse for Problem {
    fn into_response(mut self) -> Response {
        let cause = self.cause.take();
        let status = StatusCode::from_u16(self.status).unwrap_or(StatusCode::BAD_REQUEST);
        let text = serde_json::to_vec(&self).unwrap_or_default();
        let mut answer = (status, [(header::CONTENT_TYPE, PROBLEM)], text).into_response();
        if let Some(cause) = cause {
            answer.extensions_mut().insert(cause);
        }
        if self.status == StatusCode::UNAUTHORIZED.as_u16() {
            let how = axum::http::HeaderValue::from_static("Bearer");
            answer.headers_mut().insert(header::WWW_AUTHENTICATE, how);
        }
        answer
    }
}

/// What every call may be refused with.
#[derive(IntoResponses)]
#[expect(
    dead_code,
    reason = "says what may be answered; answers are made elsewhere"
)]
pub(crate) enum Refused {
    /// No token, or one that is not good (any more)
    #[response(status = 401, content_type = "application/problem+json")]
    Unauthorized(Problem),
    /// Too many calls
    #[response(status = 429, content_type = "application/problem+json")]
    TooMany(Problem),
    /// Something broke
    #[response(status = 500, content_type = "application/problem+json")]
    Broken(Problem),
}

/// What a call about one thing may be refused with besides.
#[derive(IntoResponses)]
#[expect(
    dead_code,
    reason = "says what may be answered; answers are made elsewhere"
)]
pub(crate) enum NotThere {
    /// There is no such thing, or it is not yours to see
    #[response(status = 404, content_type = "application/problem+json")]
    NotFound(Problem),
}

/// What a call that says something may be refused with besides.
#[derive(IntoResponses)]
#[expect(
    dead_code,
    reason = "says what may be answered; answers are made elsewhere"
)]
pub(crate) enum NotSaid {
    /// What was sent is no JSON
    #[response(status = 400, content_type = "application/problem+json")]
    NoJson(Problem),
    /// The token may only read
    #[response(status = 403, content_type = "application/problem+json")]
    ReadsOnly(Problem),
    /// It does not fit what stands, or the same was being changed
    #[response(status = 409, content_type = "application/problem+json")]
    Unfit(Problem),
    /// More was sent than is read
    #[response(status = 413, content_type = "application/problem+json")]
    TooLarge(Problem),
    /// What was sent does not say that it is JSON
    #[response(status = 415, content_type = "application/problem+json")]
    OtherForm(Problem),
    /// What was sent is JSON of another shape
    #[response(status = 422, content_type = "application/problem+json")]
    OtherShape(Problem),
}
