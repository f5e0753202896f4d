//! How far along a long read is; on a terminal only, and only once it takes a while.

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use std::io::{self, IsTerminal};

/// A bar on stderr, or nothing.
pub(crate) struct Progress {
    bar: ProgressBar,
    /// What stands beside it once it is known how much there is.
    of_all: &'static str,
}

impl Progress {
    /// Shown only where somebody looks.
    pub(crate) fn new() -> Self {
        Self::counting("{bytes} read", "{wide_bar} {bytes} of {total_bytes}")
    }

    /// Of weeks that are made up.
    pub(crate) fn of_weeks() -> Self {
        Self::counting("{pos} weeks", "{wide_bar} {pos} of {len} weeks")
    }

    fn counting(so_far: &str, of_all: &'static str) -> Self {
        let bar = if io::stderr().is_terminal() {
            ProgressBar::with_draw_target(None, ProgressDrawTarget::stderr_with_hz(8))
        } else {
            ProgressBar::hidden()
        };
        bar.set_style(Self::style(so_far));
        Self { bar, of_all }
    }

    fn style(template: &str) -> ProgressStyle {
        ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_bar())
    }

    /// `done` of `of`, where that is known.
    pub(crate) fn at(&self, done: u64, of: Option<u64>) {
        if let Some(of) = of.filter(|of| self.bar.length() != Some(*of)) {
            self.bar.set_length(of);
            self.bar.set_style(Self::style(self.of_all));
        }
        self.bar.set_position(done);
    }

    /// Takes the bar away.
    pub(crate) fn done(&self) {
        self.bar.finish_and_clear();
    }
}
