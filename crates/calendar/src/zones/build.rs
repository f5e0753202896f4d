//! A VTIMEZONE made into a zone of the time zone library, so that everything downstream knows one kind of zone.

use super::{
    definition::{Definition, Observance},
    onsets::onsets,
    tzif,
};
use crate::reader::value::utc_seconds;
use jiff::{civil::DateTime, tz::TimeZone};

/// Transitions of one zone. Two a year from 1965 to 2100 are 272, a full history since 1900 some 400.
pub(super) const MOST_TRANSITIONS: usize = 1_000;

/// From one moment on, one offset.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Transition {
    /// Seconds since 1970.
    pub(super) at: i64,
    /// Seconds east of UTC from then on.
    pub(super) offset: i32,
    /// Summer time.
    pub(super) daylight: bool,
}

/// What a definition amounts to.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Plan {
    /// Offset before the first transition.
    pub(super) initial: i32,
    /// In order of time.
    pub(super) transitions: Vec<Transition>,
    /// Until when the definition says anything; `None` without limit.
    pub(super) until: Option<i64>,
}

/// The zone a definition describes, with what was odd; `None` when nothing in it can be used.
pub(super) fn zone(definition: &Definition) -> (Option<(TimeZone, Plan)>, Vec<String>) {
    let mut oddities = Vec::new();
    let built = plan(definition, &mut oddities).and_then(|plan| {
        let zone = TimeZone::tzif("", &tzif::bytes(&plan)?).ok()?;
        Some((zone, plan))
    });
    if built.is_none() {
        oddities.push("nothing in it tells an offset; it was not used".to_owned());
    }
    (built, oddities)
}

fn plan(definition: &Definition, oddities: &mut Vec<String>) -> Option<Plan> {
    let mut transitions = Vec::new();
    let mut initial: Option<(i64, i32)> = None;
    let mut endless = false;
    for observance in &definition.observances {
        let Some(to) = observance.to else {
            oddities.push("an observance without a readable TZOFFSETTO was left out".to_owned());
            continue;
        };
        let from = observance.offset_before();
        let mut civil: Vec<DateTime> = observance
            .start
            .iter()
            .chain(&observance.dates)
            .filter_map(|said| observance.local(*said))
            .collect();
        if civil.is_empty() {
            oddities.push("an observance without a readable DTSTART was left out".to_owned());
            continue;
        }
        endless |= expand(observance, &mut civil, oddities);
        for local in civil {
            let at = utc_seconds(local) - i64::from(from);
            if initial.is_none_or(|(first, _)| at < first) {
                initial = Some((at, from));
            }
            transitions.push(Transition {
                at,
                offset: to,
                daylight: observance.daylight,
            });
        }
        if transitions.len() > MOST_TRANSITIONS {
            oddities.push(format!("it has more than {MOST_TRANSITIONS} changes"));
            return None;
        }
    }
    let (_, initial) = initial?;
    // A rule's first onset is its DTSTART again. Of several at one moment standard time is taken: Outlook lets both set in on 1601-01-01.
    transitions.sort_by_key(|transition| (transition.at, !transition.daylight));
    transitions.dedup_by(|later, kept| {
        let same = later.at == kept.at;
        if same {
            *kept = *later;
        }
        same
    });
    let transitions = in_step(initial, transitions);
    let until = match definition.until {
        Some(until) => Some(utc_seconds(until)),
        None if endless || definition.observances.len() == 1 => None,
        None => transitions.last().map(|last| last.at),
    };
    Some(Plan {
        initial,
        transitions,
        until,
    })
}

/// Adds what the observance's rules give; tells whether one of them never ends.
fn expand(observance: &Observance, civil: &mut Vec<DateTime>, oddities: &mut Vec<String>) -> bool {
    let Some(start) = observance.start.and_then(|said| observance.local(said)) else {
        return false;
    };
    let mut endless = false;
    for rule in &observance.rules {
        match onsets(rule, observance, start) {
            Ok(found) => {
                endless |= found.last().is_some_and(|last| last.year() >= 2_090);
                civil.extend(found);
                if civil.len() > MOST_TRANSITIONS {
                    break;
                }
            }
            Err(error) => {
                oddities.push(format!(
                    "RRULE \"{}\" {error}; it was left out",
                    crate::reader::text::excerpt(rule.as_bytes())
                ));
            }
        }
    }
    endless
}

/// Leaves out what changes nothing, and changes that the clock has not finished the one before: the library wants
/// local times of transitions in order.
fn in_step(initial: i32, transitions: Vec<Transition>) -> Vec<Transition> {
    let mut kept: Vec<Transition> = Vec::with_capacity(transitions.len());
    let mut offset = initial;
    let mut clock = i64::MIN;
    for transition in transitions {
        let (before, after) = (
            transition.at + i64::from(offset),
            transition.at + i64::from(transition.offset),
        );
        if transition.offset != offset && before.min(after) > clock {
            clock = before.max(after);
            offset = transition.offset;
            kept.push(transition);
        }
    }
    kept
}
