//! The most memory that `steadfast audit` takes on a large export, held against what is promised: 64 MB and a tenth of the
//! input (docs/performance.md).
//!
//! The system tells the peak of the largest of all programs that ended, so this is a test program of its own.
#![cfg(unix)]
#![expect(
    clippy::unwrap_used,
    reason = "what does not start or answer fails the test, with its place"
)]

use nix::sys::resource::{UsageWho, getrusage};
use std::{
    fs::File,
    io::{BufWriter, Write},
    path::Path,
    process::{Command, Stdio},
};
use steadfast_life::bench::{Shape, calendar};

/// Large enough that what is kept of every event is more than what the program takes without any.
const MEGABYTES: usize = 100;

fn write(path: &Path, shape: Shape) -> u64 {
    let mut out = BufWriter::new(File::create(path).unwrap());
    calendar(42, MEGABYTES * 1_000_000, shape, |piece| {
        out.write_all(piece).unwrap();
    });
    out.flush().unwrap();
    std::fs::metadata(path).unwrap().len()
}

#[test]
fn a_hundred_megabytes_take_no_more_memory_than_promised() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("export.ics");
    let report = folder.path().join("report.json");
    for shape in [Shape::OnePerson, Shape::Series] {
        let bytes = write(&file, shape);
        let done = Command::new(env!("CARGO_BIN_EXE_steadfast"))
            .arg("audit")
            .arg(&file)
            .args(["--format", "json", "--now", "2027-06-01T00:00:00Z"])
            .arg("--output")
            .arg(&report)
            .env("TMPDIR", folder.path())
            .stdin(Stdio::null())
            .output()
            .unwrap();
        assert!(done.status.success(), "{done:?}");
        assert!(std::fs::metadata(&report).unwrap().len() > 1_000_000);
        let peak = getrusage(UsageWho::RUSAGE_CHILDREN).unwrap().max_rss() * 1024;
        let promised = 64_000_000 + i64::try_from(bytes).unwrap() / 10;
        assert!(peak <= promised, "{shape:?}: {peak} of {promised} bytes");
    }
}
