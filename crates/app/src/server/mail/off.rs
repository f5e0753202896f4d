//! The link in every mail that switches mail off, without signing in (RFC 8058). It names an account by its key, marked so
//! that only this server can have made it; it can do nothing else.

use crate::server::ServerError;
use crate::server::marked::{marked, read};
use steadfast_store::seal::Keyring;

/// What such links begin with.
const OFF: &str = "/mail/off/";
/// What the mark is for.
const PURPOSE: &str = "mail off";

/// Whether a path is that of such a link: programs of mail providers ask for it, from no page of this server.
pub fn is_off_path(path: &str) -> bool {
    path.starts_with(OFF)
}

/// Whether a token was made here.
///
/// # Errors
/// [`ServerError::Sealed`].
pub fn is_off_token(keyring: &Keyring, token: &str) -> Result<bool, ServerError> {
    Ok(account(keyring, token)?.is_some())
}

/// The path of the link for an account.
///
/// # Errors
/// [`ServerError::Sealed`].
pub fn off_path(keyring: &Keyring, account: &str) -> Result<String, ServerError> {
    Ok(format!("{OFF}{}", marked(keyring, PURPOSE, account)?))
}

/// Whose account a token names; `None` where it was not made here.
pub(super) fn account(keyring: &Keyring, token: &str) -> Result<Option<String>, ServerError> {
    Ok(read(keyring, PURPOSE, token)?.map(str::to_owned))
}
