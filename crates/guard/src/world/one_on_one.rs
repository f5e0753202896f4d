//! A standing 1:1 and its promises.

use crate::ids::{MeetingId, OneOnOneId, PersonId, PromiseId};
use steadfast_calendar::{Instant, Slot};
use steadfast_ledger::case::Who;

/// The standing meeting of two.
#[derive(Clone, Debug)]
pub struct OneOnOne {
    /// Its name.
    pub id: OneOnOneId,
    /// Who leads.
    pub manager: PersonId,
    /// Who reports.
    pub report: PersonId,
    /// Days from one promise to the next.
    pub cadence_days: i64,
    /// Its length.
    pub minutes: i64,
    /// Since when the one reports to the other.
    pub since: Instant,
    /// Whether that line is over.
    pub ended: bool,
    /// Whether the two ever had one, whatever is known of it here.
    pub has_met: bool,
    /// Whether it has a series now.
    pub has_series: bool,
    /// The last ones, oldest first: whether each was disrupted.
    pub recent: Vec<bool>,
}

/// One promised 1:1 and where it stands.
#[derive(Clone, Debug)]
pub struct Promise {
    /// Its name.
    pub id: PromiseId,
    /// Of which 1:1.
    pub one_on_one: OneOnOneId,
    /// The slot that was promised.
    pub promised: Slot,
    /// Start of the next one.
    pub next: Option<Instant>,
    /// Start of the one before.
    pub previous: Option<Instant>,
    /// The meeting that it is now; None where it was taken off.
    pub stands: Option<MeetingId>,
    /// An extra meeting of the two instead.
    pub replaced_by: Option<MeetingId>,
    /// Whether it was taken off together with its series.
    pub series_gone: bool,
    /// Every change, oldest first.
    pub changes: Vec<Changed>,
    /// The reason that the manager gave, for the report to read.
    pub reason: Option<String>,
    /// The meeting for it of which the report said that it did not take place.
    pub not_held: Option<MeetingId>,
    /// Whether the report asks for another time, and has none yet.
    pub wished: bool,
    /// Whether both said that they agreed.
    pub agreed: bool,
}

/// One change that was observed.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Changed {
    /// When.
    pub at: Instant,
    /// Whose.
    pub by: Who,
    /// Where it was.
    pub from: Slot,
    /// Where it went; None: off the calendar.
    pub to: Option<Slot>,
}
