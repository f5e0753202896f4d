//! The reason of a verdict in a few plain words: "moved by a day, one day before".
//!
//! Kind and exact. It names nobody (the reader of a verdict adds who, where the evidence says so), and says "when
//! is not known" rather than nothing.

use super::{
    no_show::{self, Tap},
    notice::Given,
    place::Place,
    skipped::{self, Into},
};
use crate::{
    case::{ActorEvidence, Case, UnknownBecause},
    verdict::{Cut, Excuse, Outcome},
};
use std::borrow::Cow;
use steadfast_calendar::Slot;

/// What the words are made of.
pub(super) struct Told<'a> {
    /// The case.
    pub(super) case: &'a Case,
    /// What the calendar alone says.
    pub(super) on_calendar: Outcome,
    /// What came of it.
    pub(super) outcome: Outcome,
    /// The slot it was finally held in, replacement included.
    pub(super) held: Option<Slot>,
    /// Whether it was made good.
    pub(super) made_good: bool,
    /// What was cut.
    pub(super) cut: Option<Cut>,
    /// The notice of the deciding change.
    pub(super) notice: Option<Given>,
    /// The excuse.
    pub(super) excused: Option<Excuse>,
}

/// The words, joined by commas.
pub(super) fn words(told: &Told<'_>) -> Cow<'static, str> {
    let what = what(told);
    let cut = told
        .case
        .held
        .filter(|_| told.cut.is_some() && !told.made_good);
    let more: Vec<String> = [
        cut.map(|held| cut_words(told.case, held)),
        when(told),
        afterwards(told),
        told.excused.map(|excuse| excuse_words(excuse).to_owned()),
    ]
    .into_iter()
    .flatten()
    .collect();
    // Most stood as promised, and a calendar may hold a million of them: no text of its own for each.
    if more.is_empty() {
        return what;
    }
    format!("{what}, {}", more.join(", ")).into()
}

/// Whether it has no slot because one of the two said no.
fn was_declined(case: &Case) -> bool {
    let last = case.changes.last();
    last.is_some_and(|change| change.actor.evidence == ActorEvidence::SchedulingMessage)
}

/// What became of it on the calendar.
fn what(told: &Told<'_>) -> Cow<'static, str> {
    let case = told.case;
    match told.outcome {
        Outcome::Open => return "still to come".into(),
        Outcome::Unknown => return unknown_words(case.unknown_because).into(),
        _ => {}
    }
    let Some(held) = case.held else {
        return match told.on_calendar {
            Outcome::Missing => "expected by the cadence, never on the calendar",
            _ if was_declined(case) => "declined",
            _ => "taken off the calendar",
        }
        .into();
    };
    let place = Place::new(case, held);
    match told.on_calendar {
        Outcome::Kept if case.changes.len() > 1 => "changed, and back in its place".into(),
        Outcome::Kept if told.cut.is_some() => "kept its time".into(),
        Outcome::Kept => "stood as promised".into(),
        Outcome::Skipped => match skipped::folded(&place) {
            Some(Into::Previous) => "moved into the place of the previous one",
            Some(Into::FarBefore) => "brought forward by more than a cadence",
            Some(Into::Next) | None => "moved into the place of the next one",
        }
        .into(),
        Outcome::Nudged => format!("{} the same day", shift(&place)).into(),
        Outcome::Slipped => format!("slipped by {}", distance(&place)).into(),
        _ if place.late_seconds() < 0 => format!("brought forward by {}", distance(&place)).into(),
        _ => format!("moved by {}", distance(&place)).into(),
    }
}

/// When it was changed, where it was.
fn when(told: &Told<'_>) -> Option<String> {
    let unsettled = matches!(
        told.outcome,
        Outcome::Unknown | Outcome::NoShow | Outcome::Open
    );
    if told.case.changes.is_empty() || unsettled {
        return None;
    }
    // Coming back to its place is not worth a date.
    if told.on_calendar == Outcome::Kept && told.cut.is_none() && !told.made_good {
        return None;
    }
    Some(match told.notice {
        None => "when is not known".to_owned(),
        Some(given) => notice_words(given),
    })
}

/// What was said or done after it.
fn afterwards(told: &Told<'_>) -> Option<String> {
    if told.made_good {
        let held = told.held?;
        let place = Place::new(told.case, held);
        let tapped = no_show::takes_a_tap(told.on_calendar)
            .then(|| no_show::tap(told.case.report_says))
            .flatten();
        let said = tapped.map_or(String::new(), |tap| format!("{}, ", tap_words(tap)));
        let cut = told.cut.map_or(String::new(), |_| {
            format!(", {}", cut_words(told.case, held))
        });
        return Some(format!("{said}made good {}{cut}", made_good_words(&place)));
    }
    let lost = !no_show::takes_a_tap(told.on_calendar);
    match told.outcome {
        Outcome::NoShow => no_show::tap(told.case.report_says).map(|tap| {
            let replaced = if lost { "replaced, and " } else { "" };
            format!("{replaced}{}", tap_words(tap))
        }),
        Outcome::Disputed => Some("one says it took place, the other that it did not".to_owned()),
        Outcome::Kept if super::held_by_both::fits(told.case) && was_lost(told) => {
            Some("both say it took place".to_owned())
        }
        _ => None,
    }
}

fn was_lost(told: &Told<'_>) -> bool {
    let cut = told
        .case
        .held
        .and_then(|held| super::cut::of(told.case.promised, held));
    super::loss::lost(told.on_calendar, cut)
}

fn made_good_words(place: &Place<'_>) -> String {
    match days_between(place) {
        0 if place.late_seconds() == 0 => "in the very slot".to_owned(),
        0 => "the same day".to_owned(),
        1 => "the day after".to_owned(),
        -1 => "the day before".to_owned(),
        days if days < 0 => format!("{} days before", number(-days)),
        days => format!("{} days later", number(days)),
    }
}

const fn tap_words(tap: Tap) -> &'static str {
    match tap {
        Tap::NoManager => "the report says the manager did not come",
        Tap::NotHeld => "the report says it did not take place",
        Tap::NoMe => "the report says they could not come",
    }
}

const fn excuse_words(excuse: Excuse) -> &'static str {
    match excuse {
        Excuse::Report => "from the report's side",
        Excuse::Mutual => "both agreed",
        Excuse::LeaveManager => "the manager was on leave",
        Excuse::LeaveReport => "the report was on leave",
        Excuse::Holiday => "a public holiday",
        Excuse::Plan => "by a plan both accepted",
        Excuse::Leave => "one of the two was on leave",
    }
}

