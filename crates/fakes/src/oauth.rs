//! OAuth 2.0 for server-side web apps, as far as it is the same everywhere: a page on which somebody allows, codes with PKCE
//! (RFC 7636), access tokens for an hour, refresh tokens until they are taken back.

use crate::http::{Request, Response};
use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use jiff::Timestamp;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use url::Url;

/// Seconds for which an access token is good.
pub(crate) const GOOD_FOR: i64 = 3_599;
/// Seconds for which a code is.
const CODE_FOR: i64 = 600;

/// What was allowed to whom.
#[derive(Debug)]
pub(crate) struct Allowed {
    /// What codes, refresh tokens and access tokens begin with.
    marks: [&'static str; 3],
    /// Client ids with their secrets and the addresses that people may be sent back to.
    pub(crate) clients: BTreeMap<String, (String, String)>,
    /// Who is signed in in the browser at hand.
    pub(crate) signed_in: Option<String>,
    /// Scopes that whoever is signed in unticks.
    pub(crate) unticked: Vec<String>,
    codes: BTreeMap<String, Code>,
    refresh: BTreeMap<String, Grant>,
    access: BTreeMap<String, Access>,
    made: u64,
}

/// What one person allowed one program.
#[derive(Clone, Debug)]
pub(crate) struct Grant {
    pub(crate) person: String,
    pub(crate) client: String,
    pub(crate) scopes: Vec<String>,
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
    /// Nothing is allowed yet. `marks` is what codes, refresh tokens and access tokens begin with.
    pub(crate) fn new(marks: [&'static str; 3]) -> Self {
        Self {
            marks,
            clients: BTreeMap::new(),
            signed_in: None,
            unticked: Vec::new(),
            codes: BTreeMap::new(),
            refresh: BTreeMap::new(),
            access: BTreeMap::new(),
            made: 0,
        }
    }

    fn draw(&mut self, what: &str) -> String {
        self.made += 1;
        let digest = Sha256::digest(format!("{what} {}", self.made));
        format!("{what}.{}", BASE64_URL_SAFE_NO_PAD.encode(digest))
    }

    /// Whose an access token is, of which program, and for what, as long as it is good.
    pub(crate) fn whose(
        &self,
        token: &str,
        now: Timestamp,
    ) -> Option<(String, String, Vec<String>)> {
        let access = self.access.get(token).filter(|access| now < access.until)?;
        let grant = self.refresh.get(&access.refresh)?;
        Some((
            grant.person.clone(),
            grant.client.clone(),
            grant.scopes.clone(),
        ))
    }

    /// Ends all access tokens, as if their hour were over.
    pub(crate) fn expire(&mut self) {
        self.access.clear();
    }

    /// Takes back what somebody allowed, as on the page of their account.
    pub(crate) fn take_back(&mut self, person: &str) {
        self.refresh.retain(|_, grant| grant.person != person);
    }

    /// Whether anything that somebody allowed is still good.
    pub(crate) fn has_any(&self, person: &str) -> bool {
        self.refresh.values().any(|grant| grant.person == person)
    }

    /// Allows, without a page; the refresh token.
    pub(crate) fn allow(&mut self, person: &str, client: &str, scopes: &[&str]) -> String {
        self.keep(Grant {
            person: person.to_owned(),
            client: client.to_owned(),
            scopes: scopes.iter().map(|scope| (*scope).to_owned()).collect(),
        })
    }

    /// Keeps what was allowed; the refresh token.
    pub(crate) fn keep(&mut self, grant: Grant) -> String {
        let token = self.draw(self.marks[1]);
        self.refresh.insert(token.clone(), grant);
        token
    }

    /// What a refresh token of that program stands for.
    pub(crate) fn grant(&self, refresh: &str, client: &str) -> Option<&Grant> {
        let grant = self.refresh.get(refresh);
        grant.filter(|grant| grant.client == client)
    }

    /// An access token for what a refresh token stands for.
    pub(crate) fn access(&mut self, refresh: &str, now: Timestamp) -> String {
        let token = self.draw(self.marks[2]);
        let access = Access {
            refresh: refresh.to_owned(),
            until: later(now, GOOD_FOR),
        };
        self.access.retain(|_, access| now < access.until);
        self.access.insert(token.clone(), access);
        token
    }

    /// What a code stands for, with the fields of a form. It is good once, whatever comes of it.
    pub(crate) fn redeem(&mut self, form: &Form, now: Timestamp) -> Option<Grant> {
        let challenge = BASE64_URL_SAFE_NO_PAD.encode(Sha256::digest(form.field("code_verifier")));
        let code = self.codes.remove(form.field("code")).filter(|code| {
            now < code.until
                && code.grant.client == form.field("client_id")
                && code.challenge == challenge
                && code.redirect == form.field("redirect_uri")
        });
        code.map(|code| code.grant)
    }

    /// Whether the program that the form names says its secret.
    pub(crate) fn knows(&self, form: &Form) -> bool {
        let known = self.clients.get(form.field("client_id"));
        known.is_some_and(|(secret, _)| secret == form.field("client_secret"))
    }

    /// Ends all that a person allowed to a program, by a token of either kind.
    pub(crate) fn give_back(&mut self, token: &str) -> bool {
        let of_access = self.access.get(token).map(|access| access.refresh.clone());
        let refresh = of_access.unwrap_or_else(|| token.to_owned());
        let Some(given) = self.refresh.remove(&refresh) else {
            return false;
        };
        self.refresh
            .retain(|_, grant| (&grant.person, &grant.client) != (&given.person, &given.client));
        true
    }
}

/// The fields of a form in a request's body.
pub(crate) struct Form(Vec<(String, String)>);

impl Form {
    /// Those of a request.
    pub(crate) fn of(request: &Request) -> Self {
        Self(request.form())
    }

    /// A field; empty where it is not there.
    pub(crate) fn field(&self, name: &str) -> &str {
        let found = self.0.iter().find(|(known, _)| known == name);
        found.map_or("", |(_, value)| value)
    }
}

/// An answer that nobody is to keep.
pub(crate) fn said(status: u16, body: &Value) -> Response {
    Response {
        status,
        headers: vec![("Cache-Control", "no-store".to_owned())],
        body: body.to_string().into_bytes(),
        cut: None,
    }
}

/// Why nothing is given out (RFC 6749 §5.2).
pub(crate) fn error(status: u16, name: &str) -> Response {
    said(
        status,
        &json!({"error": name, "error_description": "Bad Request"}),
    )
}

/// The page: whoever is signed in allows at once, and is sent back.
pub(crate) fn authorize(allowed: &mut Allowed, now: Timestamp, request: &Request) -> Response {
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
    let name = allowed.draw(allowed.marks[0]);
    allowed.codes.insert(name.clone(), code);
    answer(back, "code", &name)
}

fn later(now: Timestamp, seconds: i64) -> Timestamp {
    now.saturating_add(jiff::SignedDuration::from_secs(seconds))
        .unwrap_or(now)
}
