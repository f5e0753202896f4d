//! What happens around every request, outermost first: a number and a line in the log, headers, where it comes from, a
//! time limit, and how it is packed.

mod headers;
mod log;
mod patience;
mod same_site;
mod smaller;

use crate::server::Server;
use axum::Router;
use axum::middleware::{from_fn, from_fn_with_state};

/// Puts all of it around `router`.
pub(crate) fn around(server: &Server, router: Router<Server>) -> Router<Server> {
    router
        .layer(from_fn(smaller::pack))
        .layer(from_fn(patience::limit))
        .layer(from_fn(same_site::refuse_others))
        .layer(from_fn_with_state(server.clone(), log::log))
        .layer(from_fn(headers::add))
}
