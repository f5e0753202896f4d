//! What a manager could say names a time only of those that the guard offers for good at that moment.

use super::look::Outlook;
use crate::report::Report;
use crate::report::model::{BetterSlot, Pair, Repair};
use crate::report::tally::Tally;
use crate::report::words;
use std::borrow::Cow;

/// The report with sentences that name no other times. Where the viewer's calendar was not seen lately nothing is offered, and the
/// sentence rests on what was seen: it stays.
pub fn sayable<'a>(report: &'a Report, outlook: &Outlook) -> Cow<'a, Report> {
    let mut report = Cow::Borrowed(report);
    if !outlook.is_fresh {
        return report;
    }
    let told = |pair: &Pair| {
        Some((
            pair.repair.as_ref()?.say.clone()?,
            say(&report, pair, outlook),
        ))
    };
    let others: Vec<(usize, String)> = (0..)
        .zip(&report.pairs)
        .filter_map(|(place, pair)| Some((place, told(pair)?)))
        .filter(|(_, (before, now))| before != now)
        .map(|(place, (_, now))| (place, now))
        .collect();
    for (place, now) in others {
        if let Some(pair) = report.to_mut().pairs.get_mut(place) {
            let repair = pair.repair.take();
            // One time is named, not two: the one that is offered.
            pair.repair = repair.map(|repair| Repair {
                better_slot: repair.better_slot.filter(|slot| now.contains(&slot.slot)),
                say: Some(now),
                ..repair
            });
        }
    }
    report
}

fn say(report: &Report, pair: &Pair, outlook: &Outlook) -> String {
    let mut movings = outlook.movings.iter();
    let moving = movings.find(|one| one.pair == pair.id);
    let times = moving.into_iter().flat_map(|one| &one.times);
    let times: Vec<String> = times
        .map(|time| {
            let civil = time.first.start.civil(&report.zone);
            civil.strftime("%A %-H:%M").to_string()
        })
        .collect();
    let better = pair
        .repair
        .as_ref()
        .and_then(|repair| repair.better_slot.as_ref());
    let same = better.filter(|better| times.contains(&better.slot));
    let time = same.map(BetterSlot::words);
    let tally = Tally::of(&pair.occurrences);
    let mostly_lost = 2 * tally.lost > tally.disrupted;
    words::say::say(
        mostly_lost,
        time.as_ref().or_else(|| times.first()).map(String::as_str),
    )
}
