//! The key of an organisation (a service account with domain-wide delegation): with it the server signs that it asks for one
//! person (RFC 7523), and gets a token that opens that person's calendars as their own permission would.

use super::grant::SCOPES;
use crate::error::SourceError;
use base64::Engine;
use base64::prelude::{BASE64_STANDARD, BASE64_URL_SAFE_NO_PAD};
// ring signs for TLS here already; no further library is needed for RS256.
use ring::rand::SystemRandom;
use ring::signature::{RSA_PKCS1_SHA256, RsaKeyPair};
use serde::Deserialize;
use serde_json::json;
use std::fmt;
use url::Url;

/// The kind of grant (RFC 7523 §2.1).
pub(super) const GRANT: &str = "urn:ietf:params:oauth:grant-type:jwt-bearer";
/// Seconds for which what is signed is good: the longest that Google takes.
const GOOD_FOR: i64 = 3_600;

/// A key file as Google's console gives it. Where to send it stands in it too, and is not believed: it goes to Google.
#[derive(Deserialize)]
struct File {
    #[serde(rename = "type")]
    kind: String,
    client_email: String,
    private_key: String,
    #[serde(default)]
    private_key_id: Option<String>,
}

/// A service account with its key.
pub struct Service {
    email: String,
    key_id: Option<String>,
    key: RsaKeyPair,
}

impl fmt::Debug for Service {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Service")
            .field("email", &self.email)
            .finish_non_exhaustive()
    }
}

impl Service {
    /// Reads a key file.
    ///
    /// # Errors
    /// [`SourceError::Unreadable`] when it is none, with what is wrong and nothing of what stands in it.
    pub fn read(bytes: &[u8]) -> Result<Self, SourceError> {
        let file: File = serde_json::from_slice(bytes).map_err(|error| {
            let (line, column) = (error.line(), error.column());
            wrong(&format!(
                "it is no key file of Google's from line {line}, column {column} on"
            ))
        })?;
        if file.kind != "service_account" {
            return Err(wrong("it is not the key of a service account"));
        }
        let key = pkcs8(&file.private_key)
            .and_then(|der| RsaKeyPair::from_pkcs8(&der).ok())
            .ok_or_else(|| {
                wrong("its private key is no RSA key of 2048 bits or more in PKCS #8")
            })?;
        Ok(Self {
            email: file.client_email,
            key_id: file.private_key_id,
            key,
        })
    }

    /// Whose key it is: the service account's own address.
    pub fn email(&self) -> &str {
        &self.email
    }

    /// Says, signed, that this account asks for `person`, to `audience`, at that second.
    pub(super) fn assertion(
        &self,
        person: &str,
        audience: &Url,
        now: i64,
    ) -> Result<String, SourceError> {
        let mut header = json!({"alg": "RS256", "typ": "JWT"});
        if let (Some(id), Some(header)) = (&self.key_id, header.as_object_mut()) {
            header.insert("kid".to_owned(), id.as_str().into());
        }
        let claims = json!({
            "iss": self.email, "sub": person, "scope": SCOPES.join(" "), "aud": audience.as_str(),
            "iat": now, "exp": now.saturating_add(GOOD_FOR),
        });
        let part = |value: &serde_json::Value| BASE64_URL_SAFE_NO_PAD.encode(value.to_string());
        let signed = format!("{}.{}", part(&header), part(&claims));
        let mut signature = vec![0; self.key.public().modulus_len()];
        self.key
            .sign(
                &RSA_PKCS1_SHA256,
                &SystemRandom::new(),
                signed.as_bytes(),
                &mut signature,
            )
            .map_err(|_| wrong("nothing can be signed with it"))?;
        let signature = BASE64_URL_SAFE_NO_PAD.encode(signature);
        Ok(format!("{signed}.{signature}"))
    }
}

/// The bytes of a PEM block of that kind (RFC 7468).
fn pkcs8(pem: &str) -> Option<Vec<u8>> {
    let (_, rest) = pem.split_once("-----BEGIN PRIVATE KEY-----")?;
    let (body, _) = rest.split_once("-----END PRIVATE KEY-----")?;
    let body: String = body.split_whitespace().collect();
    BASE64_STANDARD.decode(body).ok()
}

fn wrong(reason: &str) -> SourceError {
    SourceError::Unreadable {
        what: "the key of the service account".to_owned(),
        reason: reason.to_owned(),
    }
}
