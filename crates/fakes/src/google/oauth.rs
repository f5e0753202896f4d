//! OAuth 2.0 as Google has it for server-side web apps: a page on which somebody allows, codes with PKCE (RFC 7636),
//! access tokens for an hour, refresh tokens until they are given back (RFC 7009).

use super::service::{self, Service};
use super::world::World;
use crate::http::{Request, Response};
use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use jiff::Timestamp;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use url::Url;

/// Seconds for which an access token is good.
const GOOD_FOR: i64 = 3_599;
/// Seconds for which a code is.
const CODE_FOR: i64 = 600;

/// What was allowed to whom.
#[derive(Debug, Default)]
pub(super) struct Allowed {
    /// Client ids with their secrets and the addresses that people may be sent back to.
    pub(super) clients: BTreeMap<String, (String, String)>,
    /// Who is signed in at Google in the browser at hand.
    pub(super) signed_in: Option<String>,
    /// Scopes that whoever is signed in unticks.
    pub(super) unticked: Vec<String>,
    /// Service accounts that may ask for the people of a domain, by their address.
    pub(super) services: BTreeMap<String, Service>,
    codes: BTreeMap<String, Code>,
    refresh: BTreeMap<String, Grant>,
    access: BTreeMap<String, Access>,
    made: u64,
}

#[derive(Clone, Debug)]
struct Grant {
    person: String,
    client: String,
    scopes: Vec<String>,
}

#[derive(Debug)]
struct Code {
    grant: Grant,
    challenge: String,
    redirect: String,
    until: Timestamp,
}

#[derive(Debug)]
struct Access {
    refresh: String,
    until: Timestamp,
}

impl Allowed {
    fn draw(&mut self, what: &str) -> String {
        self.made += 1;
        let digest = Sha256::digest(format!("{what} {}", self.made));
        format!("{what}.{}", BASE64_URL_SAFE_NO_PAD.encode(digest))
    }

    /// Whose an access token is, and for what, as long as it is good.
    pub(super) fn whose(&self, token: &str, now: Timestamp) -> Option<(String, Vec<String>)> {
        let access = self.access.get(token).filter(|access| now < access.until)?;
        let grant = self.refresh.get(&access.refresh)?;
        Some((grant.person.clone(), grant.scopes.clone()))
    }

    /// Ends all access tokens, as if their hour were over.
    pub(super) fn expire(&mut self) {
        self.access.clear();
    }

    /// Takes back what somebody allowed, as on the page of their account.
    pub(super) fn take_back(&mut self, person: &str) {
        self.refresh.retain(|_, grant| grant.person != person);
    }

    /// Whether anything that somebody allowed is still good.
    pub(super) fn has_any(&self, person: &str) -> bool {
        self.refresh.values().any(|grant| grant.person == person)
    }

    /// Allows, without a page.
    pub(super) fn allow(&mut self, person: &str, client: &str, scopes: &[&str]) -> String {
        let token = self.draw("1//refresh");
        let grant = Grant {
            person: person.to_owned(),
            client: client.to_owned(),
            scopes: scopes.iter().map(|scope| (*scope).to_owned()).collect(),
        };
        self.refresh.insert(token.clone(), grant);
        token
    }
}

fn said(status: u16, body: &Value) -> Response {
    Response {
        status,
        headers: vec![("Cache-Control", "no-store".to_owned())],
        body: body.to_string().into_bytes(),
        cut: None,
    }
}

fn error(status: u16, name: &str) -> Response {
    said(
        status,
        &json!({"error": name, "error_description": "Bad Request"}),
    )
}

/// The page: whoever is signed in allows at once, and is sent back.
pub(super) fn authorize(world: &mut World, request: &Request) -> Response {
    let now = world.now;
    let allowed = &mut world.allowed;
    let given = |name: &str| request.parameter(name).unwrap_or_default().to_owned();
    let (client, redirect) = (given("client_id"), given("redirect_uri"));
    let known = allowed.clients.get(&client);
    let mut back = match (known, Url::parse(&redirect)) {
        (Some((_, at)), Ok(back)) if *at == redirect => back,
        // Nobody is sent to an address that was not registered.
        _ => return error(400, "redirect_uri_mismatch"),
    };
    let answer = |mut back: Url, name: &str, value: &str| {
        back.query_pairs_mut()
            .append_pair(name, value)
            .append_pair("state", &given("state"));
        Response {
            status: 302,
            headers: vec![("Location", back.to_string())],
            body: Vec::new(),
            cut: None,
        }
    };
    let (challenge, method) = (given("code_challenge"), given("code_challenge_method"));
    if given("response_type") != "code" || challenge.len() != 43 || method != "S256" {
        return answer(back, "error", "invalid_request");
    }
    let Some(person) = allowed.signed_in.clone() else {
        return answer(back, "error", "access_denied");
    };
    let asked = given("scope");
    let scopes = asked
        .split(' ')
        .filter(|scope| !allowed.unticked.iter().any(|one| one == scope));
    let grant = Grant {
        person,
        client,
        scopes: scopes.map(str::to_owned).collect(),
    };
    let code = Code {
        challenge,
        redirect,
        until: later(now, CODE_FOR),
        grant,
    };
    back.query_pairs_mut()
        .append_pair("scope", &code.grant.scopes.join(" "));
    let name = allowed.draw("4/code");
    allowed.codes.insert(name.clone(), code);
    answer(back, "code", &name)
}

