//! What became of one pair's 1:1s, in counts. Facts are always shown; only readings are gated.

use super::{
    actor, as_sentence, count, date, each_time, excuse, in_leave, kinds, list, name, possessive,
    reading, story,
};
use crate::report::clean::clean;
use crate::report::model::{Pair, Report, Side};
use crate::report::seat::{Seat, manager, seat};
use crate::report::tally::Tally;
use jiff::civil::Date;
use steadfast_ledger::occurrence::Occurrence;
use steadfast_ledger::verdict::Outcome;

/// Latest departures told one by one to the report; the rest is in the strip and in the page.
const TOLD_ONE_BY_ONE: usize = 2;
/// Cadences without a 1:1 from which both are told, whatever the reason.
const LONG_GAP: f64 = 2.0;
/// Re-timings of the slot within [`RETIMING_DAYS`] that are worth saying.
const RETIMINGS: usize = 3;
const RETIMING_DAYS: i32 = 91;

/// Every fact worth saying of one pair, each a sentence, the weightiest first.
pub(crate) fn facts(report: &Report, pair: &Pair) -> Vec<String> {
    let tally = Tally::of(&pair.occurrences);
    let seat = seat(report, pair);
    let mut said = Vec::new();
    match seat {
        Seat::Report => said.extend(kept_of(report, pair, &tally)),
        Seat::Manager | Seat::Onlooker => said.extend(not_as_promised(report, pair, &tally)),
    }
    said.extend(moved_when_unknown(report, pair, &tally));
    said.extend(lost_in_a_row(&tally));
    said.extend(stood_all_the_same(report, &tally));
    said.extend(overlapped(report, pair, &tally));
    said.extend(both_elsewhere(report, pair, &tally));
    said.extend(in_leave::of_pair(report, pair, seat));
    said.extend(neither_way(report, pair));
    said.extend(not_known(&tally));
    if pair.manager.is_none() && tally.departed() > 0 {
        said.push(
            "Who reports to whom is not known, so no change is told as the manager’s or the report’s."
                .to_owned(),
        );
    }
    if pair.ended.is_none() {
        said.extend(contact_gap(pair));
    }
    said.extend(re_timed(&pair.re_timed));
    said.extend(moved_for_good(report, pair));
    said.extend(pair.facts.iter().map(|fact| as_sentence(fact)));
    said.retain(|sentence| !sentence.is_empty());
    said
}

/// "8 of the last 25 did not happen as promised: 6 moved (4 with under a day's notice), 2 lost; from your
/// calendar each time."
fn not_as_promised(report: &Report, pair: &Pair, tally: &Tally) -> Option<String> {
    if tally.disrupted == 0 {
        return None;
    }
    let disrupted = || {
        let counts = |o: &&Occurrence| o.verdict.disruption && Tally::of([*o]).disrupted == 1;
        pair.occurrences.iter().filter(counts)
    };
    let mut said = format!(
        "{} {} did not happen as promised: {}",
        tally.disrupted,
        super::of_the_last(tally),
        kinds::kinds(report, pair, tally)
    );
    if let Some(doing) = whose_doing(report, disrupted(), pair) {
        said.push_str("; ");
        said.push_str(&doing);
    }
    said.push('.');
    Some(said)
}

/// "from your calendar each time"; "5 from your calendar, 2 by your assistant, 1 by somebody not known".
fn whose_doing<'a>(
    report: &Report,
    occurrences: impl Iterator<Item = &'a Occurrence>,
    pair: &Pair,
) -> Option<String> {
    pair.manager?;
    let mut doings: Vec<(Doing, usize)> = Vec::new();
    for occurrence in occurrences {
        let doing = Doing::of(report, occurrence, pair);
        match doings.iter_mut().find(|(known, _)| *known == doing) {
            Some((_, number)) => *number += 1,
            None => doings.push((doing, 1)),
        }
    }
    doings.sort_by_key(|(doing, number)| (*doing == Doing::NotKnown, std::cmp::Reverse(*number)));
    Some(match doings.as_slice() {
        [] => return None,
        [(Doing::NotKnown, _)] => "whose doing it was, this source cannot say".to_owned(),
        [(Doing::By(by) | Doing::Said(by), number)] => format!("{by}{}", each_time(*number)),
        several => {
            let each: Vec<String> = several
                .iter()
                .map(|(doing, number)| match doing {
                    Doing::By(by) => format!("{number} {by}"),
                    Doing::Said(said) => format!("{number} where {said}"),
                    Doing::NotKnown => {
                        format!("{number} where the source cannot say whose doing it was")
                    }
                })
                .collect();
            list(&each)
        }
    })
}

/// What is known of whose doing it was.
#[derive(PartialEq, Eq)]
enum Doing {
    /// "from your calendar".
    By(String),
    /// Somebody's word, no calendar: "Ben says you did not come".
    Said(String),
    NotKnown,
}

impl Doing {
    fn of(report: &Report, occurrence: &Occurrence, pair: &Pair) -> Self {
        if occurrence.verdict.outcome == Outcome::NoShow {
            let seat = seat(report, pair);
            return Self::Said(story::no_show(occurrence, pair, seat));
        }
        actor::named(report, occurrence.actor.as_ref(), pair).map_or(Self::NotKnown, Self::By)
    }
}

