//! How `steadfast audit` is called when it is measured.

use crate::workload;
use std::io;
use std::path::PathBuf;

/// Seed of every workload that is measured.
pub const SEED: u64 = 42;

/// The program, as built for release beside this one; `None` when it is not.
pub fn program() -> Option<PathBuf> {
    let here = std::env::current_exe().ok()?;
    Some(here.with_file_name("steadfast")).filter(|program| program.is_file())
}

/// From the bytes of `file` to all judged occurrences, as JSON that goes nowhere.
pub fn arguments(file: &str) -> Vec<&str> {
    let window = [
        "--from",
        workload::FROM,
        "--to",
        workload::TO,
        "--now",
        "2027-06-01T00:00:00Z",
    ];
    let mut arguments = vec!["audit", file, "--format", "json", "--output", "/dev/null"];
    arguments.extend(window);
    arguments
}

/// A folder for workloads: `STEADFAST_PEER_SCRATCH`, else the system's temporary one.
///
/// # Errors
/// When it cannot be made.
pub fn scratch() -> io::Result<PathBuf> {
    let folder =
        std::env::var_os("STEADFAST_PEER_SCRATCH").map_or_else(std::env::temp_dir, PathBuf::from);
    std::fs::create_dir_all(&folder)?;
    Ok(folder)
}
