//! What a life is to be like.

use crate::Dialect;
use jiff::civil::{Date, date};

/// Everything that shapes a life beside its seed.
#[derive(Clone, Debug)]
pub struct Config {
    /// Whose text it is written in.
    pub dialect: Dialect,
    /// Number of managers, all reporting to one boss.
    pub managers: usize,
    /// Reports of each.
    pub reports_per_manager: usize,
    /// Length in weeks.
    pub weeks: i64,
    /// First day; a Monday.
    pub first_day: Date,
    /// Minutes between two looks at the calendars.
    pub poll_minutes: i64,
    /// Share of the reporting lines without a 1:1.
    pub without_one_on_one: f64,
    /// Share of the reports who leave, join or change managers on the way.
    pub changes_of_line: f64,
    /// Share of the pairs whose series is re-timed, split, made again or paused.
    pub series_changes: f64,
    /// Share of the managers with an assistant.
    pub delegates: f64,
    /// Share of the manager's changes that the report had asked for in person. No calendar can show it.
    pub asked_in_person: f64,
    /// Share of the reports who had another address when their older meetings were made; those still name it.
    pub old_addresses: f64,
    /// Leave ORGANIZER and ATTENDEE out, as published calendars mostly do.
    pub strip_guests: bool,
    /// What goes wrong with the snapshots.
    pub trouble: Trouble,
}

/// What goes wrong with the snapshots, not with the calendars.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Trouble {
    /// Spans of this many days, at random, in which nobody looked.
    pub gap_days: Vec<i64>,
    /// How often a calendar comes back empty once, and whole at the next look.
    pub vanished: usize,
    /// How often a calendar comes back cut in the middle, and whole at the next look.
    pub half: usize,
    /// How often an older copy of a calendar arrives after a newer one.
    pub late_copies: usize,
    /// Share of the snapshots that are lost.
    pub dropped: f64,
    /// Share of the series whose zone is renamed to another with the same offsets.
    pub rezoned: f64,
}

impl Config {
    /// A company small enough to read: 4 managers, 5 reports each, half a year.
    pub fn small(dialect: Dialect) -> Self {
        Self {
            dialect,
            managers: 4,
            reports_per_manager: 5,
            weeks: 26,
            first_day: date(2026, 1, 5),
            poll_minutes: 60,
            without_one_on_one: 0.06,
            changes_of_line: 0.1,
            series_changes: 0.3,
            delegates: 0.25,
            asked_in_person: 0.0,
            old_addresses: 0.02,
            strip_guests: false,
            trouble: Trouble::default(),
        }
    }

    /// At least 10,000 promised 1:1s in a year.
    pub fn ten_thousand(dialect: Dialect) -> Self {
        Self {
            managers: 36,
            reports_per_manager: 6,
            weeks: 52,
            ..Self::small(dialect)
        }
    }
}
