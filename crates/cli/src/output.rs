//! Where results go: stdout, or the file the user named.

use crate::error::{CommandError, writing};
use std::{
    fs,
    io::{self, Write},
    path::Path,
};

/// Writes what `fill` makes to `path`, whole or not at all, or to stdout.
pub(crate) fn write(
    path: Option<&Path>,
    fill: impl FnOnce(&mut dyn Write) -> io::Result<()>,
) -> Result<(), CommandError> {
    let Some(path) = path else {
        return filled(io::stdout().lock(), fill).map_err(|error| writing("the result", &error));
    };
    // A device or a pipe is written to, never replaced.
    if fs::metadata(path).is_ok_and(|known| !known.is_file()) {
        let device = fs::OpenOptions::new().write(true).open(path);
        return device
            .and_then(|device| filled(device, fill))
            .map_err(|error| writing(&path.display().to_string(), &error));
    }
    let mut beside = path.as_os_str().to_owned();
    beside.push(".part");
    let done = fs::File::create(&beside)
        .and_then(|file| filled(file, fill))
        .and_then(|()| fs::rename(&beside, path));
    done.map_err(|error| {
        // The half-written file is ours; the one the user named is untouched.
        let _ = fs::remove_file(&beside);
        writing(&path.display().to_string(), &error)
    })
}

/// Writes through a buffer: results come in many small pieces.
fn filled(out: impl Write, fill: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> io::Result<()> {
    let mut buffered = io::BufWriter::with_capacity(1 << 16, out);
    fill(&mut buffered)?;
    buffered.flush()
}

#[cfg(test)]
mod tests {
    use super::write;
    use std::{fs, path::Path};

    #[test]
    fn a_device_is_written_to_and_stays_a_device() {
        let device = Path::new("/dev/null");
        write(Some(device), |out| out.write_all(b"text")).unwrap();
        assert!(!fs::metadata(device).unwrap().is_file());
    }

    #[test]
    fn a_file_is_written_whole_and_nothing_is_left_beside_it() {
        let folder = std::env::temp_dir().join(format!("steadfast-output-{}", std::process::id()));
        fs::create_dir_all(&folder).unwrap();
        let file = folder.join("report.txt");
        fs::write(&file, "before").unwrap();
        write(Some(&file), |out| out.write_all(b"after")).unwrap();
        assert_eq!(fs::read_to_string(&file).unwrap(), "after");
        let broken = write(Some(&file), |out| {
            out.write_all(b"half")?;
            Err(std::io::Error::other("no more"))
        });
        assert!(broken.is_err());
        assert_eq!(fs::read_to_string(&file).unwrap(), "after");
        assert_eq!(fs::read_dir(&folder).unwrap().count(), 1);
        fs::remove_dir_all(&folder).unwrap();
    }
}
