//! Where results go: stdout, or the file the user named.

use crate::error::{CommandError, writing};
use std::{
    fs,
    io::{self, Write},
    path::Path,
};

/// Writes `text` to `path`, whole or not at all, or to stdout.
pub(crate) fn write(text: &str, path: Option<&Path>) -> Result<(), CommandError> {
    let Some(path) = path else {
        let mut out = io::stdout().lock();
        return out
            .write_all(text.as_bytes())
            .and_then(|()| out.flush())
            .map_err(|error| writing("the result", &error));
    };
    let mut beside = path.as_os_str().to_owned();
    beside.push(".part");
    let done = fs::write(&beside, text).and_then(|()| fs::rename(&beside, path));
    done.map_err(|error| {
        // The half-written file is ours; the one the user named is untouched.
        let _ = fs::remove_file(&beside);
        writing(&path.display().to_string(), &error)
    })
}
