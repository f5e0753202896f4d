//! What is Google's own of OAuth 2.0: its token endpoint, keys of service accounts, and giving back (RFC 7009).

use super::service;
use super::world::World;
use crate::http::{Request, Response};
use crate::oauth::{Form, GOOD_FOR, Grant, error, said};
use serde_json::json;

/// The token endpoint.
pub(super) fn token(world: &mut World, request: &Request) -> Response {
    let now = world.now;
    let form = Form::of(request);
    if form.field("grant_type") == service::GRANT {
        return by_key(world, form.field("assertion"));
    }
    let allowed = &mut world.allowed;
    if !allowed.knows(&form) {
        return error(401, "invalid_client");
    }
    match form.field("grant_type") {
        "authorization_code" => {
            let Some(grant) = allowed.redeem(&form, now) else {
                return error(400, "invalid_grant");
            };
            let scope = grant.scopes.join(" ");
            let refresh = allowed.keep(grant);
            let access = allowed.access(&refresh, now);
            said(
                200,
                &json!({
                    "access_token": access, "expires_in": GOOD_FOR, "refresh_token": refresh, "scope": scope,
                    "token_type": "Bearer",
                }),
            )
        }
        "refresh_token" => {
            let refresh = form.field("refresh_token");
            let grant = allowed.grant(refresh, form.field("client_id"));
            let Some(scope) = grant.map(|grant| grant.scopes.join(" ")) else {
                return error(400, "invalid_grant");
            };
            let access = allowed.access(refresh, now);
            said(
                200,
                &json!({"access_token": access, "expires_in": GOOD_FOR, "scope": scope, "token_type": "Bearer"}),
            )
        }
        _ => error(400, "unsupported_grant_type"),
    }
}

/// An access token for somebody of a domain, as a service account asks for it (RFC 7523).
fn by_key(world: &mut World, assertion: &str) -> Response {
    let now = world.now;
    let asked = match service::read(&world.services, assertion, now) {
        Ok(asked) if world.knows(&asked.person) => asked,
        Ok(_) => return error(400, "invalid_grant"),
        Err(name) => return error(if name == "invalid_grant" { 400 } else { 401 }, name),
    };
    let refresh = world.allowed.keep(Grant {
        person: asked.person,
        client: asked.service,
        scopes: asked.scopes,
    });
    let access = world.allowed.access(&refresh, now);
    said(
        200,
        &json!({"access_token": access, "expires_in": GOOD_FOR, "token_type": "Bearer"}),
    )
}

/// Gives a token back, of either kind: all that the person allowed to that program ends, by whichever token.
pub(super) fn revoke(world: &mut World, request: &Request) -> Response {
    if world.allowed.give_back(Form::of(request).field("token")) {
        said(200, &json!({}))
    } else {
        error(400, "invalid_token")
    }
}
