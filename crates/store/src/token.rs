//! Tokens that open something: the store keeps only their hash.

use sha2::{Digest, Sha256};
use std::fmt;

/// The SHA-256 of a token. Whoever reads the database cannot sign in with it.
///
/// Plain SHA-256 suffices because a token is 32 random bytes, not a password: there is nothing to guess.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct TokenHash([u8; 32]);

impl TokenHash {
    /// Of the token as it stands in the cookie or the link.
    #[must_use]
    pub fn of(token: &[u8]) -> Self {
        Self(Sha256::digest(token).into())
    }

    pub(crate) fn bytes(&self) -> &[u8] {
        &self.0
    }
}

impl fmt::Debug for TokenHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("TokenHash(…)")
    }
}
