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
    // A device or a pipe is written to, never replaced.
    if fs::metadata(path).is_ok_and(|known| !known.is_file()) {
        let done = fs::OpenOptions::new()
            .write(true)
            .open(path)
            .and_then(|mut device| device.write_all(text.as_bytes()));
        return done.map_err(|error| writing(&path.display().to_string(), &error));
    }
    let mut beside = path.as_os_str().to_owned();
    beside.push(".part");
    let done = fs::write(&beside, text).and_then(|()| fs::rename(&beside, path));
    done.map_err(|error| {
        // The half-written file is ours; the one the user named is untouched.
        let _ = fs::remove_file(&beside);
        writing(&path.display().to_string(), &error)
    })
}

#[cfg(test)]
mod tests {
    use super::write;
    use std::{fs, path::Path};

    #[test]
    fn a_device_is_written_to_and_stays_a_device() {
        let device = Path::new("/dev/null");
        write("text", Some(device)).unwrap();
        assert!(!fs::metadata(device).unwrap().is_file());
    }

    #[test]
    fn a_file_is_written_whole_and_nothing_is_left_beside_it() {
        let folder = std::env::temp_dir().join(format!("steadfast-output-{}", std::process::id()));
        fs::create_dir_all(&folder).unwrap();
        let file = folder.join("report.txt");
        fs::write(&file, "before").unwrap();
        write("after", Some(&file)).unwrap();
        assert_eq!(fs::read_to_string(&file).unwrap(), "after");
        assert_eq!(fs::read_dir(&folder).unwrap().count(), 1);
        fs::remove_dir_all(&folder).unwrap();
    }
}
