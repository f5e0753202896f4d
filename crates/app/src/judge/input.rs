//! The JSON of `rules judge` → cases of the ledger and sequences of the signal.

use super::field::{Field, JudgeError, Object};
use jiff::tz::{Offset, TimeZone};
use serde_json::Value;
use steadfast_calendar::{Instant, Slot};
use steadfast_ledger::case::{
    Absence, Actor, ActorEvidence, Away, Case, Change, ChangeTime, ManagerSays, ReportSays, Who,
};
use steadfast_signal::Kind;

/// What one document asks.
pub(super) struct Asked {
    /// Cases by name, in the document's order.
    pub(super) cases: Vec<(String, Case)>,
    /// Sequences, in the document's order.
    pub(super) sequences: Vec<Sequence>,
}

/// A sequence of eligible occurrences of one pair.
pub(super) struct Sequence {
    /// Which signal.
    pub(super) kind: Kind,
    /// Oldest first.
    pub(super) events: Vec<Happened>,
}

/// One eligible occurrence.
pub(super) struct Happened {
    /// Whether it was a disruption, or a loss.
    pub(super) happened: bool,
    /// The probability that the manager's side did it.
    pub(super) q: f64,
}

/// Two thousand years either way: far beyond any calendar, well within the arithmetic.
const MOST_MINUTES: i64 = 1_051_200_000;
/// A thousand years.
const MOST_CADENCE_DAYS: i64 = 366_000;
/// No place on earth is further from UTC.
const MOST_OFFSET_MINUTES: i64 = 24 * 60 - 1;

const CASE_FIELDS: &[&str] = &[
    "name",
    "promised",
    "held",
    "cadence_days",
    "next_promised",
    "previous_promised",
    "report_utc_offset_minutes",
    "changes",
    "replacement",
    "absences",
    "report_says",
    "manager_says",
];

pub(super) fn read(text: &str) -> Result<Asked, JudgeError> {
    let value: Value = serde_json::from_str(text).map_err(|error| JudgeError::NotJson {
        line: error.line(),
        column: error.column(),
        problem: error
            .to_string()
            .split(" at line ")
            .next()
            .unwrap_or_default()
            .to_owned(),
    })?;
    let document = Field::whole(&value).object(&["cases", "sequences"])?;
    let cases = document
        .list("cases")?
        .into_iter()
        .enumerate()
        .map(|(index, field)| case(index, &field))
        .collect::<Result<_, _>>()?;
    let sequences = document
        .list("sequences")?
        .into_iter()
        .enumerate()
        .map(|(index, field)| sequence(&field.called(format!("sequence {}", index + 1))))
        .collect::<Result<_, _>>()?;
    Ok(Asked { cases, sequences })
}

fn case(index: usize, field: &Field<'_>) -> Result<(String, Case), JudgeError> {
    let place = format!("case {}", index + 1);
    let field = field.clone().called(place.clone());
    let name = field
        .object(CASE_FIELDS)?
        .required("name")?
        .text()?
        .to_owned();
    // From here on errors tell the name too.
    let case = field
        .called(format!("{place} {name:?}"))
        .object(CASE_FIELDS)?;
    let offset = case
        .optional("report_utc_offset_minutes")
        .map_or(Ok(0), |field| {
            field.integer(-MOST_OFFSET_MINUTES, MOST_OFFSET_MINUTES)
        })?;
    // Must be said: leaving it out by mistake would read as a cancellation.
    case.required("held")?;
    let judged = Case {
        promised: slot(&case.required("promised")?, Length::Some)?,
        held: case
            .optional("held")
            .map(|field| slot(&field, Length::Any))
            .transpose()?,
        cadence_days: case
            .required("cadence_days")?
            .integer(1, MOST_CADENCE_DAYS)?,
        next_promised: moment_of(&case, "next_promised")?,
        previous_promised: moment_of(&case, "previous_promised")?,
        report_zone: zone(offset),
        changes: each(&case, "changes", change)?,
        replacement: case
            .optional("replacement")
            .map(|field| slot(&field, Length::Any))
            .transpose()?,
        absences: each(&case, "absences", absence)?,
        report_says: case
            .optional("report_says")
            .map(|field| {
                field.word(&[
                    ("asked", ReportSays::Asked),
                    ("agreed", ReportSays::Agreed),
                    ("held", ReportSays::Held),
                    ("no_manager", ReportSays::NoManager),
                    ("no_me", ReportSays::NoMe),
                    ("not_held", ReportSays::NotHeld),
                ])
            })
            .transpose()?,
        manager_says: case
            .optional("manager_says")
            .map(|field| {
                field.word(&[("agreed", ManagerSays::Agreed), ("held", ManagerSays::Held)])
            })
            .transpose()?,
        unknown_because: None,
        open: false,
    };
    Ok((name, judged))
}

