//! Warnings, kept in number and size.

use crate::warning::{Warning, WarningCode};

/// How many warnings are kept; after them only their number is.
pub(super) const MOST_WARNINGS: usize = 1_000;

/// Longest UID in a warning, in bytes.
const LONGEST_UID: usize = 255;

/// The warnings of a stream.
#[derive(Debug, Default)]
pub(super) struct Log {
    warnings: Vec<Warning>,
    more: u64,
}

impl Log {
    /// Notes one; `message` is made only if it is kept.
    pub(super) fn warn(
        &mut self,
        code: WarningCode,
        line: u32,
        uid: &str,
        message: impl FnOnce() -> String,
    ) {
        if self.warnings.len() < MOST_WARNINGS {
            self.warnings.push(Warning {
                code,
                message: message(),
                line,
                uid: shortened(uid),
            });
        } else {
            self.more += 1;
        }
    }

    /// A mark to which [`Log::name_since`] goes back.
    pub(super) fn mark(&self) -> usize {
        self.warnings.len()
    }

    /// Puts the UID on the warnings since `mark`: it may come after what they are about.
    pub(super) fn name_since(&mut self, mark: usize, uid: &str) {
        for warning in self.warnings.get_mut(mark..).unwrap_or_default() {
            if warning.uid.is_empty() {
                warning.uid = shortened(uid);
            }
        }
    }

    /// All of them; the last tells how many were not kept.
    pub(super) fn into_warnings(mut self) -> Vec<Warning> {
        if self.more > 0 {
            self.warnings.push(Warning {
                code: WarningCode::MoreWarnings,
                message: format!("There were {} more warnings.", self.more),
                line: 0,
                uid: String::new(),
            });
        }
        self.warnings
    }
}

fn shortened(uid: &str) -> String {
    let end = uid.floor_char_boundary(LONGEST_UID);
    uid.get(..end).unwrap_or(uid).to_owned()
}
