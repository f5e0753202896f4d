//! Passkeys (WebAuthn level 2): signing in with what a device or a key proves, without a password.
//!
//! Only what we need of it: a key of the person's own device, found by the browser without an address (a discoverable
//! credential), with the person recognised by the device (user verification). Attestation is not asked for: which make a
//! device is of is nobody's business. Signatures are checked by `ring`, which the program holds anyway for TLS.

mod authenticator;
mod challenge;
mod client;
mod cose;
mod enter;
mod keep;
mod key;
#[cfg(test)]
mod tests;

pub use challenge::{CHALLENGE_MINUTES, challenge};
pub use enter::{Assertion, has_passkey, sign_in_with_passkey};
pub use keep::{Attested, KnownPasskey, passkeys, register, remove};

use crate::server::ServerError;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

/// The server as the reader's browser sees it: a passkey is good for that and for nothing else.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Site {
    /// Scheme, host and port.
    pub origin: String,
    /// The host without a port: the name that a passkey is kept under.
    pub host: String,
}

/// Bytes as scripts send them.
pub(super) fn bytes(text: &str) -> Result<Vec<u8>, ServerError> {
    URL_SAFE_NO_PAD
        .decode(text)
        .map_err(|_| refused("it cannot be read"))
}

/// Bytes as scripts are sent them.
pub(super) fn text(bytes: &[u8]) -> String {
    URL_SAFE_NO_PAD.encode(bytes)
}

fn refused(why: &str) -> ServerError {
    ServerError::Input(
        format!("this passkey was not taken: {why}"),
        "try again; where you have a password, sign in with that".to_owned(),
    )
}
