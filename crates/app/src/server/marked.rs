//! Words that only this server can have written: for links that open without signing in. They name something by a key, marked
//! with a key of the server's own; they are good as long as the server has that key.

use crate::server::ServerError;
use ring::hmac;
use std::fmt::Write as _;
use steadfast_store::seal::Keyring;

/// Marks a text for one purpose: what is marked for another is worth nothing here.
pub(super) fn marked(keyring: &Keyring, purpose: &str, text: &str) -> Result<String, ServerError> {
    let keys = keyring.marking(purpose)?;
    let mut token = format!("{text}.");
    if let Some(key) = keys.first() {
        let key = hmac::Key::new(hmac::HMAC_SHA256, &**key);
        for byte in hmac::sign(&key, text.as_bytes()).as_ref() {
            // Writing to a string cannot fail.
            let _ = write!(token, "{byte:02x}");
        }
    }
    Ok(token)
}

/// The text of a token; `None` where it was not marked here for that purpose.
pub(super) fn read<'a>(
    keyring: &Keyring,
    purpose: &str,
    token: &'a str,
) -> Result<Option<&'a str>, ServerError> {
    let Some((text, mark)) = token.rsplit_once('.') else {
        return Ok(None);
    };
    let Some(mark) = bytes(mark) else {
        return Ok(None);
    };
    let keys = keyring.marking(purpose)?;
    let is_ours = keys.iter().any(|key| {
        let key = hmac::Key::new(hmac::HMAC_SHA256, &**key);
        hmac::verify(&key, text.as_bytes(), &mark).is_ok()
    });
    Ok(is_ours.then_some(text))
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
    fn a_token_holds_its_text_for_its_purpose_and_outlives_a_rotated_key() {
        let old = Keyring::new("a", [1; 32]).unwrap();
        let token = marked(&old, "one", "0a1b").unwrap();
        assert_eq!(read(&old, "one", &token).unwrap(), Some("0a1b"));
        assert_eq!(read(&old, "other", &token).unwrap(), None);
        let other = token.replacen("0a1b", "0a1c", 1);
        assert_eq!(read(&old, "one", &other).unwrap(), None);
        let new = Keyring::new("b", [2; 32]).unwrap();
        assert_eq!(read(&new, "one", &token).unwrap(), None);
        let both = new.with_old("a", [1; 32]).unwrap();
        assert_eq!(read(&both, "one", &token).unwrap(), Some("0a1b"));
        for odd in ["", ".", "0a1b", "0a1b.", "0a1b.zz", "0a1b.é", "0a1b.0"] {
            assert_eq!(read(&both, "one", odd).unwrap(), None, "{odd}");
        }
    }
}
