//! What became of those that did not happen as promised: how many moved and how, were cut, or were lost.

use super::date;
use crate::report::model::{Pair, Report};
use crate::report::tally::Tally;
use steadfast_ledger::occurrence::Occurrence;

/// "6 moved (4 with under a day's notice; 1 slipped out of the week; 1 lost first, made good on 29 July), 2 lost and not made
/// good (1 with under a day's notice)". The numbers are those of the marks: every one that moved has a mark of its kind.
pub(super) fn kinds(report: &Report, pair: &Pair, tally: &Tally) -> String {
    let mut kinds = Vec::new();
    if tally.moved > 0 {
        let about = about_the_moved(report, pair, tally);
        kinds.push(format!("{} moved{about}", tally.moved));
    }
    if tally.nudged_late > 0 {
        kinds.push(format!("{} nudged at the last minute", tally.nudged_late));
    }
    if tally.cut_short > 0 {
        kinds.push(format!("{} cut to less than half", tally.cut_short));
    }
    if tally.lost > 0 {
        // Beside one that was made good "lost" alone would leave open whether these were.
        let beside = if tally.made_good > 0 {
            " and not made good"
        } else {
            ""
        };
        let notice = under_a_day(tally.lost_under_a_day, tally.lost);
        let notice = notice.map_or_else(String::new, |notice| format!(" ({notice})"));
        kinds.push(format!("{} lost{beside}{notice}", tally.lost));
    }
    kinds.join(", ")
}

/// "4 with under a day's notice" of several, "both with …", "all with …", of a single one "with …"; `None` for none.
fn under_a_day(some: usize, of: usize) -> Option<String> {
    let how_many = match (some, of) {
        (0, _) => return None,
        (_, 1) => String::new(),
        (2, 2) => "both ".to_owned(),
        (some, of) if some == of => "all ".to_owned(),
        (some, _) => format!("{some} "),
    };
    Some(format!("{how_many}with under a day’s notice"))
}

fn about_the_moved(report: &Report, pair: &Pair, tally: &Tally) -> String {
    let mut about = Vec::new();
    about.extend(under_a_day(tally.moved_under_a_day, tally.moved));
    if tally.moved_slipped > 0 {
        let all = tally.moved_slipped == tally.moved;
        let how_many = match (tally.moved_slipped, all) {
            (1, true) => String::new(),
            (_, true) => "all ".to_owned(),
            (some, false) => format!("{some} "),
        };
        about.push(format!("{how_many}slipped out of the week"));
    }
    if tally.moved_made_good > 0 {
        let made_good = made_good(pair, |one| one.moved);
        about.push(first_lost(report, made_good, tally.moved));
    }
    if about.is_empty() {
        String::new()
    } else {
        format!(" ({})", about.join("; "))
    }
}

/// Those made good among what `kind` counts.
pub(super) fn made_good(
    pair: &Pair,
    kind: fn(&Tally) -> usize,
) -> impl Iterator<Item = &Occurrence> + Clone {
    let is = move |o: &&Occurrence| o.verdict.made_good && kind(&Tally::of([*o])) == 1;
    pair.occurrences.iter().filter(is)
}

/// "1 lost first, made good on 29 July", of `of` that are told; of several the days are in the table.
pub(super) fn first_lost<'a>(
    report: &Report,
    mut made_good: impl Iterator<Item = &'a Occurrence>,
    of: usize,
) -> String {
    let first = made_good.next();
    let all = usize::from(first.is_some()) + made_good.count();
    let said = match first.and_then(|one| one.verdict.held) {
        Some(held) if all == 1 => {
            let day = held.start.date(&report.zone);
            format!(
                "1 lost first, made good on {}",
                date::day(day, report.to.year())
            )
        }
        _ => format!("{all} lost first, then made good"),
    };
    // Of a single one it goes without a number.
    match said.strip_prefix("1 ") {
        Some(alone) if of == 1 => alone.to_owned(),
        _ => said,
    }
}
