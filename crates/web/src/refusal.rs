//! What a request ends with when it cannot be done: one type, with the page a person then sees.

use crate::layout::{self, Frame};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use maud::{Markup, html};
use std::error::Error;
use steadfast_app::server::ServerError;

/// Why not.
#[derive(Debug)]
pub(crate) enum Refusal {
    /// There is no such thing for this person; whether there is one for another is not said.
    NotFound,
    /// A link that was used, has expired, or never was.
    LinkSpent,
    /// Sent from another site's page.
    OtherSite,
    /// Tried too often.
    TooOften,
    /// Somebody else changed the same at the same time.
    Busy,
    /// What was sent cannot be read as the form it should be.
    NotAForm,
    /// What was asked for cannot be done: what is wrong, what to do.
    Unfit(String, String),
    /// Something of ours broke. The cause is for the log; the reader gets the request's number.
    Broken(Cause),
}

/// What broke, for the log: our own words only, since a database's may quote what people wrote.
#[derive(Clone, Debug)]
pub(crate) struct Cause(pub(crate) String);

/// What a handler ends with.
pub(crate) type Answered = Result<Response, Refusal>;

impl From<ServerError> for Refusal {
    fn from(error: ServerError) -> Self {
        match &error {
            ServerError::NotFound => Self::NotFound,
            ServerError::Busy => Self::Busy,
            ServerError::Store(inner) => Self::Broken(Cause(format!("{error}: {}", told(inner)))),
            _ => Self::Broken(Cause(error.to_string())),
        }
    }
}

impl Refusal {
    /// The same; what cannot be done is told with why.
    pub(crate) fn or_unfit(error: ServerError) -> Self {
        match error {
            ServerError::Input(what, hint) => Self::Unfit(what, hint),
            error => error.into(),
        }
    }
}

/// What the store says, without names.
fn told(error: &steadfast_store::StoreError) -> String {
    use steadfast_store::StoreError;
    match error {
        StoreError::Database { source, .. } => {
            let kind = source.source().map_or("", |_| " (the driver said why)");
            format!("{error}{kind}")
        }
        StoreError::Conflict { .. } | StoreError::NoOrganisation(_) => "a conflict".to_owned(),
        other => other.to_string(),
    }
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        let (status, title, said) = match self {
            Self::NotFound => (
                StatusCode::NOT_FOUND,
                "There is nothing here",
                html! { p { "There is no such page, or it is not yours to see." } },
            ),
            Self::LinkSpent => (
                StatusCode::NOT_FOUND,
                "This link is not good any more",
                html! { p { "It was used, or it has expired. Ask whoever gave it to you for a new one." } },
            ),
            Self::OtherSite => (
                StatusCode::FORBIDDEN,
                "This was sent from another page",
                html! { p { "For your safety nothing was done. Open the page here, and try again." } },
            ),
            Self::TooOften => (
                StatusCode::TOO_MANY_REQUESTS,
                "Too many tries",
                html! { p { "Wait a minute, then try again." } },
            ),
            Self::Busy => (
                StatusCode::CONFLICT,
                "Somebody changed the same just now",
                html! { p { "Nothing of yours was kept. Go back, look again, and send it once more." } },
            ),
            Self::NotAForm => (
                StatusCode::BAD_REQUEST,
                "That could not be read",
                html! { p { "Go back, and send the form again." } },
            ),
            Self::Unfit(what, hint) => (
                StatusCode::UNPROCESSABLE_ENTITY,
                "That was not done",
                html! { p { "Nothing was kept: " (what) "; " (hint) "." } },
            ),
            Self::Broken(cause) => {
                let mut answer = StatusCode::INTERNAL_SERVER_ERROR.into_response();
                answer.extensions_mut().insert(cause);
                return answer;
            }
        };
        (status, page(title, &said)).into_response()
    }
}

/// A page that says what is wrong and leads home.
pub(crate) fn page(title: &str, said: &Markup) -> layout::Page {
    layout::page(
        &Frame::nobody(),
        title,
        &html! {
            header class="page-head" { h1 { (title) } }
            (said)
            p { a class="button" href="/" { "To the first page" } }
        },
    )
}
