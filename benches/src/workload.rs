//! The calendars that everybody who is measured is given: made by `life`, the same bytes every time.

use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};
pub use steadfast_life::bench::Shape;
use steadfast_life::bench::calendar;

/// First day of the window in which all peers expand.
pub const FROM: &str = "2022-01-01";
/// Last day of it.
pub const TO: &str = "2027-05-31";
/// A moment after it, at which audits are told to stand.
pub const NOW: &str = "2027-06-01T00:00:00Z";

/// Seed of everything that is measured.
const SEED: u64 = 42;

/// A calendar file that is gone when this is.
#[derive(Debug)]
pub struct Workload(PathBuf);

impl Workload {
    /// Writes a calendar of so many megabytes (10⁶ bytes) below `STEADFAST_PEER_SCRATCH`, else where temporary
    /// files go.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn write(megabytes: usize, shape: Shape) -> io::Result<Self> {
        let folder = std::env::var_os("STEADFAST_PEER_SCRATCH")
            .map_or_else(std::env::temp_dir, PathBuf::from);
        std::fs::create_dir_all(&folder)?;
        let name = format!("workload_{megabytes}_{shape:?}_{}.ics", std::process::id());
        let workload = Self(folder.join(name));
        let mut out = BufWriter::new(File::create(&workload.0)?);
        let mut outcome = Ok(());
        calendar(SEED, megabytes * 1_000_000, shape, |piece| {
            if outcome.is_ok() {
                outcome = out.write_all(piece);
            }
        });
        outcome.and_then(|()| out.flush())?;
        Ok(workload)
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        &self.0
    }

    /// Its size in bytes.
    ///
    /// # Errors
    /// When it is gone.
    pub fn bytes(&self) -> io::Result<u64> {
        std::fs::metadata(&self.0).map(|file| file.len())
    }
}

impl Drop for Workload {
    fn drop(&mut self) {
        // A file left behind in a scratch folder does no harm.
        let _ = std::fs::remove_file(&self.0);
    }
}
