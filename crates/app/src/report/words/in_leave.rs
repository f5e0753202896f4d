//! What stood on the calendar while one of the two was on leave: counted as it stood, and said.

use super::{excuse, list, name, possessive};
use crate::report::model::{Comparison, Pair, Person, Report, Side};
use crate::report::seat::Seat;

/// "1 that stood fell in leave on your calendar; whether it took place, a calendar cannot know."
pub(super) fn of_pair(report: &Report, pair: &Pair, seat: Seat) -> Option<String> {
    let mut each: Vec<(String, usize)> = Vec::new();
    for one in pair.occurrences.iter().filter(|o| o.stood_in_leave()) {
        let whose = excuse::leave(report, one.away?, pair, seat);
        match each.iter_mut().find(|(known, _)| *known == whose) {
            Some((_, number)) => *number += 1,
            None => each.push((whose, 1)),
        }
    }
    let all: usize = each.iter().map(|(_, number)| number).sum();
    let whose: Vec<String> = each.into_iter().map(|(whose, _)| whose).collect();
    let it = if all == 1 { "it" } else { "they" };
    (all > 0).then(|| {
        format!(
            "{all} that {} fell in {}; whether {it} took place, a calendar cannot know.",
            was_stood(report, all),
            list(&whose)
        )
    })
}

/// Leave, where it is not known who reports to whom: of the two calendars it stands on the one that was read.
pub(super) fn leave_of_either(report: &Report, pair: &Pair) -> String {
    let was_read = |one: &&Person| {
        let mut read = report.calendars_of.iter();
        read.any(|known| known.address == one.address)
    };
    let read: Vec<&Person> = pair.people.iter().filter(was_read).collect();
    match (&read[..], &report.me) {
        ([one], Some(me)) if me.address == one.address => "leave on your calendar".to_owned(),
        ([one], _) => format!("leave on {} calendar", possessive(&name(one))),
        _ => "leave on the calendar of one of the two".to_owned(),
    }
}

/// The same of all that a comparison counts.
pub(crate) fn of_comparison(compared: &Comparison) -> Option<String> {
    match compared.stood_in_leave {
        0 => None,
        1 => Some(
            "1 that stood fell in leave of one of the two; whether it took place, a calendar cannot know.".to_owned(),
        ),
        all => Some(format!(
            "{all} that stood fell in leave of one of the two; whether they took place, a calendar cannot know."
        )),
    }
}

/// "stood", "was kept", "were kept".
fn was_stood(report: &Report, number: usize) -> &'static str {
    let is_report = report.me.as_ref().is_some_and(|me| me.side == Side::Report);
    match (is_report, number) {
        (false, _) => "stood",
        (true, 1) => "was kept",
        (true, _) => "were kept",
    }
}
