//! `audit_json FILE [NOW]`: what `steadfast audit FILE --format json --now NOW` writes, from the library alone: for measuring
//! (`/usr/bin/time -v`, `perf record`) without building the whole program. NOW is 2027-06-01T00:00:00Z unless it is said:
//! after everything in the calendars that are measured. In the midst of them more is printed, and takes more.

use std::{
    fs::File,
    io::{self, BufWriter, Write},
};
use steadfast_app::{
    audit::{Audit, Options},
    report,
};
use steadfast_calendar::Instant;

const NOW: &str = "2027-06-01T00:00:00Z";

fn main() -> io::Result<()> {
    let mut arguments = std::env::args().skip(1);
    let path = arguments.next();
    let path = path.ok_or_else(|| io::Error::other("usage: audit_json FILE [NOW]"))?;
    let now = arguments.next().unwrap_or_else(|| NOW.to_owned());
    let now: jiff::Timestamp = now.parse().map_err(io::Error::other)?;
    let mut options = Options::at(Instant::from_seconds(now.as_second()));
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
