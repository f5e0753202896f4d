//! Holding a simulated share against a stated one.

/// Simulated pair-years behind every stated figure of the pair signal.
const STATED_RUNS: f64 = 40_000.0;
/// Standard errors allowed.
const ERRORS: f64 = 4.0;

/// A simulated share: so many of so many.
#[derive(Clone, Copy)]
pub(crate) struct Simulated {
    pub(crate) hits: u32,
    pub(crate) runs: u32,
}

impl Simulated {
    pub(crate) fn count<T>(all: &[T], hit: impl Fn(&T) -> bool) -> Self {
        let hits = all.iter().filter(|one| hit(one)).count();
        Self {
            hits: u32::try_from(hits).unwrap(),
            runs: u32::try_from(all.len()).unwrap(),
        }
    }

    pub(crate) fn share(self) -> f64 {
        f64::from(self.hits) / f64::from(self.runs)
    }

    /// Standard error of the difference of this share and a stated one, both sampled, if the true share were `p`.
    fn error(self, p: f64) -> f64 {
        (p * (1.0 - p) * (1.0 / STATED_RUNS + 1.0 / f64::from(self.runs))).sqrt()
    }
}

/// The simulated share is the stated one of three decimals, within four standard errors and the rounding.
#[track_caller]
pub(crate) fn agrees(what: &str, stated: f64, got: Simulated) {
    agrees_to(0.000_5, what, stated, got);
}

/// The same for a figure stated with fewer decimals.
#[track_caller]
pub(crate) fn agrees_to(rounding: f64, what: &str, stated: f64, got: Simulated) {
    let pooled = (stated * STATED_RUNS + f64::from(got.hits)) / (STATED_RUNS + f64::from(got.runs));
    let room = ERRORS * got.error(pooled) + rounding;
    let share = got.share();
    assert!(
        (share - stated).abs() <= room,
        "{what}: simulated {share:.4}, stated {stated:.3}, room {room:.4}"
    );
}

/// `week` is the first by which a share of at least `level` has happened (`level` 0.5: the median), within four
/// standard errors. `by(w)` is the share that has happened by week w.
#[track_caller]
pub(crate) fn first_reached(what: &str, level: f64, week: u32, by: impl Fn(u32) -> Simulated) {
    let (before, then) = (by(week - 1), by(week));
    let room = ERRORS * then.error(level);
    assert!(
        then.share() >= level - room,
        "{what}: only {:.4} by {week}, level {level}",
        then.share()
    );
    assert!(
        before.share() <= level + room,
        "{what}: already {:.4} by {}, level {level}",
        before.share(),
        week - 1
    );
}
