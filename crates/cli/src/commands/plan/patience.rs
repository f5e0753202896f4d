//! How long a plan may take, and how far it is.

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use std::io::{self, IsTerminal};
use std::time::{Duration, Instant};
use steadfast_planner::watch::Watch;

/// A bar on stderr where somebody looks, and an end where one was set.
pub(super) struct Patience {
    until: Option<Instant>,
    bar: ProgressBar,
}

impl Patience {
    pub(super) fn new(time: Option<Duration>) -> Self {
        let bar = if io::stderr().is_terminal() {
            ProgressBar::with_draw_target(None, ProgressDrawTarget::stderr_with_hz(8))
        } else {
            ProgressBar::hidden()
        };
        let style = ProgressStyle::with_template("{wide_bar} {pos} of {len} managers");
        bar.set_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()));
        Self {
            until: time.and_then(|time| now().checked_add(time)),
            bar,
        }
    }

    /// Takes the bar away.
    pub(super) fn done(&self) {
        self.bar.finish_and_clear();
    }
}

impl Watch for Patience {
    fn at(&self, done: usize, of: usize) {
        self.bar.set_length(of as u64);
        self.bar.set_position(done as u64);
    }

    fn stop(&self) -> bool {
        self.until.is_some_and(|until| now() >= until)
    }
}

#[expect(
    clippy::disallowed_methods,
    reason = "the program is where the clock comes in; it decides when to stop, never what is planned until then"
)]
fn now() -> Instant {
    Instant::now()
}