const fn unknown_words(because: Option<UnknownBecause>) -> &'static str {
    match because {
        Some(UnknownBecause::RemovedAfterwards) => {
            "gone, but only known to be gone after it should have ended"
        }
        Some(UnknownBecause::SidesDisagree) => "the two calendars contradict each other",
        Some(UnknownBecause::HandedOn) => {
            "the series was with somebody else, and until when is not said"
        }
        Some(UnknownBecause::CalledOff) => {
            "its series was cancelled as a whole, and whether this one was too is not said"
        }
        Some(UnknownBecause::Gap) | None => "nothing was seen of the calendar around it",
    }
}

fn cut_words(case: &Case, held: Slot) -> String {
    format!(
        "cut to {} of {} minutes",
        held.minutes(),
        case.promised.minutes()
    )
}

fn notice_words(given: Given) -> String {
    match given.range() {
        _ if given.most < 0 => "after it should have begun".to_owned(),
        Some((least, most)) if least < 0 => format!("at most {} before", span(most)),
        Some((least, most)) => format!("between {} and {} before", span(least), span(most)),
        None if given.most == 0 => "as it should have begun".to_owned(),
        None => format!("{} before", span(given.most)),
    }
}

/// "20 minutes later".
fn shift(place: &Place<'_>) -> String {
    let late = place.late_seconds();
    let direction = if late < 0 { "earlier" } else { "later" };
    format!("{} {direction}", span(late.abs() / 60))
}

/// "a day", "four hours".
fn distance(place: &Place<'_>) -> String {
    match days_between(place).abs() {
        // Within two hours on one day it is nudged, and told to the minute.
        0 => hours_or_less(place.late_seconds().abs() / 60),
        1 => "a day".to_owned(),
        days => format!("{} days", number(days)),
    }
}

fn days_between(place: &Place<'_>) -> i64 {
    place
        .promised_day()
        .duration_until(place.day())
        .as_hours()
        .div_euclid(24)
}

const HOUR: i64 = 60;
const HALF_AN_HOUR: i64 = HOUR / 2;
const DAY: i64 = 24 * HOUR;
const A_DAY_AND_A_HALF: i64 = DAY + DAY / 2;
const TWO_DAYS: i64 = 2 * DAY;

/// Notice as people say it, never longer than it was: what has begun of an hour or a day was not given.
fn span(minutes: i64) -> String {
    match minutes {
        ..120 => minutes_or_hour(minutes),
        120..DAY => format!("{} hours", number(minutes / HOUR)),
        DAY..A_DAY_AND_A_HALF => "one day".to_owned(),
        A_DAY_AND_A_HALF..TWO_DAYS => "a day and a half".to_owned(),
        _ => format!("{} days", number(minutes / DAY)),
    }
}

