//! What it costs when somebody leaves, from the reader's own figures. Pure.
//!
//! ```text
//! by the case studies:  pay × share
//! by your own figures:  pay × (parting + finding + training) + week × (empty × undone + learning × ½)
//! ```
//!
//! The two are never added: the published share counts lost work as well. Every figure is a span, since nobody knows
//! one; what has no source has no default, or says that it is a guess. No saving is claimed: no study links kept 1:1s to
//! people staying.

mod inputs;
mod read;
mod sum;

pub use inputs::{INPUTS, Input, Key, SHARE, SHARE_ORIGIN, Unit};
pub use read::{Typed, Unusable, read};
pub use sum::{Cost, Part, about, about_in_short, cost};

/// From the least to the most.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Span {
    /// The least.
    pub from: u64,
    /// The most.
    pub to: u64,
}

/// What the reader put in; a figure that is absent was left empty.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Figures {
    /// A year's pay, in whatever currency.
    pub pay: u64,
    /// Share of it that the case studies found, in percent.
    pub share: u64,
    /// The reader's own.
    pub own: Vec<(Key, Span)>,
}

impl Figures {
    /// The reader's own figure of that key.
    pub fn own(&self, key: Key) -> Option<Span> {
        let found = self.own.iter().find(|(known, _)| *known == key);
        found.map(|(_, span)| *span)
    }
}