fn each<T>(
    case: &Object<'_>,
    name: &str,
    read: fn(&Field<'_>) -> Result<T, JudgeError>,
) -> Result<Vec<T>, JudgeError> {
    case.list(name)?.iter().map(read).collect()
}

fn change(field: &Field<'_>) -> Result<Change, JudgeError> {
    let change = field.object(&["at", "slot_start_before", "actor"])?;
    let who = change.required("actor")?.word(&[
        ("manager", Who::Manager),
        ("delegate", Who::Delegate),
        ("report", Who::Report),
        ("plan", Who::Plan),
        ("automation", Who::Automation),
        ("unknown", Who::Unknown),
    ])?;
    Ok(Change {
        at: Some(ChangeTime::exactly(moment(&change.required("at")?)?)),
        slot_start_before: moment(&change.required("slot_start_before")?)?,
        // Given, not inferred: as sure as an audit log.
        actor: Actor {
            who,
            evidence: ActorEvidence::AuditLog,
            confidence: 1.0,
        },
    })
}

fn absence(field: &Field<'_>) -> Result<Absence, JudgeError> {
    let absence = field.object(&["who", "start", "end"])?;
    let who = absence.required("who")?.word(&[
        ("manager", Away::Manager),
        ("report", Away::Report),
        ("holiday", Away::Holiday),
    ])?;
    let (start, end) = (
        moment(&absence.required("start")?)?,
        moment(&absence.required("end")?)?,
    );
    if end < start {
        return Err(field.error("ends before it starts"));
    }
    Ok(Absence {
        who,
        slot: Slot::new(start, end),
    })
}

/// Whether a slot must have a length.
#[derive(Clone, Copy, PartialEq)]
enum Length {
    Some,
    Any,
}

fn slot(field: &Field<'_>, length: Length) -> Result<Slot, JudgeError> {
    let [start, end] = field.two("[start, end] in minutes")?;
    let (start, end) = (moment(&start)?, moment(&end)?);
    if end < start {
        return Err(field.error("ends before it starts"));
    }
    if end == start && length == Length::Some {
        return Err(field.error("has no length"));
    }
    Ok(Slot::new(start, end))
}

fn moment_of(case: &Object<'_>, name: &str) -> Result<Option<Instant>, JudgeError> {
    case.optional(name).map(|field| moment(&field)).transpose()
}

/// Minute 0 is 5 January 1970, the first Monday of the epoch.
fn moment(field: &Field<'_>) -> Result<Instant, JudgeError> {
    let minutes = field.integer(-MOST_MINUTES, MOST_MINUTES)?;
    Ok(Instant::from_seconds(4 * 86_400).plus_minutes(minutes))
}

fn zone(offset_minutes: i64) -> TimeZone {
    i32::try_from(offset_minutes * 60)
        .ok()
        .and_then(|seconds| Offset::from_seconds(seconds).ok())
        .map_or(TimeZone::UTC, TimeZone::fixed)
}

fn sequence(field: &Field<'_>) -> Result<Sequence, JudgeError> {
    let sequence = field.object(&["kind", "events"])?;
    let kind = sequence
        .required("kind")?
        .word(&[("disruption", Kind::Disruption), ("loss", Kind::Loss)])?;
    let events = sequence
        .required("events")?
        .list()?
        .map(|event| {
            let [happened, q] = event.two("[0 or 1, q]")?;
            Ok(Happened {
                happened: happened.integer(0, 1)? == 1,
                q: q.number(0.0, 1.0)?,
            })
        })
        .collect::<Result<_, JudgeError>>()?;
    Ok(Sequence { kind, events })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(text: &str) -> String {
        read(text)
            .err()
            .map_or_else(String::new, |error| error.to_string())
    }

    fn case_with(fields: &str) -> String {
        format!(
            r#"{{"cases": [{{"name": "a", "promised": [0, 30], "held": [0, 30], "cadence_days": 7}},
               {{"name": "b", {fields}}}]}}"#
        )
    }

    #[test]
    fn an_error_tells_which_case_and_which_field() {
        let rest = r#""promised": [0, 30], "held": null, "cadence_days": 7"#;
        for (fields, error) in [
            (
                r#""promised": [0, 30], "cadence_days": 7"#.to_owned(),
                r#"case 2 "b": held: missing"#,
            ),
            (
                r#""promised": [0, 30], "held": [0], "cadence_days": 7"#.to_owned(),
                r#"case 2 "b": held: expected [start, end] in minutes, found a list of 1"#,
            ),
            (
                r#""promised": [30, 0], "held": null, "cadence_days": 7"#.to_owned(),
                r#"case 2 "b": promised: ends before it starts"#,
            ),
            (
                r#""promised": [0, 0], "held": null, "cadence_days": 7"#.to_owned(),
                r#"case 2 "b": promised: has no length"#,
            ),
            (
                r#""promised": [0, 30.5], "held": null, "cadence_days": 7"#.to_owned(),
                r#"case 2 "b": promised: expected a whole number from -1051200000 to 1051200000, found 30.5"#,
            ),
            (
                r#""promised": [0, 30], "held": null, "cadence_days": 0"#.to_owned(),
                r#"case 2 "b": cadence_days: expected a whole number from 1 to 366000, found 0"#,
            ),
            (
                format!(r#"{rest}, "report_say": "asked""#),
                "case 2: unknown field \"report_say\"; known are name, promised, held, cadence_days, next_promised, \
                 previous_promised, report_utc_offset_minutes, changes, replacement, absences, report_says, manager_says",
            ),
            (
                format!(r#"{rest}, "report_says": "no""#),
                r#"case 2 "b": report_says: expected one of asked, agreed, held, no_manager, no_me, not_held, found "no""#,
            ),
            (
                format!(
                    r#"{rest}, "changes": [{{"at": 0, "slot_start_before": 0, "actor": "plan"}}, {{"at": 0, "actor": "plan"}}]"#
                ),
                r#"case 2 "b": changes 2: slot_start_before: missing"#,
            ),
            (
                format!(r#"{rest}, "absences": [{{"who": "holiday", "start": 5, "end": 4}}]"#),
                r#"case 2 "b": absences 1: ends before it starts"#,
            ),
        ] {
            assert_eq!(refused(&case_with(&fields)), error);
        }
    }

    #[test]
    fn an_error_outside_the_cases_tells_where_too() {
        for (text, error) in [
            ("[]", "the document: expected an object, found a list of 0"),
            (
                r#"{"case": []}"#,
                r#"the document: unknown field "case"; known are cases, sequences"#,
            ),
            (r#"{"cases": 3}"#, "cases: expected a list, found 3"),
            (r#"{"cases": [3]}"#, "case 1: expected an object, found 3"),
            (r#"{"cases": [{}]}"#, "case 1: name: missing"),
            (
                r#"{"sequences": [{"kind": "loss", "events": [[1, 1], [2, 1]]}]}"#,
                "sequence 1: events 2: expected a whole number from 0 to 1, found 2",
            ),
            (
                r#"{"sequences": [{"kind": "loss", "events": [[1, 1.5]]}]}"#,
                "sequence 1: events 1: expected a number from 0 to 1, found 1.5",
            ),
            (
                r#"{"sequences": [{"kind": "moves", "events": []}]}"#,
                "sequence 1: kind: expected one of disruption, loss, found \"moves\"",
            ),
        ] {
            assert_eq!(refused(text), error);
        }
        assert_eq!(
            refused("{\n\"cases\": [}"),
            "line 2, column 11: not JSON: expected value"
        );
    }
}
