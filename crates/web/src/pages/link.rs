//! Whoever comes with a link: how often one may be tried, and for which organisation it is.

use crate::limits::Tried;
use crate::origin;
use crate::refusal::Refusal;
use crate::server::Server;
use axum::http::{Extensions, HeaderMap};
use steadfast_store::Org;

/// The organisation, for somebody who may try a link now; counts it.
pub(crate) async fn tried(
    server: &Server,
    headers: &HeaderMap,
    extensions: &Extensions,
) -> Result<Org, Refusal> {
    let shared = &server.0;
    let tried = Tried::LinkFrom(origin::reader(headers, extensions));
    if !shared.limits.allow(tried, shared.world.now()) {
        return Err(Refusal::TooOften);
    }
    shared.organisation().await?.ok_or(Refusal::LinkSpent)
}
