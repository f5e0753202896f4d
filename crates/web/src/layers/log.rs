//! A number for every request, and a line in the log: number, method, route, status, milliseconds. Never an address, a
//! name, or what stood in a path: the route's pattern stands for it.

use crate::api::problem::Problem;
use crate::pages::home;
use crate::refusal::{self, Cause};
use crate::server::Server;
use axum::extract::{MatchedPath, Request, State};
use axum::http::{HeaderValue, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use maud::html;
use std::fmt::Write as _;

pub(crate) async fn log(State(server): State<Server>, request: Request, next: Next) -> Response {
    let world = &server.0.world;
    let number = number(&server);
    let method = request.method().clone();
    let route = request.extensions().get::<MatchedPath>().cloned();
    let is_for_programs = home::is_for_programs(request.uri().path());
    let began = (world.elapsed)();
    let mut answer = next.run(request).await;
    let milliseconds = (world.elapsed)().saturating_sub(began);
    let route = route.as_ref().map_or("(no route)", MatchedPath::as_str);
    let status = answer.status().as_u16();
    let mut line = format!(
        "answered request.id={number} request.method={method} request.route={route} response.status={status} duration.ms={milliseconds}"
    );
    if let Some(Cause(cause)) = answer.extensions_mut().remove::<Cause>() {
        // Writing to a string cannot fail.
        let _ = write!(line, " error.cause={cause:?}");
        answer = if is_for_programs {
            Problem::broken(&number).into_response()
        } else {
            broken(&number)
        };
    }
    let counts = &server.0.counts;
    counts.answered(&method, route, status, milliseconds);
    (world.log)(&line);
    if let Ok(value) = HeaderValue::from_str(&number) {
        answer.headers_mut().insert("x-request-id", value);
    }
    answer
}

/// Chance, so that it says nothing about how much goes on here.
fn number(server: &Server) -> String {
    let mut bytes = [0; 8];
    // Without chance all have the same number; the log is poorer, the answer is not.
    let _ = (server.0.world.random)(&mut bytes);
    format!("{:016x}", u64::from_be_bytes(bytes))
}

fn broken(number: &str) -> Response {
    let said = html! {
        p { "Something went wrong on our side; nothing was half done. Try again in a moment." }
        p class="quiet" { "If it stays, tell whoever runs this server the number " code { (number) } ": the log has it." }
    };
    let page = refusal::page("That did not work", &said);
    (StatusCode::INTERNAL_SERVER_ERROR, page).into_response()
}
