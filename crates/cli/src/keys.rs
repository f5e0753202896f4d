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
    match existing(path)? {
        Some(keyring) => Ok((keyring, false)),
        None => Ok((new(path)?, true)),
    }
}

/// The keys in `path`; `None` when there is no such file.
pub(crate) fn existing(path: &Path) -> Result<Option<Keyring>, CommandError> {
    match fs::read_to_string(path) {
        Ok(text) => Ok(Some(read(&text).ok_or_else(|| broken(path))?)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(unusable(path, &error)),
    }
}

/// The keys in `path`, which has to be there.
pub(crate) fn needed(path: &Path) -> Result<Keyring, CommandError> {
    existing(path)?.ok_or_else(|| {
        CommandError::new(
            Kind::Input,
            format!("there is no key file {}", path.display()),
            "name the server's own with --key FILE, or put its copy back",
        )
    })
}

/// Makes the file, where there is none.
pub(crate) fn new(path: &Path) -> Result<Keyring, CommandError> {
    let text = make(path).map_err(|error| unusable(path, &error))?;
    read(&text).ok_or_else(|| broken(path))
}

/// Puts a new key before the ones in `path`: it seals from now on, and they open what they sealed. The file is changed
/// whole or not at all, and stays its owner's.
pub(crate) fn renewed(path: &Path) -> Result<Keyring, CommandError> {
    let unusable = |error: io::Error| unusable(path, &error);
    let known = fs::read_to_string(path).map_err(unusable)?;
    let text = format!("{}{known}", drawn().map_err(unusable)?);
    let keyring = read(&text).ok_or_else(|| broken(path))?;
    let mut beside = path.as_os_str().to_owned();
    beside.push(".part");
    let beside = PathBuf::from(beside);
    let written = put(&text, &beside)
        .and_then(|()| like(path, &beside))
        .and_then(|()| fs::rename(&beside, path));
    if let Err(error) = written {
        // What is left of it is a key that seals nothing.
        let _ = fs::remove_file(&beside);
        return Err(unusable(error));
    }
    Ok(keyring)
}

/// Gives a file the owner and the permissions of another.
fn like(model: &Path, path: &Path) -> io::Result<()> {
    let about = fs::metadata(model)?;
    #[cfg(unix)]
    {
        use std::os::unix::fs::{MetadataExt, chown};
        chown(path, Some(about.uid()), Some(about.gid()))?;
    }
    fs::set_permissions(path, about.permissions())
}

/// A key for a server that keeps nothing.
pub(crate) fn passing() -> io::Result<Keyring> {
    read(&drawn()?).ok_or_else(|| io::Error::other("no key"))
}

fn make(path: &Path) -> io::Result<String> {
    let text = drawn()?;
    put(&text, path)?;
    Ok(text)
}

/// A new file, for its owner alone.
fn put(text: &str, path: &Path) -> io::Result<()> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(path)?;
    file.write_all(text.as_bytes())?;
    file.sync_all()
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
    fn a_new_key_comes_before_the_old_one_and_the_file_keeps_its_permissions() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("steadfast.key");
        assert!(needed(&path).is_err());
        new(&path).unwrap();
        let before = fs::read_to_string(&path).unwrap();
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            fs::set_permissions(&path, fs::Permissions::from_mode(0o640)).unwrap();
        }
        renewed(&path).unwrap();
        let after = fs::read_to_string(&path).unwrap();
        assert!(after.ends_with(&before) && after.lines().count() == 2);
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            let mode = fs::metadata(&path).unwrap().permissions().mode();
            assert_eq!(mode & 0o777, 0o640);
        }
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
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
