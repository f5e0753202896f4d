//! What the browser says it asked a device for (WebAuthn §5.8.1): the device signs it.

use super::{Site, bytes, refused};
use crate::server::ServerError;
use crate::server::accounts::Token;
use serde::Deserialize;

/// Of the client's data what matters.
#[derive(Deserialize)]
struct ClientData {
    #[serde(rename = "type")]
    kind: String,
    challenge: String,
    origin: String,
    #[serde(default, rename = "crossOrigin")]
    cross_origin: bool,
}

/// What was asked for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Asked {
    /// A new passkey.
    New,
    /// A signature by one.
    Known,
}

/// The challenge that was signed, if it was asked for on a page of this server and for this.
pub(super) fn challenge(json: &[u8], site: &Site, asked: Asked) -> Result<Token, ServerError> {
    let data: ClientData =
        serde_json::from_slice(json).map_err(|_| refused("it cannot be read"))?;
    let kind = match asked {
        Asked::New => "webauthn.create",
        Asked::Known => "webauthn.get",
    };
    if data.kind != kind {
        return Err(refused("it is for something else"));
    }
    if data.cross_origin || !data.origin.eq_ignore_ascii_case(&site.origin) {
        return Err(refused("it comes from another page"));
    }
    let challenge = String::from_utf8(bytes(&data.challenge)?)
        .map_err(|_| refused("it is for something else"))?;
    Ok(Token::read(&challenge))
}