/// How far something was moved within a day, rounded to the nearest half hour.
fn hours_or_less(minutes: i64) -> String {
    match minutes {
        ..120 => minutes_or_hour(minutes),
        _ => match nearest(minutes, HALF_AN_HOUR) {
            48.. => "nearly a day".to_owned(),
            halves if halves % 2 == 1 => format!("{} and a half hours", number(halves / 2)),
            halves => format!("{} hours", number(halves / 2)),
        },
    }
}

/// Less than two hours, to the minute.
fn minutes_or_hour(minutes: i64) -> String {
    match minutes {
        1 => "one minute".to_owned(),
        HOUR => "one hour".to_owned(),
        90 => "an hour and a half".to_owned(),
        _ => format!("{} minutes", number(minutes)),
    }
}

/// How many of `unit`; a half rounds down.
const fn nearest(minutes: i64, unit: i64) -> i64 {
    minutes / unit + if minutes % unit > unit / 2 { 1 } else { 0 }
}

/// Numbers up to twelve in words, as people write them.
fn number(n: i64) -> String {
    const WORDS: [&str; 13] = [
        "no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
        "eleven", "twelve",
    ];
    usize::try_from(n)
        .ok()
        .and_then(|n| WORDS.get(n))
        .map_or_else(|| n.to_string(), |word| (*word).to_owned())
}

#[cfg(test)]
#[test]
fn notice_is_never_longer_than_it_was() {
    for (minutes, words) in [
        (0, "no minutes"),
        (1, "one minute"),
        (81, "81 minutes"),
        (90, "an hour and a half"),
        (119, "119 minutes"),
        (225, "three hours"),
        (1430, "23 hours"),
        (1440, "one day"),
        (2100, "one day"),
        (2160, "a day and a half"),
        (2870, "a day and a half"),
        (4277, "two days"),
        (10_000, "six days"),
        (10_080, "seven days"),
        (12_420, "eight days"),
        (i64::MAX, "6405119470038038 days"),
    ] {
        assert_eq!(span(minutes), words, "{minutes}");
    }
}

#[cfg(test)]
#[test]
fn the_reason_is_told_in_a_few_plain_words() {
    use super::check::{judged, judged_missing};
    for (facts, words) in [
        ("", "stood as promised"),
        (
            "held wed 10:00; changed manager 1d before",
            "moved by a day, one day before",
        ),
        (
            "held mon 10:00; changed manager 3d before",
            "brought forward by a day, three days before",
        ),
        (
            "held tue 14:30; changed manager 90m before",
            "moved by four and a half hours, an hour and a half before",
        ),
        (
            "held tue 10:20; changed manager 30m before",
            "20 minutes later the same day, 30 minutes before",
        ),
        (
            "held next mon 10:00; changed manager 8d before",
            "slipped by six days, eight days before",
        ),
        (
            "held next tue 11:00; changed manager 1d before",
            "moved into the place of the next one, one day before",
        ),
        (
            "held tue 10:00 for 10m; changed manager 1d before",
            "kept its time, cut to 10 of 30 minutes, one day before",
        ),
        (
            "gone; changed unknown at an unknown time",
            "taken off the calendar, when is not known",
        ),
        ("gone", "taken off the calendar"),
        (
            "gone; changed manager tue 10:10",
            "taken off the calendar, after it should have begun",
        ),
        (
            "gone; changed report 1d before",
            "taken off the calendar, one day before, from the report's side",
        ),
        (
            "gone; changed manager between 1h and 1d before",
            "taken off the calendar, between one hour and one day before",
        ),
        (
            "gone; changed manager 1d before; replaced thu 10:00 for 20m",
            "taken off the calendar, one day before, made good two days later, cut to 20 of 30 minutes",
        ),
        (
            "gone; changed manager 1d before; report says held; manager says held",
            "taken off the calendar, one day before, both say it took place",
        ),
        (
            "held wed 10:00; changed manager 1d before; report says no_manager",
            "moved by a day, the report says the manager did not come",
        ),
        (
            "gone; changed manager 1d before; replaced thu 10:00; report says not_held",
            "taken off the calendar, replaced, and the report says it did not take place",
        ),
        (
            "replaced thu 10:00; report says no_manager",
            "stood as promised, the report says the manager did not come, made good two days later",
        ),
        (
            "report says no_manager; manager says held",
            "stood as promised, one says it took place, the other that it did not",
        ),
        ("unknown gap", "nothing was seen of the calendar around it"),
        ("open", "still to come"),
        (
            "open; held thu 10:00; changed report 2d before",
            "still to come",
        ),
        (
            "gone; changed manager 1d before; away holiday tue 0:00 to wed 0:00",
            "taken off the calendar, one day before, a public holiday",
        ),
    ] {
        assert_eq!(judged(facts).because, words, "{facts}");
    }
    assert_eq!(
        judged_missing("").because,
        "expected by the cadence, never on the calendar"
    );
}