/// The token endpoint.
pub(super) fn token(world: &mut World, request: &Request) -> Response {
    let now = world.now;
    let allowed = &mut world.allowed;
    let form = request.form();
    let given = |name: &str| {
        form.iter()
            .find(|(known, _)| known == name)
            .map_or("", |(_, value)| value)
    };
    if given("grant_type") == service::GRANT {
        return by_key(world, given("assertion"));
    }
    let client = given("client_id");
    if allowed
        .clients
        .get(client)
        .is_none_or(|(secret, _)| secret != given("client_secret"))
    {
        return error(401, "invalid_client");
    }
    match given("grant_type") {
        "authorization_code" => {
            let challenge = BASE64_URL_SAFE_NO_PAD.encode(Sha256::digest(given("code_verifier")));
            // A code is good once, whatever comes of it.
            let code = allowed.codes.remove(given("code")).filter(|code| {
                now < code.until
                    && code.grant.client == client
                    && code.challenge == challenge
                    && code.redirect == given("redirect_uri")
            });
            let Some(code) = code else {
                return error(400, "invalid_grant");
            };
            let refresh = allowed.draw("1//refresh");
            let scope = code.grant.scopes.join(" ");
            allowed.refresh.insert(refresh.clone(), code.grant);
            let access = access(allowed, &refresh, now);
            said(
                200,
                &json!({
                    "access_token": access, "expires_in": GOOD_FOR, "refresh_token": refresh, "scope": scope,
                    "token_type": "Bearer",
                }),
            )
        }
        "refresh_token" => {
            let refresh = given("refresh_token").to_owned();
            let grant = allowed
                .refresh
                .get(&refresh)
                .filter(|grant| grant.client == client);
            let Some(scope) = grant.map(|grant| grant.scopes.join(" ")) else {
                return error(400, "invalid_grant");
            };
            let access = access(allowed, &refresh, now);
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
    let asked = match service::read(&world.allowed.services, assertion, now) {
        Ok(asked) if world.knows(&asked.person) => asked,
        Ok(_) => return error(400, "invalid_grant"),
        Err(name) => return error(if name == "invalid_grant" { 400 } else { 401 }, name),
    };
    let allowed = &mut world.allowed;
    let grant = Grant {
        person: asked.person,
        client: asked.service,
        scopes: asked.scopes,
    };
    let name = allowed.draw("key");
    allowed.refresh.insert(name.clone(), grant);
    let access = access(allowed, &name, now);
    said(
        200,
        &json!({"access_token": access, "expires_in": GOOD_FOR, "token_type": "Bearer"}),
    )
}

fn access(allowed: &mut Allowed, refresh: &str, now: Timestamp) -> String {
    let token = allowed.draw("ya29");
    let access = Access {
        refresh: refresh.to_owned(),
        until: later(now, GOOD_FOR),
    };
    allowed.access.retain(|_, access| now < access.until);
    allowed.access.insert(token.clone(), access);
    token
}

fn later(now: Timestamp, seconds: i64) -> Timestamp {
    now.saturating_add(jiff::SignedDuration::from_secs(seconds))
        .unwrap_or(now)
}

/// Gives a token back, of either kind: all that the person allowed to that program ends, by whichever token.
pub(super) fn revoke(world: &mut World, request: &Request) -> Response {
    let allowed = &mut world.allowed;
    let form = request.form();
    let token = form
        .iter()
        .find(|(name, _)| name == "token")
        .map_or("", |(_, value)| value);
    let of_access = allowed
        .access
        .get(token)
        .map(|access| access.refresh.clone());
    let refresh = of_access.unwrap_or_else(|| token.to_owned());
    let Some(given) = allowed.refresh.remove(&refresh) else {
        return error(400, "invalid_token");
    };
    allowed
        .refresh
        .retain(|_, grant| (&grant.person, &grant.client) != (&given.person, &given.client));
    said(200, &json!({}))
}
