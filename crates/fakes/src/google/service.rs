//! Service accounts with domain-wide delegation: what they sign is looked at as Google does (RFC 7523, RS256).

use base64::Engine;
use base64::prelude::{BASE64_STANDARD, BASE64_URL_SAFE_NO_PAD};
use jiff::Timestamp;
use ring::signature::{KeyPair, RSA_PKCS1_2048_8192_SHA256, RsaKeyPair, UnparsedPublicKey};
use serde_json::{Value, json};
use std::collections::BTreeMap;

pub(super) const GRANT: &str = "urn:ietf:params:oauth:grant-type:jwt-bearer";
/// A key made for this fake alone; it opens nothing anywhere.
const KEY: &str = include_str!("service_key.pem");
/// The address of the one service account that there is.
const EMAIL: &str = "steadfast@project.iam.gserviceaccount.com";
const KEY_ID: &str = "5ervice";
/// Seconds that clocks may differ.
const SKEW: i64 = 300;

/// A service account.
#[derive(Debug)]
pub(super) struct Service {
    /// Its public key.
    key: Vec<u8>,
    /// Whose people it may ask for.
    domain: String,
    /// For what.
    scopes: Vec<String>,
}

/// What one asks for.
#[derive(Debug)]
pub(super) struct Asked {
    pub(super) service: String,
    pub(super) person: String,
    pub(super) scopes: Vec<String>,
}

/// Makes one that may ask for the people of a domain, and gives its address and its key file.
pub(super) fn made(domain: &str, scopes: &[&str]) -> (String, Service, String) {
    let pem: String = KEY.lines().filter(|line| !line.contains("-----")).collect();
    let der = BASE64_STANDARD.decode(pem).unwrap_or_default();
    let key = RsaKeyPair::from_pkcs8(&der).map_or_else(
        |error| panic!("the fake's own key: {error}"),
        |pair| pair.public_key().as_ref().to_vec(),
    );
    let file = json!({
        "type": "service_account", "project_id": "project", "private_key_id": KEY_ID, "private_key": KEY,
        "client_email": EMAIL, "client_id": "1", "token_uri": "https://oauth2.googleapis.com/token",
    });
    let service = Service {
        key,
        domain: domain.to_owned(),
        scopes: scopes.iter().map(|scope| (*scope).to_owned()).collect(),
    };
    (EMAIL.to_owned(), service, file.to_string())
}

/// What is asked for; otherwise the error that Google names.
pub(super) fn read(
    services: &BTreeMap<String, Service>,
    assertion: &str,
    now: Timestamp,
) -> Result<Asked, &'static str> {
    const BAD: &str = "invalid_grant";
    let (signed, signature) = assertion.rsplit_once('.').ok_or(BAD)?;
    let (header, claims) = signed.split_once('.').ok_or(BAD)?;
    let part = |text: &str| -> Result<Value, &'static str> {
        let bytes = BASE64_URL_SAFE_NO_PAD.decode(text).map_err(|_| BAD)?;
        serde_json::from_slice(&bytes).map_err(|_| BAD)
    };
    let (header, claims) = (part(header)?, part(claims)?);
    if header["alg"] != "RS256" || header["typ"] != "JWT" || header["kid"] != KEY_ID {
        return Err(BAD);
    }
    let text = |name: &str| claims.get(name).and_then(Value::as_str).ok_or(BAD);
    let name = text("iss")?;
    let service = services.get(name).ok_or("invalid_client")?;
    let signature = BASE64_URL_SAFE_NO_PAD.decode(signature).map_err(|_| BAD)?;
    UnparsedPublicKey::new(&RSA_PKCS1_2048_8192_SHA256, &service.key)
        .verify(signed.as_bytes(), &signature)
        .map_err(|_| BAD)?;
    let second = |name: &str| claims.get(name).and_then(Value::as_i64).ok_or(BAD);
    let (from, until, now) = (second("iat")?, second("exp")?, now.as_second());
    let is_now = from <= now + SKEW && now < until && until - from <= 3_600;
    if !is_now || !text("aud")?.ends_with("/token") {
        return Err(BAD);
    }
    let (person, scopes) = (text("sub")?, text("scope")?);
    let scopes: Vec<String> = scopes.split(' ').map(str::to_owned).collect();
    let is_of_it = person
        .rsplit_once('@')
        .is_some_and(|(_, at)| at == service.domain);
    if !is_of_it || !scopes.iter().all(|scope| service.scopes.contains(scope)) {
        return Err("unauthorized_client");
    }
    Ok(Asked {
        service: name.to_owned(),
        person: person.to_owned(),
        scopes,
    })
}
