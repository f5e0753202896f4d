//! What the API is: OpenAPI 3.1, generated from the handlers and the shapes.

use crate::api::problem::Problem;
use crate::api::v1;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use std::sync::OnceLock;
use utoipa::openapi::security::{HttpAuthScheme, HttpBuilder, SecurityScheme};
use utoipa::{Modify, OpenApi};

#[derive(OpenApi)]
#[openapi(
    info(
        title = "Steadfast",
        version = "1",
        description = "What your pages show, and the few things you can say on them, for programs of your own. A program \
                       sees what its owner sees, and that it looked is told as if they had looked themselves. Moments are \
                       RFC 3339; days are those of the reader's zone.",
        license(name = "Apache-2.0", identifier = "Apache-2.0"),
        contact()
    ),
    paths(
        v1::me::show,
        v1::one_on_ones::show,
        v1::one_on_one::show,
        v1::occurrence::show,
        v1::word::say,
        v1::mattered::say,
        v1::cadence::show,
        v1::cadence::say,
        v1::calendars::show,
        v1::looks::show,
        v1::export::take,
        v1::log::show,
        v1::take_back::say,
        v1::guard::show,
        v1::guard::say,
        v1::guard_switch::turn,
        v1::guard_of_one::show,
        v1::guard_of_one::say
    ),
    components(schemas(Problem)),
    modifiers(&Token)
)]
struct Api;

/// How programs come in.
struct Token;

impl Modify for Token {
    fn modify(&self, api: &mut utoipa::openapi::OpenApi) {
        let scheme = HttpBuilder::new()
            .scheme(HttpAuthScheme::Bearer)
            .description(Some(
                "A token that you make, and take back, on the page Programs of your own.",
            ))
            .build();
        let components = api.components.get_or_insert_with(Default::default);
        components.add_security_scheme("token", SecurityScheme::Http(scheme));
    }
}

/// The text, as it also stands in `docs/reference/openapi.json`.
pub fn openapi() -> String {
    let mut text = Api::openapi().to_pretty_json().unwrap_or_default();
    text.push('\n');
    text
}

/// Gives it to whoever asks: it says nothing about anybody.
pub(crate) async fn show() -> Response {
    static TEXT: OnceLock<String> = OnceLock::new();
    let text = TEXT.get_or_init(openapi).as_str();
    ([(header::CONTENT_TYPE, "application/json")], text).into_response()
}
