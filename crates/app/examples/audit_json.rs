//! `audit_json FILE`: what `steadfast audit FILE --format json --now 2027-06-01T00:00:00Z` writes, from the library alone: for
//! measuring (`/usr/bin/time -v`, `perf record`) without building the whole program.

use std::{
    fs::File,
    io::{self, BufWriter, Write},
};
use steadfast_app::{
    audit::{Audit, Options},
    report,
};
use steadfast_calendar::Instant;

/// 1 June 2027, after everything in the calendars that are measured.
const NOW: i64 = 1_811_808_000;

fn main() -> io::Result<()> {
    let path = std::env::args().nth(1);
    let path = path.ok_or_else(|| io::Error::other("usage: audit_json FILE"))?;
    let mut options = Options::at(Instant::from_seconds(NOW));
    options.now_was_given = true;
    options.source_words.clone_from(&path);
    let mut audit = Audit::new(options);
    audit.source();
    audit.calendar(&path, None, None, &mut File::open(&path)?)?;
    let mut out = BufWriter::new(io::stdout().lock());
    let (report, written) =
        audit.finish_into(|report, listed| report::json_of(report, listed, &mut out));
    std::mem::forget(report);
    written?;
    out.flush()
}
