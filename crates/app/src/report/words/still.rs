//! What stands on the calendars though the reporting line has ended: "still on both calendars".

use super::{date, name};
use crate::report::model::{Pair, Report, Still};
use crate::report::seat::{Seat, manager, seat, subordinate};

/// "still on both calendars, and not counted: Ben reported to you until 23 November".
pub(crate) fn said(report: &Report, pair: &Pair, still: &Still) -> String {
    let stands = stands(still);
    match until(report, pair, still) {
        Some(until) => format!("{stands}, and not counted: {until}"),
        None => format!("{stands}, and not counted"),
    }
}

/// The same with when: "still on both calendars on Mon 30 November, 10:00, and 3 more times, and not counted".
pub(crate) fn when(report: &Report, still: &Still) -> Option<String> {
    let first = still.starts.first()?;
    let first = date::moment(*first, &report.zone, report.to.year());
    let more = match still.starts.len() {
        0 | 1 => String::new(),
        2 => ", and once more".to_owned(),
        many => format!(", and {} more times", many - 1),
    };
    Some(format!("{} on {first}{more}", stands(still)))
}

/// Of a calendar that was not seen nothing is said.
const fn stands(still: &Still) -> &'static str {
    if still.on_both {
        "still on both calendars"
    } else {
        "still on the calendar"
    }
}

/// "Ben reported to you until 23 November", "you report to Maya until 6 December".
fn until(report: &Report, pair: &Pair, still: &Still) -> Option<String> {
    let (above, below) = (name(manager(pair)?), name(subordinate(pair)?));
    let today = report.generated_at.date(&report.zone);
    let (one, many) = if still.until < today {
        ("reported", "reported")
    } else {
        ("reports", "report")
    };
    let day = date::day(still.until, report.to.year());
    Some(match seat(report, pair) {
        Seat::Manager => format!("{below} {one} to you until {day}"),
        Seat::Report => format!("you {many} to {above} until {day}"),
        Seat::Onlooker => format!("{below} {one} to {above} until {day}"),
    })
}
