//! The key file.

use super::examine::{Found, is_open_to_others};
use crate::keys;
use std::path::Path;
use steadfast_store::seal::Keyring;

/// What can be said of the keys.
pub(super) enum Keys {
    /// Here they are.
    There(Keyring),
    /// There is no such file.
    Missing,
    /// There is one that cannot be used, which was told.
    Unusable,
}

/// The keys, where they can be had.
pub(super) fn examine(path: &Path, found: &mut Found) -> Keys {
    let shown = path.display();
    let keyring = match keys::existing(path) {
        Ok(Some(keyring)) => keyring,
        Ok(None) => {
            found.stands("key file", "not there; `steadfast serve` makes it");
            return Keys::Missing;
        }
        Err(error) => {
            found.stands("key file", "cannot be used");
            found.wrong("key_file", error.what, error.hint);
            return Keys::Unusable;
        }
    };
    found.stands("key file", "there, and holds keys");
    if is_open_to_others(path) {
        found.wrong(
            "key_file_open",
            format!("{shown} can be read by others than its owner"),
            format!("chmod 600 {shown}; who may have read it opens sealed sources, so rotate it: steadfast admin rotate-key"),
        );
    }
    Keys::There(keyring)
}