/// The report's own words for it: "Kept 9 of the last 10." and the latest departures, one by one.
fn kept_of(report: &Report, pair: &Pair, tally: &Tally) -> Vec<String> {
    if tally.eligible == 0 {
        return Vec::new();
    }
    let mut said = Vec::new();
    if !reading::says_counts_to_report(report, pair) {
        let counts = super::stood_of_the_last(report, tally);
        said.push(format!("{counts}."));
    }
    let departed = |o: &&Occurrence| Tally::of([*o]).disrupted == 1;
    let latest = pair.occurrences.iter().rev().filter(departed);
    said.extend(
        latest
            .take(TOLD_ONE_BY_ONE)
            .map(|occurrence| story::story(report, pair, occurrence)),
    );
    let rest = tally.disrupted.saturating_sub(TOLD_ONE_BY_ONE);
    if rest > 0 {
        said.push(format!(
            "Before these, {rest} more did not happen as promised."
        ));
    }
    said
}

fn lost_in_a_row(tally: &Tally) -> Option<String> {
    let lost = tally.last_lost_in_a_row;
    (lost >= 2).then(|| format!("The last {lost} in a row were lost."))
}

/// Small departures that count as stood: said, so that the strip and the count agree.
fn stood_all_the_same(report: &Report, tally: &Tally) -> Option<String> {
    let mut small = Vec::new();
    if tally.nudged > 0 {
        small.push(format!("{} nudged within the day", tally.nudged));
    }
    if tally.moved_early > 0 {
        let perhaps = match (tally.moved_early_perhaps, tally.moved_early) {
            (0, _) => String::new(),
            (some, all) if some == all => ", or perhaps a little less".to_owned(),
            (some, _) => format!(", or perhaps a little less for {some} of them"),
        };
        small.push(format!(
            "{} moved with a week’s notice or more{perhaps}",
            tally.moved_early
        ));
    }
    let told_as_moved = tally.moved_made_good + tally.made_good_undisrupted;
    let made_good = tally.made_good.saturating_sub(told_as_moved);
    if made_good > 0 {
        small.push(format!("{made_good} lost first, then made good"));
    }
    if tally.shortened > 0 {
        small.push(format!(
            "{} a little shorter than promised",
            tally.shortened
        ));
    }
    let all = tally.nudged + tally.moved_early + made_good + tally.shortened;
    let verb = if all == 1 { "counts" } else { "count" };
    let word = super::stood(report);
    (!small.is_empty()).then(|| format!("{} {verb} as {word}.", list(&small)))
}

/// Moved, but nobody can say how early that was known: neither stood nor disrupted.
fn moved_when_unknown(report: &Report, pair: &Pair, tally: &Tally) -> Option<String> {
    let made_good = kinds::made_good(pair, |one| one.moved_when_unknown);
    let about = if made_good.clone().next().is_some() {
        format!(
            " ({})",
            kinds::first_lost(report, made_good, tally.moved_when_unknown)
        )
    } else {
        String::new()
    };
    let moved = tally.moved_when_unknown;
    (moved > 0).then(|| format!("{moved} moved{about}: {}.", super::in_neither_count(moved)))
}

fn overlapped(report: &Report, pair: &Pair, tally: &Tally) -> Option<String> {
    let whose = match (seat(report, pair), manager(pair)) {
        (Seat::Report, _) | (_, None) => return None,
        (Seat::Manager, _) => "your".to_owned(),
        (Seat::Onlooker, Some(manager)) => possessive(&name(manager)),
    };
    (tally.overlapped > 0).then(|| {
        format!(
            "During {} that stood {whose} calendar had something else at the same time.",
            tally.overlapped
        )
    })
}

/// "At the time of 1 that stood both of you had accepted another meeting; …".
fn both_elsewhere(report: &Report, pair: &Pair, tally: &Tally) -> Option<String> {
    let both = story::both(report, pair);
    let word = match (report.me.as_ref().map(|me| me.side), tally.both_elsewhere) {
        (Some(Side::Report), 1) => "was kept",
        (Some(Side::Report), _) => "were kept",
        _ => "stood",
    };
    (tally.both_elsewhere > 0).then(|| {
        format!(
            "At the time of {} that {word} {both} had accepted another meeting; which of the two was held, a calendar cannot know.",
            tally.both_elsewhere
        )
    })
}

