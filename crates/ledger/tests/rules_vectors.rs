//! The reference cases of `vectors/measure.json` (also reproduced through the JSON border by `rules judge`).
#![expect(
    clippy::unwrap_used,
    reason = "a test may stop where its data is not what it should be"
)]

use jiff::tz::{Offset, TimeZone};
use serde_json::Value;
use steadfast_calendar::{Instant, Slot};
use steadfast_ledger::{
    case::{
        Absence, Actor, ActorEvidence, Away, Case, Change, ChangeTime, ManagerSays, ReportSays, Who,
    },
    rules,
};

const VECTORS: &str = include_str!("../../../vectors/measure.json");

/// Minute 0 is a Monday, 00:00 UTC.
fn moment(minute: &Value) -> Instant {
    Instant::from_seconds(4 * 86_400).plus_minutes(minute.as_i64().unwrap())
}

fn slot(span: &Value) -> Slot {
    Slot::new(moment(&span[0]), moment(&span[1]))
}

fn some(value: &Value) -> Option<&Value> {
    (!value.is_null()).then_some(value)
}

fn case(input: &Value) -> Case {
    let list = |name: &str| input[name].as_array().unwrap().iter();
    let offset = input["report_utc_offset_minutes"].as_i64().unwrap();
    let offset = Offset::from_seconds(i32::try_from(offset * 60).unwrap()).unwrap();
    Case {
        promised: slot(&input["promised"]),
        held: some(&input["held"]).map(slot),
        cadence_days: input["cadence_days"].as_i64().unwrap(),
        next_promised: some(&input["next_promised"]).map(moment),
        previous_promised: some(&input["previous_promised"]).map(moment),
        report_zone: TimeZone::fixed(offset),
        changes: list("changes")
            .map(|change| Change {
                at: Some(ChangeTime::exactly(moment(&change["at"]))),
                slot_start_before: moment(&change["slot_start_before"]),
                actor: Actor {
                    who: who(change["actor"].as_str().unwrap()),
                    evidence: ActorEvidence::AuditLog,
                    confidence: 1.0,
                },
            })
            .collect(),
        replacement: some(&input["replacement"]).map(slot),
        absences: list("absences")
            .map(|absence| Absence {
                who: match absence["who"].as_str() {
                    Some("manager") => Away::Manager,
                    Some("report") => Away::Report,
                    Some("holiday") => Away::Holiday,
                    other => panic!("who is {other:?}"),
                },
                slot: Slot::new(moment(&absence["start"]), moment(&absence["end"])),
            })
            .collect(),
        report_says: input["report_says"].as_str().map(|says| match says {
            "asked" => ReportSays::Asked,
            "agreed" => ReportSays::Agreed,
            "held" => ReportSays::Held,
            "no_manager" => ReportSays::NoManager,
            "no_me" => ReportSays::NoMe,
            "not_held" => ReportSays::NotHeld,
            other => panic!("the report says {other:?}"),
        }),
        manager_says: input["manager_says"].as_str().map(|says| match says {
            "agreed" => ManagerSays::Agreed,
            "held" => ManagerSays::Held,
            other => panic!("the manager says {other:?}"),
        }),
        unknown_because: None,
        open: false,
    }
}

fn who(name: &str) -> Who {
    [
        Who::Manager,
        Who::Delegate,
        Who::Report,
        Who::Plan,
        Who::Automation,
        Who::Unknown,
    ]
    .into_iter()
    .find(|who| who.as_str() == name)
    .unwrap_or_else(|| panic!("who is {name:?}"))
}

#[test]
fn the_reference_cases_are_judged_as_expected() {
    let vectors: Value = serde_json::from_str(VECTORS).unwrap();
    let cases = vectors["cases"].as_array().unwrap();
    assert_eq!(cases.len(), 53);
    for entry in cases {
        let name = entry["input"]["name"].as_str().unwrap();
        let verdict = rules::judge(&case(&entry["input"]));
        let found = serde_json::json!({
            "outcome": verdict.outcome.as_str(),
            "cut": verdict.cut.map(|cut| cut.as_str()),
            "notice": verdict.notice.map(|notice| notice.as_str()),
            "notice_minutes": verdict.notice_minutes,
            "hops": verdict.hops,
            "excused": verdict.excused.map(|excuse| excuse.as_str()),
            "q": verdict.q,
            "disruption": u8::from(verdict.disruption),
            "loss": u8::from(verdict.loss),
            "made_good": verdict.made_good,
        });
        assert_eq!(found, entry["expect"], "{name}: {}", verdict.because);
    }
}
