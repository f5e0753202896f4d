//! What names a mail in somebody's name: a short hash of all that it is made of.

use crate::server::Viewer;
use crate::server::mail::Office;
use ring::digest;

/// Bytes of it that are kept: no two mails of one server have the same by chance.
const SHORT: usize = 16;

/// A short hash of these, in their order, as hexadecimal digits.
pub(in crate::server) fn hash(parts: impl IntoIterator<Item = impl AsRef<str>>) -> String {
    let mut context = digest::Context::new(&digest::SHA256);
    for part in parts {
        context.update(part.as_ref().as_bytes());
        context.update(&[0]);
    }
    let hash = context.finish();
    let bytes = hash.as_ref().iter().take(SHORT);
    bytes.map(|byte| format!("{byte:02x}")).collect()
}

/// The Message-ID: the same text, of that mark, to the same person about the same thing has the same one, also when it is
/// approved again because nobody knows whether it arrived.
pub(in crate::server) fn message_id(
    viewer: &Viewer,
    mark: &str,
    to: &str,
    office: &Office,
) -> String {
    let hash = hash([viewer.org().as_str(), viewer.person(), mark, to]);
    format!("{hash}@{}", office.domain)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_these_digits_for_ever_and_others_for_every_other_part() {
        // What `printf 'a\0b\0' | sha256sum` says, its first half.
        assert_eq!(hash(["a", "b"]), "8fb20ef63ced4145fc2e983ffe597d1d");
        assert_ne!(hash(["a", "b"]), hash(["ab", ""]));
        assert_ne!(hash(["a", "b"]), hash(["b", "a"]));
    }
}
