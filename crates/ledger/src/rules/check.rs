//! Cases as data: facts in a small language, the whole verdict as one line.
//!
//! Facts are separated by `;`, times are the report's wall clock in the week of the promise (`tue 10:00`,
//! `next mon 9:00`, `last fri 15:00`) or dated (`2026-03-24 10:00`). Unless said otherwise: promised on Tuesday at
//! 10:00 UTC for 30 minutes, weekly, and it stood.
//!
//! ```text
//! zone Europe/Paris · promised tue 10:00 [for 30m] · held wed 9:00 [for 20m] · gone · cadence 14
//! next tue 10:00 · no next · previous last tue 10:00
//! changed WHO [unsure 0.7] (2d before | between 1h and 1d before | at an unknown time | mon 9:00) [from wed 10:00]
//! replaced thu 10:00 [for 15m] · away WHO tue 0:00 to wed 0:00 · report says asked · manager says held
//! unknown gap · open
//! ```

use crate::{
    case::{
        Absence, Actor, ActorEvidence, Away, Case, Change, ChangeTime, ManagerSays, ReportSays,
        UnknownBecause, Who,
    },
    rules,
    verdict::Verdict,
};
use jiff::{ToSpan, civil::DateTime, tz::TimeZone};
use steadfast_calendar::{Instant, Slot, When};

/// Monday of the week in which promises lie unless dated.
const WEEK: jiff::civil::Date = jiff::civil::date(2026, 3, 9);

/// Judges each `(name, facts)` and compares the whole verdict with `expected`.
#[track_caller]
pub(crate) fn check(cases: &[(&str, &str, &str)]) {
    for (name, facts, expected) in cases {
        assert_eq!(judged(facts).to_string(), *expected, "{name}: {facts}");
    }
}

/// Like [`check`], for missing ones.
#[track_caller]
pub(crate) fn check_missing(cases: &[(&str, &str, &str)]) {
    for (name, facts, expected) in cases {
        assert_eq!(
            judged_missing(facts).to_string(),
            *expected,
            "{name}: {facts}"
        );
    }
}

pub(crate) fn judged(facts: &str) -> Verdict {
    rules::judge(&case(facts))
}

pub(crate) fn judged_missing(facts: &str) -> Verdict {
    let mut case = case(facts);
    case.held = None;
    rules::judge_missing(&case)
}

/// A moment in UTC.
pub(crate) fn moment(text: &str) -> Instant {
    instant(text, &TimeZone::UTC)
}

/// A slot in UTC.
pub(crate) fn slot(start: &str, minutes: i64) -> Slot {
    let start = moment(start);
    Slot::new(start, start.plus_minutes(minutes))
}

fn case(facts: &str) -> Case {
    let facts: Vec<&str> = facts
        .split(';')
        .map(str::trim)
        .filter(|fact| !fact.is_empty())
        .collect();
    let said = |word: &str| {
        facts
            .iter()
            .find_map(|fact| fact.strip_prefix(word)?.strip_prefix(' '))
            .map(str::trim)
    };
    let zone = said("zone").map_or(TimeZone::UTC, |name| TimeZone::get(name).unwrap());
    let promised = spanning(said("promised").unwrap_or("tue 10:00"), 30, &zone);
    let length = promised.minutes();
    let cadence_days = said("cadence").map_or(7, |days| days.parse().unwrap());
    let next = promised.start.civil(&zone) + cadence_days.days();
    let mut case = Case {
        promised,
        held: Some(promised),
        cadence_days,
        next_promised: Some(When::Floating(next).instant(&zone)),
        previous_promised: None,
        report_zone: zone.clone(),
        changes: Vec::new(),
        replacement: None,
        absences: Vec::new(),
        report_says: None,
        manager_says: None,
        unknown_because: None,
        open: false,
    };
    for fact in facts {
        let (word, rest) = fact.split_once(' ').unwrap_or((fact, ""));
        match word {
            "zone" | "promised" | "cadence" => {}
            "gone" => case.held = None,
            "held" => case.held = Some(spanning(rest, length, &zone)),
            "next" => case.next_promised = Some(instant(rest, &zone)),
            "no" => case.next_promised = None,
            "previous" => case.previous_promised = Some(instant(rest, &zone)),
            "replaced" => case.replacement = Some(spanning(rest, length, &zone)),
            "changed" => case.changes.push(change(rest, promised.start, &zone)),
            "away" => case.absences.push(absence(rest, &zone)),
            "report" => case.report_says = Some(report_says(rest)),
            "manager" => case.manager_says = Some(manager_says(rest)),
            "unknown" => case.unknown_because = Some(unknown_because(rest)),
            "open" => case.open = true,
            _ => panic!("unknown fact {fact:?}"),
        }
    }
    case
}

