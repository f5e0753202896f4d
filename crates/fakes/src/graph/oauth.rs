//! What is Microsoft's own of OAuth 2.0: refresh tokens that follow one another, given only for `offline_access`, and the
//! credentials of a program alone.

use super::world::World;
use crate::http::{Request, Response};
use crate::oauth::{Form, GOOD_FOR, Grant, error, said};
use serde_json::{Value, json};

/// What scopes may begin with.
const RESOURCE: &str = "https://graph.microsoft.com/";

/// The token endpoint.
pub(super) fn token(world: &mut World, request: &Request) -> Response {
    let now = world.now;
    let form = Form::of(request);
    let allowed = &mut world.allowed;
    let client = form.field("client_id");
    if !allowed.knows(&form) {
        return error(401, "invalid_client");
    }
    let grant = match form.field("grant_type") {
        "authorization_code" => allowed.redeem(&form, now),
        "refresh_token" => allowed.grant(form.field("refresh_token"), client).cloned(),
        "client_credentials" => {
            let roles = world.programs.get(client).map(|(roles, _)| roles.clone());
            if form.field("scope") != format!("{RESOURCE}.default") {
                return error(400, "invalid_scope");
            }
            Some(Grant {
                person: String::new(),
                client: client.to_owned(),
                scopes: roles.unwrap_or_default(),
            })
        }
        _ => return error(400, "unsupported_grant_type"),
    };
    let Some(grant) = grant else {
        return error(400, "invalid_grant");
    };
    let is_program = grant.person.is_empty();
    let is_offline = grant.scopes.iter().any(|scope| scope == "offline_access");
    let opens = grant
        .scopes
        .iter()
        .filter(|scope| *scope != "offline_access");
    let scope = opens.map(String::as_str).collect::<Vec<_>>().join(" ");
    let refresh = world.allowed.keep(grant);
    let access = world.allowed.access(&refresh, now);
    let mut body = json!({"access_token": access, "expires_in": GOOD_FOR, "ext_expires_in": GOOD_FOR, "token_type": "Bearer"});
    if !is_program {
        body["scope"] = scope.into();
    }
    if is_offline {
        body["refresh_token"] = Value::from(refresh);
    }
    said(200, &body)
}

/// Whether one of these scopes opens a request.
pub(super) fn opens(scopes: &[String], is_read: bool) -> bool {
    scopes.iter().any(|scope| {
        let name = scope.strip_prefix(RESOURCE).unwrap_or(scope);
        name == "Calendars.ReadWrite" || (is_read && name == "Calendars.Read")
    })
}
