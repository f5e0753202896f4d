//! Where the server answers, for other commands of the same machine: a note beside the key, as long as it runs.

use std::fs;
use std::path::{Path, PathBuf};

/// Beside the key, which each server process of this machine has.
fn note(key: &Path) -> PathBuf {
    key.with_extension("address")
}

/// Notes it. Where it cannot be noted, it is not: nothing but a word of convenience rests on it.
pub(crate) fn begins(key: &Path, address: &str) {
    drop(fs::write(note(key), format!("{address}\n")));
}

/// It answers there no more; another one that began meanwhile still does.
pub(crate) fn ends(key: &Path, address: &str) {
    if known(key).as_deref() == Some(address) {
        drop(fs::remove_file(note(key)));
    }
}

/// Where a server on this machine answers, or did when it was stopped without a word.
pub(crate) fn known(key: &Path) -> Option<String> {
    let text = fs::read_to_string(note(key)).ok()?;
    let address = text.trim();
    address.starts_with("http://").then(|| address.to_owned())
}
