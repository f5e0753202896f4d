//! Whoever comes with a link: how often one may be tried, and for which organisation it is.

use crate::limits::Tried;
use crate::origin;
use crate::refusal::Refusal;
use crate::server::Server;
use axum::http::{Extensions, HeaderMap};
use steadfast_store::Org;

/// The organisation, for somebody who may try a link into it now; counts it.
pub(crate) async fn tried(
    server: &Server,
    headers: &HeaderMap,
    extensions: &Extensions,
) -> Result<Org, Refusal> {
    counted(server, Tried::LinkFrom(origin::reader(headers, extensions))).await
}

/// The same for a link to pick a time with. It is counted on its own: whoever picks keeps nobody at the same address from
/// coming in.
pub(crate) async fn tried_to_pick(
    server: &Server,
    headers: &HeaderMap,
    extensions: &Extensions,
) -> Result<Org, Refusal> {
    counted(server, Tried::PickFrom(origin::reader(headers, extensions))).await
}

async fn counted(server: &Server, tried: Tried) -> Result<Org, Refusal> {
    let shared = &server.0;
    if !shared.limits.allow(tried, shared.world.now()) {
        return Err(Refusal::TooOften);
    }
    shared.organisation().await?.ok_or(Refusal::LinkSpent)
}