fn change(text: &str, promised: Instant, zone: &TimeZone) -> Change {
    let (text, slot_start_before) = text
        .split_once(" from ")
        .map_or((text, promised), |(text, from)| (text, instant(from, zone)));
    let (who, mut text) = text.split_once(' ').unwrap();
    let mut confidence = 0.9;
    if let Some(unsure) = text.strip_prefix("unsure ") {
        let (value, rest) = unsure.split_once(' ').unwrap();
        confidence = value.parse().unwrap();
        text = rest;
    }
    let before = |amount: &str| slot_start_before.plus_minutes(-minutes(amount));
    let at = if text == "at an unknown time" {
        None
    } else if let Some(range) = text.strip_prefix("between ") {
        let (least, most) = range
            .strip_suffix(" before")
            .unwrap()
            .split_once(" and ")
            .unwrap();
        Some(ChangeTime {
            earliest: before(most),
            latest: before(least),
        })
    } else if let Some(amount) = text.strip_suffix(" before") {
        Some(ChangeTime::exactly(before(amount)))
    } else {
        Some(ChangeTime::exactly(instant(text, zone)))
    };
    let who = match who {
        "manager" => Who::Manager,
        "delegate" => Who::Delegate,
        "report" => Who::Report,
        "plan" => Who::Plan,
        "automation" => Who::Automation,
        "unknown" => Who::Unknown,
        _ => panic!("who is {who:?}"),
    };
    Change {
        at,
        slot_start_before,
        actor: Actor {
            who,
            evidence: ActorEvidence::OrganizerOnly,
            confidence,
        },
    }
}

fn absence(text: &str, zone: &TimeZone) -> Absence {
    let (who, span) = text.split_once(' ').unwrap();
    let (from, to) = span.split_once(" to ").unwrap();
    Absence {
        who: match who {
            "manager" => Away::Manager,
            "report" => Away::Report,
            "holiday" => Away::Holiday,
            "one_of_the_two" => Away::OneOfTheTwo,
            _ => panic!("who is {who:?}"),
        },
        slot: Slot::new(instant(from, zone), instant(to, zone)),
    }
}

fn report_says(text: &str) -> ReportSays {
    match text {
        "says asked" => ReportSays::Asked,
        "says agreed" => ReportSays::Agreed,
        "says held" => ReportSays::Held,
        "says no_manager" => ReportSays::NoManager,
        "says no_me" => ReportSays::NoMe,
        "says not_held" => ReportSays::NotHeld,
        _ => panic!("report {text:?}"),
    }
}

fn manager_says(text: &str) -> ManagerSays {
    match text {
        "says agreed" => ManagerSays::Agreed,
        "says held" => ManagerSays::Held,
        _ => panic!("manager {text:?}"),
    }
}

fn unknown_because(text: &str) -> UnknownBecause {
    match text {
        "gap" => UnknownBecause::Gap,
        "removed_afterwards" => UnknownBecause::RemovedAfterwards,
        "sides_disagree" => UnknownBecause::SidesDisagree,
        "handed_on" => UnknownBecause::HandedOn,
        "called_off" => UnknownBecause::CalledOff,
        _ => panic!("unknown {text:?}"),
    }
}

fn spanning(text: &str, length: i64, zone: &TimeZone) -> Slot {
    let (start, length) = text
        .split_once(" for ")
        .map_or((text, length), |(start, length)| (start, minutes(length)));
    let start = instant(start, zone);
    Slot::new(start, start.plus_minutes(length))
}

fn instant(text: &str, zone: &TimeZone) -> Instant {
    let (day, clock) = text
        .trim()
        .rsplit_once(' ')
        .unwrap_or_else(|| panic!("no time in {text:?}"));
    let (hour, minute) = clock
        .split_once(':')
        .unwrap_or_else(|| panic!("no clock in {text:?}"));
    let (week, weekday) = match day.split_once(' ') {
        Some(("next", weekday)) => (1, weekday),
        Some(("last", weekday)) => (-1, weekday),
        Some(_) => panic!("no day in {text:?}"),
        None => (0, day),
    };
    let date = match ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
        .iter()
        .position(|name| *name == weekday)
    {
        Some(index) => WEEK + (week * 7 + i64::try_from(index).unwrap()).days(),
        None => day.parse().unwrap(),
    };
    let civil: DateTime = date.at(hour.parse().unwrap(), minute.parse().unwrap(), 0, 0);
    When::Floating(civil).instant(zone)
}

/// `1d2h30m` in minutes.
fn minutes(text: &str) -> i64 {
    let mut total = 0;
    let mut digits = String::new();
    for letter in text.chars() {
        let unit = match letter {
            'd' => 24 * 60,
            'h' => 60,
            'm' => 1,
            _ => {
                digits.push(letter);
                continue;
            }
        };
        total += digits.parse::<i64>().unwrap() * unit;
        digits.clear();
    }
    assert!(digits.is_empty(), "no unit in {text:?}");
    total
}
