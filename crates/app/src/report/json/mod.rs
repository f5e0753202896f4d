//! `steadfast.audit/1`: the audit for programs. Shapes of their own, so that a change of the inner model
//! cannot change what others rely on; field by field in docs/reference/audit-json.md.

mod compared;
mod one_on_one;
mod promised;
mod root;
pub(crate) mod times;
pub(crate) mod words;

use super::model::Report;

/// The report as one JSON object, indented, ending in a line feed.
pub fn json(report: &Report) -> String {
    let shaped = root::Root::of(report);
    // Every key is a string and floats that are no numbers become null: nothing here can be refused.
    let mut written = serde_json::to_string_pretty(&shaped).unwrap_or_else(|_| "{}".to_owned());
    written.push('\n');
    written
}