/// "2 are excused, and count neither way: leave on your calendar (1) and a public holiday (1)."
fn neither_way(report: &Report, pair: &Pair) -> Option<String> {
    let mut reasons: Vec<(String, usize)> = Vec::new();
    for occurrence in &pair.occurrences {
        let excused = Tally::of([occurrence]).excused == 1;
        let Some(excuse) = occurrence.verdict.excused.filter(|_| excused) else {
            continue;
        };
        let reason = excuse::excused(report, excuse, occurrence, pair);
        match reasons.iter_mut().find(|(known, _)| *known == reason) {
            Some((_, number)) => *number += 1,
            None => reasons.push((reason, 1)),
        }
    }
    let total: usize = reasons.iter().map(|(_, number)| number).sum();
    let verb = if total == 1 {
        "is excused, and counts"
    } else {
        "are excused, and count"
    };
    let each: Vec<String> = match reasons.as_slice() {
        [] => return None,
        [(reason, _)] => vec![reason.clone()],
        several => several
            .iter()
            .map(|(reason, number)| format!("{reason} ({number})"))
            .collect(),
    };
    Some(format!("{total} {verb} neither way: {}.", list(&each)))
}

fn not_known(tally: &Tally) -> Option<String> {
    let mut said = Vec::new();
    if tally.unknown > 0 {
        said.push(format!("What became of {} is not known", tally.unknown));
    }
    if tally.disputed > 0 {
        let times = count(tally.disputed, "time", "times");
        said.push(format!("{times} the two of you say different things"));
    }
    (!said.is_empty()).then(|| said.join("; ") + ".")
}

fn contact_gap(pair: &Pair) -> Option<String> {
    let gap = pair
        .contact_gap
        .filter(|gap| gap.is_finite() && *gap >= LONG_GAP)?;
    // Cadences are days; a float beyond any calendar saturates.
    let days = (gap * pair.cadence_days.max(1) as f64).round() as i64;
    Some(format!(
        "The last one that stood ended {days} days ago: {gap:.1} times the promised rhythm without a 1:1."
    ))
}

/// "Moved for good by you, from Thursday 19 March on.", as long as that is news.
fn moved_for_good(report: &Report, pair: &Pair) -> Option<String> {
    let is_news = |from: &Date| (report.to - *from).get_days() <= RETIMING_DAYS;
    let (from, by) = pair
        .moved_for_good
        .iter()
        .rfind(|(from, _)| is_news(from))?;
    let by = actor::named(report, Some(by), pair)?;
    Some(format!(
        "Moved for good {by}, from {} on.",
        date::day(*from, report.to.year())
    ))
}

/// Each time the slot moved for good in the days that `report` tells, for what is told of these days alone: "Moved for good by you,
/// from 19 March on."
pub(crate) fn moved_for_good_then(report: &Report, pair: &Pair) -> Vec<String> {
    let is_then = |day: &Date| report.from <= *day && *day <= report.to;
    let when = |day: &Date| date::day(*day, report.to.year());
    let logged = pair.moved_for_good.iter().filter(|(day, _)| is_then(day));
    let logged = logged.map(|(day, by)| {
        let by =
            actor::named(report, Some(by), pair).map_or_else(String::new, |by| format!(" {by}"));
        (*day, format!("Moved for good{by}, from {} on.", when(day)))
    });
    let seen = pair.re_timed.iter().filter(|day| is_then(day));
    let seen = seen.map(|day| (*day, format!("Moved for good on {}.", when(day))));
    let mut all: Vec<(Date, String)> = logged.chain(seen).collect();
    all.sort();
    all.dedup();
    all.into_iter().map(|(_, said)| said).collect()
}

/// The most re-timings that fall into one quarter, where there are enough to say so.
fn re_timed(days: &[Date]) -> Option<String> {
    let mut sorted = days.to_vec();
    sorted.sort_unstable();
    let in_quarter_from = |first: &Date| {
        let within = |day: &&Date| (**day - *first).get_days() <= RETIMING_DAYS;
        sorted
            .iter()
            .filter(|day| *day >= first)
            .filter(within)
            .count()
    };
    let most = sorted.iter().map(in_quarter_from).max()?;
    (most >= RETIMINGS).then(|| format!("The slot was re-timed {most} times within 13 weeks."))
}

/// Where the conflicts fall, and a slot that was free: each a sentence. What else is on the manager's
/// calendar is not for the report to read.
pub(crate) fn repair(report: &Report, pair: &Pair) -> Vec<String> {
    let Some(repair) = &pair.repair else {
        return Vec::new();
    };
    let seat = seat(report, pair);
    let mut said = Vec::new();
    if seat != Seat::Report {
        said.extend(repair.conflict_fact.as_deref().map(as_sentence));
    }
    said.extend(
        repair
            .better_slot
            .as_ref()
            .filter(|slot| slot.of > 0)
            .map(|slot| {
                let whom = match (slot.both, seat) {
                    (true, Seat::Onlooker) => "for both",
                    (true, _) => "for both of you",
                    (false, Seat::Onlooker) => "on the one calendar seen",
                    (false, _) => "on your calendar",
                };
                let weeks = count(slot.of, "week", "weeks");
                format!(
                    "{} was free {whom} in {} of {weeks}.",
                    clean(&slot.words()),
                    slot.free
                )
            }),
    );
    said
}

/// One sentence the manager could say, without quotation marks.
pub(crate) fn say(report: &Report, pair: &Pair) -> Option<String> {
    let said = pair.repair.as_ref()?.say.as_deref().map(clean)?;
    (seat(report, pair) == Seat::Manager && !said.is_empty()).then_some(said)
}
