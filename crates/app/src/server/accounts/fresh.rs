//! Chance, as a parameter.

use std::fmt::{self, Write as _};
use steadfast_store::TokenHash;

/// Random bytes for one call, never used twice.
pub struct Fresh {
    token: [u8; 32],
    /// For a password.
    pub(crate) salt: [u8; 16],
    id: [u8; 16],
}

impl Fresh {
    /// How many bytes that takes.
    pub const BYTES: usize = 64;

    /// From bytes that nobody can guess.
    pub fn from(bytes: [u8; Self::BYTES]) -> Self {
        let mut fresh = Self {
            token: [0; 32],
            salt: [0; 16],
            id: [0; 16],
        };
        let (token, rest) = bytes.split_at(32);
        let (salt, id) = rest.split_at(16);
        fresh.token.copy_from_slice(token);
        fresh.salt.copy_from_slice(salt);
        fresh.id.copy_from_slice(id);
        fresh
    }

    /// A token for a cookie or a link.
    pub fn token(&self) -> Token {
        Token(hex(&self.token))
    }

    /// A token for a program; its beginning tells people and their tools what it is.
    pub(crate) fn program_token(&self) -> Token {
        Token(format!("steadfast_{}", hex(&self.token)))
    }

    /// A key for something new.
    pub(crate) fn id(&self) -> String {
        hex(&self.id)
    }
}

/// 32 random bytes as text: whoever has it is let in. The store keeps only its hash.
#[derive(Clone, PartialEq, Eq)]
pub struct Token(String);

impl Token {
    /// As it stood in a cookie or an address; whatever else stood there matches nothing.
    pub fn read(text: &str) -> Self {
        Self(text.to_owned())
    }

    /// As it stands in a cookie or an address.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    pub(crate) fn hash(&self) -> TokenHash {
        TokenHash::of(self.0.as_bytes())
    }
}

impl fmt::Debug for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Token(…)")
    }
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut text, byte| {
        // Writing to a string cannot fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}
