//! The most memory that `steadfast audit` takes on a large export, held against what is promised: 64 MB and a tenth of the
//! input (docs/performance.md).
//!
//! The system tells the peak of the largest of all programs that ended, so this is a test program of its own.
#![cfg(target_os = "linux")]
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
const MEGABYTES: usize = 60;
/// What a small export takes of a program that is built for use: one that is built for tests is larger itself.
const SMALL: i64 = 10_000_000;
/// The most that a small export may take of a program that is built for tests.
const LARGEST_SMALL: i64 = 48_000_000;

fn write(path: &Path, shape: Shape, megabytes: usize) -> u64 {
    let mut out = BufWriter::new(File::create(path).unwrap());
    calendar(42, megabytes * 1_000_000, shape, |piece| {
        out.write_all(piece).unwrap();
    });
    out.flush().unwrap();
    std::fs::metadata(path).unwrap().len()
}

#[test]
fn sixty_megabytes_take_no_more_memory_than_promised() {
    let folder = tempfile::tempdir().unwrap();
    // The largest so far is what is told: the small one first.
    let (_, small) = audited(folder.path(), Shape::OnePerson, 1);
    assert!(small <= LARGEST_SMALL, "a small export takes {small} bytes");
    for shape in [Shape::OnePerson, Shape::Series] {
        let (bytes, peak) = audited(folder.path(), shape, MEGABYTES);
        let taken = peak - small + SMALL;
        let promised = 64_000_000 + i64::try_from(bytes).unwrap() / 10;
        assert!(taken <= promised, "{shape:?}: {taken} of {promised} bytes");
    }
}

/// Audits a calendar of so many megabytes; gives its bytes, and the most memory of any audit so far.
fn audited(folder: &Path, shape: Shape, megabytes: usize) -> (u64, i64) {
    let (file, report) = (folder.join("export.ics"), folder.join("report.json"));
    let bytes = write(&file, shape, megabytes);
    let done = Command::new(env!("CARGO_BIN_EXE_steadfast"))
        .arg("audit")
        .arg(&file)
        // In the midst of it: half a year of 1:1s is printed, and what they lay beside is asked for.
        .args(["--format", "json", "--now", "2026-11-22T08:00:00Z"])
        .arg("--output")
        .arg(&report)
        .env("TMPDIR", folder)
        .stdin(Stdio::null())
        .output()
        .unwrap();
    assert!(done.status.success(), "{done:?}");
    assert!(std::fs::metadata(&report).unwrap().len() > 1_000);
    let peak = getrusage(UsageWho::RUSAGE_CHILDREN).unwrap().max_rss() * 1024;
    (bytes, peak)
}
