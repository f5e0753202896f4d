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

use super::{
    Listed,
    model::{Doubtful, Pair, Report},
};
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
    let listed = Listed {
        pairs: &mut report.pairs.iter(),
        doubtful: &mut report.doubtful.iter(),
    };
    json_of(report, listed, out)
}

/// The same with the long lists from elsewhere, each entry shaped and let go when its turn comes: a report of a million
/// occurrences is never held at once.
///
/// # Errors
/// What `out` says.
pub fn json_of<P: Borrow<Pair>, D: Borrow<Doubtful>>(
    report: &Report,
    listed: Listed<'_, P, D>,
    out: &mut dyn io::Write,
) -> io::Result<()> {
    // Every key is a string and floats that are no numbers become null: only `out` can refuse.
    let mut gathered = Gathered::before(out);
    let mut serializer = Serializer::with_formatter(&mut gathered, Indented::default());
    let Listed { pairs, doubtful } = listed;
    let listed = Listed {
        pairs: &mut *pairs,
        doubtful: &mut *doubtful,
    };
    root::Root::of(report, listed).serialize(&mut serializer)?;
    gathered.write_all(b"\n")?;
    gathered.done()
}
