//! `steadfast.audit/1`: the audit for programs. Shapes of their own, so that a change of the inner model
//! cannot change what others rely on; field by field in docs/reference/audit-json.md.

mod compared;
mod gathered;
mod indented;
mod one_on_one;
mod promised;
mod root;
pub(crate) mod times;
pub(crate) mod words;

use super::model::{Pair, Report};
use gathered::Gathered;
use indented::Indented;
use serde::Serialize as _;
use serde_json::Serializer;
use std::{
    borrow::Borrow,
    io::{self, Write},
};

/// Writes the report as one JSON object, indented, ending in a line feed.
///
/// # Errors
/// What `out` says.
pub fn json(report: &Report, out: &mut dyn io::Write) -> io::Result<()> {
    json_of(report, &mut report.pairs.iter(), out)
}

/// The same with the 1:1s from elsewhere, each shaped and let go when its turn comes: a report of a million occurrences is
/// never held at once.
///
/// # Errors
/// What `out` says.
pub fn json_of<P: Borrow<Pair>>(
    report: &Report,
    pairs: &mut dyn Iterator<Item = P>,
    out: &mut dyn io::Write,
) -> io::Result<()> {
    // Every key is a string and floats that are no numbers become null: only `out` can refuse.
    let mut gathered = Gathered::before(out);
    let mut serializer = Serializer::with_formatter(&mut gathered, Indented::default());
    root::Root::of(report, pairs).serialize(&mut serializer)?;
    gathered.write_all(b"\n")?;
    gathered.done()
}
