//! The link in every mail that switches mail off, without signing in (RFC 8058). It names an account by its key, marked so
//! that only this server can have made it; it can do nothing else, and is good as long as the server has the key it was
//! marked with.

use crate::server::ServerError;
use ring::hmac;
use std::fmt::Write as _;
use steadfast_store::seal::Keyring;

/// What such links begin with.
const OFF: &str = "/mail/off/";
/// What the key is for.
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
    Ok(format!("{OFF}{}", token(keyring, account)?))
}

/// The token for an account.
fn token(keyring: &Keyring, account: &str) -> Result<String, ServerError> {
    let keys = keyring.marking(PURPOSE)?;
    let mut token = format!("{account}.");
    if let Some(key) = keys.first() {
        let key = hmac::Key::new(hmac::HMAC_SHA256, &**key);
        for byte in hmac::sign(&key, account.as_bytes()).as_ref() {
            // Writing to a string cannot fail.
            let _ = write!(token, "{byte:02x}");
        }
    }
    Ok(token)
}

/// Whose account a token names; `None` where it was not made here.
pub(super) fn account(keyring: &Keyring, token: &str) -> Result<Option<String>, ServerError> {
    let Some((account, mark)) = token.rsplit_once('.') else {
        return Ok(None);
    };
    let Some(mark) = bytes(mark) else {
        return Ok(None);
    };
    let keys = keyring.marking(PURPOSE)?;
    let is_ours = keys.iter().any(|key| {
        let key = hmac::Key::new(hmac::HMAC_SHA256, &**key);
        hmac::verify(&key, account.as_bytes(), &mark).is_ok()
    });
    Ok(is_ours.then(|| account.to_owned()))
}

fn bytes(hex: &str) -> Option<Vec<u8>> {
    let pairs = hex.as_bytes().chunks(2);
    pairs
        .map(|pair| {
            let pair = std::str::from_utf8(pair)
                .ok()
                .filter(|two| two.len() == 2)?;
            u8::from_str_radix(pair, 16).ok()
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_names_its_account_and_no_other_and_outlives_a_rotated_key() {
        let old = Keyring::new("a", [1; 32]).unwrap();
        let token = token(&old, "0a1b").unwrap();
        assert_eq!(account(&old, &token).unwrap().as_deref(), Some("0a1b"));
        let other = token.replacen("0a1b", "0a1c", 1);
        assert_eq!(account(&old, &other).unwrap(), None);
        let new = Keyring::new("b", [2; 32]).unwrap();
        assert_eq!(account(&new, &token).unwrap(), None);
        let both = new.with_old("a", [1; 32]).unwrap();
        assert_eq!(account(&both, &token).unwrap().as_deref(), Some("0a1b"));
        for odd in ["", ".", "0a1b", "0a1b.", "0a1b.zz", "0a1b.é", "0a1b.0"] {
            assert_eq!(account(&both, odd).unwrap(), None, "{odd}");
        }
    }
}
