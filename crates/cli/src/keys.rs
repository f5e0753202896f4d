//! The key file: what seals how to get at people's calendars. It lies outside the database, so that a copy of the
//! database alone opens nothing.
//!
//! One key a line, an id and 32 bytes in hexadecimal; the first seals, the others open what they sealed.

use crate::error::{CommandError, Kind};
use std::fmt::Write as _;
use std::fs::{self, OpenOptions};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use steadfast_store::seal::{KEY, Keyring};

/// Where the key file is when nobody says: beside the database's file, else in the folder that one is in.
pub(crate) fn place(database: &str) -> PathBuf {
    let file = database.strip_prefix("sqlite:").map(Path::new);
    let folder = file.and_then(Path::parent);
    folder.unwrap_or(Path::new("")).join("steadfast.key")
}

/// The keys in `path`; the file is made when it is not there. Gives whether it was.
pub(crate) fn keyring(path: &Path) -> Result<(Keyring, bool), CommandError> {
    match fs::read_to_string(path) {
        Ok(text) => Ok((read(&text).ok_or_else(|| broken(path))?, false)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            let text = make(path).map_err(|error| unusable(path, &error))?;
            Ok((read(&text).ok_or_else(|| broken(path))?, true))
        }
        Err(error) => Err(unusable(path, &error)),
    }
}

/// A key for a server that keeps nothing.
pub(crate) fn passing() -> io::Result<Keyring> {
    read(&drawn()?).ok_or_else(|| io::Error::other("no key"))
}

fn make(path: &Path) -> io::Result<String> {
    let text = drawn()?;
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(path)?;
    file.write_all(text.as_bytes())?;
    file.sync_all()?;
    Ok(text)
}

fn drawn() -> io::Result<String> {
    let mut bytes = [0; KEY + 4];
    getrandom::fill(&mut bytes).map_err(|error| io::Error::other(error.to_string()))?;
    let (id, key) = bytes.split_at(4);
    Ok(format!("{} {}\n", hex(id), hex(key)))
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut text, byte| {
        // Writing to a string cannot fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}

fn read(text: &str) -> Option<Keyring> {
    let mut ring: Option<Keyring> = None;
    for line in text.lines().filter(|line| !line.trim().is_empty()) {
        let (id, key) = line.trim().split_once(' ')?;
        let key = bytes(key.trim())?;
        ring = Some(match ring {
            None => Keyring::new(id, key).ok()?,
            Some(ring) => ring.with_old(id, key).ok()?,
        });
    }
    ring
}

fn bytes(hex: &str) -> Option<[u8; KEY]> {
    let mut key = [0; KEY];
    if hex.len() != 2 * KEY || !hex.is_ascii() {
        return None;
    }
    for (index, byte) in key.iter_mut().enumerate() {
        *byte = u8::from_str_radix(hex.get(2 * index..2 * index + 2)?, 16).ok()?;
    }
    Some(key)
}

fn broken(path: &Path) -> CommandError {
    CommandError::new(
        Kind::Input,
        format!("{} is no key file", path.display()),
        "restore it from its copy, or name the right one with --key FILE",
    )
}

fn unusable(path: &Path, error: &io::Error) -> CommandError {
    CommandError::new(
        Kind::Input,
        format!("{} cannot be used: {error}", path.display()),
        "name a file that you may read, or a folder that you may write to, with --key FILE",
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_file_is_made_once_for_its_owner_alone_and_read_again() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("steadfast.key");
        assert!(keyring(&path).unwrap().1);
        let text = fs::read_to_string(&path).unwrap();
        assert!(!keyring(&path).unwrap().1);
        assert_eq!(fs::read_to_string(&path).unwrap(), text);
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            let mode = fs::metadata(&path).unwrap().permissions().mode();
            assert_eq!(mode & 0o777, 0o600);
        }
        // A new key before the old one.
        fs::write(&path, format!("{}{text}", drawn().unwrap())).unwrap();
        assert!(keyring(&path).is_ok());
        for broken in ["", "id", "id 00", "id zz", &text.replace(' ', "")] {
            fs::write(&path, broken).unwrap();
            assert!(keyring(&path).is_err(), "{broken}");
        }
    }

    #[test]
    fn the_key_lies_beside_the_database() {
        assert_eq!(
            place("sqlite:/srv/steadfast.db"),
            Path::new("/srv/steadfast.key")
        );
        assert_eq!(place("sqlite:steadfast.db"), Path::new("steadfast.key"));
        assert_eq!(place("postgres://h/d"), Path::new("steadfast.key"));
    }
}
