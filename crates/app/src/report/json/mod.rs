//! `steadfast.audit/1`: the audit for programs. Shapes of their own, so that a change of the inner model
//! cannot change what others rely on; field by field in docs/reference/audit-json.md.

mod compared;
mod one_on_one;
mod promised;
mod root;
pub(crate) mod times;
pub(crate) mod words;

use super::model::Report;
use std::io;

/// Writes the report as one JSON object, indented, ending in a line feed.
///
/// Each 1:1 is shaped when its turn comes: a report of a million occurrences is never held twice.
///
/// # Errors
/// What `out` says.
pub fn json(report: &Report, out: &mut dyn io::Write) -> io::Result<()> {
    // Every key is a string and floats that are no numbers become null: only `out` can refuse.
    serde_json::to_writer_pretty(&mut *out, &root::Root::of(report))?;
    out.write_all(b"\n")
}
