//! How `steadfast audit` is called when it is measured.

use crate::workload;
use std::path::PathBuf;

/// The program, as built for release beside this one; `None` when it is not.
pub fn program() -> Option<PathBuf> {
    let here = std::env::current_exe().ok()?;
    Some(here.with_file_name("steadfast")).filter(|program| program.is_file())
}

/// From the bytes of `file` to all judged occurrences, those of the last half year written as JSON that goes nowhere:
/// what somebody who audits a calendar asks for.
pub fn arguments(file: &str) -> Vec<&str> {
    vec![
        "audit",
        file,
        "--format",
        "json",
        "--output",
        "/dev/null",
        "--now",
        workload::NOW,
    ]
}
