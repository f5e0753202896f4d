//! `steadfast.audit/1`: the audit for programs. Shapes of their own, so that a change of the inner model
//! cannot change what others rely on; field by field in docs/reference/audit-json.md.

mod compared;
mod gathered;
mod one_on_one;
mod promised;
mod root;
pub(crate) mod times;
pub(crate) mod words;

use super::model::Report;
use gathered::Gathered;
use std::io::{self, Write};

/// Writes the report as one JSON object, indented, ending in a line feed.
///
/// Each 1:1 is shaped when its turn comes: a report of a million occurrences is never held twice.
///
/// # Errors
/// What `out` says.
pub fn json(report: &Report, out: &mut dyn io::Write) -> io::Result<()> {
    // Every key is a string and floats that are no numbers become null: only `out` can refuse.
    let mut gathered = Gathered::before(out);
    serde_json::to_writer_pretty(&mut gathered, &root::Root::of(report))?;
    gathered.write_all(b"\n")?;
    gathered.done()
}
