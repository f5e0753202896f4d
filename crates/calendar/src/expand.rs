//! Instances of a series within a window, resolved to moments.

use crate::{
    instant::{Instant, Slot, Window},
    series::Series,
};
use jiff::tz::TimeZone;

/// One element of a series (or the only one of a single event).
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Instance {
    /// Its identity: the original start by the rule (RECURRENCE-ID in UTC); for a single event, its start.
    pub id: Instant,
    /// The slot that the series' own rule (RRULE, RDATE, and THISANDFUTURE re-timings) gives it, also when it is
    /// excluded or overridden. `None` for an orphan override (no master, or the rule does not give that id).
    pub ruled: Option<Slot>,
    /// The slot in which it stands in this state; `None` when excluded or cancelled.
    pub slot: Option<Slot>,
    /// What decides `slot`.
    pub standing: Standing,
    /// Whether it is a whole-day instance (DATE values).
    pub all_day: bool,
}

/// What decides where an instance stands.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Standing {
    /// The rule alone.
    AsRuled,
    /// `series.overrides[index]`, not cancelled.
    Overridden(usize),
    /// EXDATE or EXRULE. Where an override for the same instance exists too, the exclusion wins.
    Excluded,
    /// `series.overrides[index]` with STATUS:CANCELLED; `None`: the whole series has STATUS:CANCELLED.
    Cancelled(Option<usize>),
}

/// Instances of `series` whose id or slot starts in `window`, in order of id.
///
/// `floating` resolves dates and floating times. Equal instants are merged; a rule is stepped at most a bounded
/// number of times, so that an endless rule costs bounded time.
pub fn expand(series: &Series, floating: &TimeZone, window: Window) -> Vec<Instance> {
    let _ = (series, floating, window);
    Vec::new()
}
