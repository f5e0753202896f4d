//! How far along a long read is; on a terminal only, and only once it takes a while.

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use std::io::{self, IsTerminal};

/// A bar on stderr, or nothing.
pub(crate) struct Progress {
    bar: ProgressBar,
}

impl Progress {
    /// Shown only where somebody looks.
    pub(crate) fn new() -> Self {
        let bar = if io::stderr().is_terminal() {
            ProgressBar::with_draw_target(None, ProgressDrawTarget::stderr_with_hz(8))
        } else {
            ProgressBar::hidden()
        };
        bar.set_style(Self::style("{bytes} read"));
        Self { bar }
    }

    fn style(template: &str) -> ProgressStyle {
        ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_bar())
    }

    /// `done` bytes of `of`, where that is known.
    pub(crate) fn at(&self, done: u64, of: Option<u64>) {
        if let Some(of) = of.filter(|of| self.bar.length() != Some(*of)) {
            self.bar.set_length(of);
            self.bar
                .set_style(Self::style("{wide_bar} {bytes} of {total_bytes}"));
        }
        self.bar.set_position(done);
    }

    /// Takes the bar away.
    pub(crate) fn done(&self) {
        self.bar.finish_and_clear();
    }
}
