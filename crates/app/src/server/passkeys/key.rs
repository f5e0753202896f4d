//! A public key, and whether a signature is by its other half.

use super::{bytes, text};
use ring::signature::{
    ECDSA_P256_SHA256_ASN1, ED25519, RSA_PKCS1_2048_8192_SHA256, RsaPublicKeyComponents,
    UnparsedPublicKey,
};
use serde::{Deserialize, Serialize};

/// A key, as it is kept: its parts as text.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "lowercase")]
pub(super) enum PublicKey {
    /// ES256: the uncompressed point.
    P256 { point: String },
    /// EdDSA.
    Ed25519 { point: String },
    /// RS256, as many Windows machines have it.
    Rsa { modulus: String, exponent: String },
}

impl PublicKey {
    pub(super) fn p256(x: &[u8], y: &[u8]) -> Option<Self> {
        (x.len() == 32 && y.len() == 32).then(|| Self::P256 {
            point: text(&[&[4], x, y].concat()),
        })
    }

    pub(super) fn ed25519(point: &[u8]) -> Option<Self> {
        (point.len() == 32).then(|| Self::Ed25519 { point: text(point) })
    }

    pub(super) fn rsa(modulus: &[u8], exponent: &[u8]) -> Option<Self> {
        let fits = (256..=1024).contains(&modulus.len()) && (1..=8).contains(&exponent.len());
        fits.then(|| Self::Rsa {
            modulus: text(modulus),
            exponent: text(exponent),
        })
    }

    /// Whether `signature` of `message` is by this key's other half.
    pub(super) fn signed(&self, message: &[u8], signature: &[u8]) -> bool {
        let part = |text: &str| bytes(text).unwrap_or_default();
        match self {
            Self::P256 { point } => UnparsedPublicKey::new(&ECDSA_P256_SHA256_ASN1, part(point))
                .verify(message, signature)
                .is_ok(),
            Self::Ed25519 { point } => UnparsedPublicKey::new(&ED25519, part(point))
                .verify(message, signature)
                .is_ok(),
            Self::Rsa { modulus, exponent } => RsaPublicKeyComponents {
                n: part(modulus),
                e: part(exponent),
            }
            .verify(&RSA_PKCS1_2048_8192_SHA256, message, signature)
            .is_ok(),
        }
    }
}
