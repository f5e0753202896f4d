//! How a change reads from the other side: how shortly before the start it came, and how many of the last did not stand. Said
//! to whoever leads the 1:1, and of nothing that the report asked for themself.

use crate::case::Case;
use crate::world::one_on_one::Changed;
use steadfast_ledger::case::Who;

/// From a day on it is no short notice.
const SHORT_MINUTES: i64 = 24 * 60;

/// What is added to what happened; empty where nothing is to be said.
pub(super) fn reads(case: &Case<'_>, last: Option<&Changed>) -> String {
    if last.is_some_and(|change| change.by == Who::Report) {
        return String::new();
    }
    let mut text = last.map_or_else(String::new, notice);
    let disrupted = case.one.recent.iter().filter(|one| **one).count();
    if disrupted > 0 {
        let of = case.one.recent.len() + 1;
        text += &format!(
            " (with it, {} of the last {of} did not stand)",
            disrupted + 1
        );
    }
    text
}

fn notice(change: &Changed) -> String {
    match change.from.start.minutes_since(change.at) {
        ..0 => ", after it was to begin".to_owned(),
        minutes @ 0..SHORT_MINUTES => format!(", {} before the start", span(minutes)),
        _ => String::new(),
    }
}

/// Minutes in words.
pub(super) fn span(minutes: i64) -> String {
    let (count, unit) = match minutes {
        0..=119 => (minutes, "minutes"),
        120..=2879 => (minutes / 60, "hours"),
        _ => (minutes / 1440, "days"),
    };
    format!("{count} {unit}")
}
