//! What zip and tar have in common: how much they may unpack to.

use crate::document::size;
use crate::error::SourceError;
use crate::options::Limits;

/// Counts unpacked bytes of one archive against its limits.
pub(crate) struct Budget<'a> {
    limits: &'a Limits,
    left: u64,
}

impl<'a> Budget<'a> {
    pub(crate) fn new(limits: &'a Limits) -> Self {
        Self {
            limits,
            left: limits.unpacked_bytes,
        }
    }

    /// Bytes that an entry of so many packed bytes may unpack to.
    pub(crate) fn allowance(&self, packed: u64) -> u64 {
        let by_ratio = packed
            .saturating_mul(self.limits.unpack_ratio)
            .max(self.limits.ratio_from);
        by_ratio.min(self.left)
    }

    /// Notes unpacked bytes.
    pub(crate) fn spend(&mut self, bytes: u64) {
        self.left = self.left.saturating_sub(bytes);
    }

    /// The error for an entry that went past its allowance.
    pub(crate) fn exceeded(&self, label: &str, allowance: u64) -> SourceError {
        let limit = if allowance >= self.left {
            format!("{} unpacked", size(self.limits.unpacked_bytes))
        } else {
            format!("{} times its packed size", self.limits.unpack_ratio)
        };
        SourceError::TooLarge {
            what: label.to_owned(),
            limit,
        }
    }
}

/// Whose calendars an archive gave, and whose it could not give.
#[derive(Default)]
pub(crate) struct Contents {
    /// Owners of calendars that were read.
    pub(crate) read: Vec<Option<String>>,
    /// Owners of calendars that could not be read.
    pub(crate) unread: Vec<Option<String>>,
}
