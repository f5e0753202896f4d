//! The worked examples of `vectors/measure.json`, each block at the tolerance it is stated to.

#![expect(
    clippy::unwrap_used,
    reason = "a vector that cannot be read must stop the test"
)]

use serde_json::Value;
use steadfast_signal::displaced_by::{Candidate, displaced_by};
use steadfast_signal::fairness::fairness;
use steadfast_signal::head_to_head::HeadToHead;
use steadfast_signal::ladder::{keeps_its_time, strengths};
use steadfast_signal::rates::{Share, compare};
use steadfast_signal::{Kind, read};

const EXACT: f64 = 1e-9;
const ROUNDED: f64 = 1e-6;

fn block(name: &str) -> Value {
    let all: Value = serde_json::from_str(include_str!("../../../vectors/measure.json")).unwrap();
    all[name].clone()
}

fn list(value: &Value) -> &[Value] {
    value.as_array().unwrap()
}

fn number(value: &Value) -> f64 {
    value.as_f64().unwrap()
}

fn count(value: &Value) -> u32 {
    u32::try_from(value.as_u64().unwrap()).unwrap()
}

#[track_caller]
fn near(got: f64, want: &Value, tolerance: f64, what: &str) {
    let want = number(want);
    assert!(
        (got - want).abs() <= tolerance,
        "{what}: got {got}, want {want}"
    );
}

#[test]
fn every_step_of_every_sequence_reads_as_stated() {
    let sequences = block("sequences");
    assert!(list(&sequences).len() >= 19);
    for (index, sequence) in list(&sequences).iter().enumerate() {
        let kind = match sequence["kind"].as_str().unwrap() {
            "disruption" => Kind::Disruption,
            "loss" => Kind::Loss,
            other => panic!("unknown kind {other}"),
        };
        let events = list(&sequence["events"])
            .iter()
            .map(|event| (count(&event[0]) == 1, number(&event[1])));
        let reading = read(kind, events);
        let trace = list(&sequence["trace"]);
        assert_eq!(reading.trace.len(), trace.len());
        for (place, (step, want)) in reading.trace.iter().zip(trace).enumerate() {
            let what = format!("sequence {index}, occurrence {}", place + 1);
            near(step.a, &want["a"], EXACT, &what);
            near(step.b, &want["b"], EXACT, &what);
            near(step.probability, &want["probability"], EXACT, &what);
            assert_eq!(step.band.as_str(), want["band"].as_str().unwrap(), "{what}");
            assert_eq!(step.streak, count(&want["streak"]) as usize, "{what}");
        }
    }
}

#[test]
fn what_displaced_it_is_weighed_as_stated() {
    for case in list(&block("displaced_by")) {
        let minutes = |value: &Value| value.as_i64().unwrap();
        let events = list(&case["events"]);
        let candidates: Vec<Candidate> = events
            .iter()
            .map(|event| Candidate {
                start: minutes(&event["start"]),
                end: minutes(&event["end"]),
                appeared: Some(minutes(&event["appeared"])),
            })
            .collect();
        let slot = (minutes(&case["slot"][0]), minutes(&case["slot"][1]));
        let found = displaced_by(slot, minutes(&case["change_at"]), &candidates);
        for (event, probability) in events.iter().zip(&found.candidates) {
            let id = event["id"].as_str().unwrap();
            near(*probability, &case["expect"][id], ROUNDED, id);
        }
        near(found.none, &case["expect"]["none"], ROUNDED, "none");
    }
}

#[test]
fn rates_differ_by_more_than_a_tenth_as_stated() {
    let vectors = block("rate_difference_over_0_10");
    assert!(!list(&vectors).is_empty());
    for vector in list(&vectors) {
        let share = |side: &str| Share::counted(count(&vector[side][0]), count(&vector[side][1]));
        let found = compare(share("one_on_one"), share("other"));
        near(
            found.probability,
            &vector["probability"],
            EXACT,
            &vector.to_string(),
        );
    }
}

#[test]
fn giving_way_is_as_likely_as_stated() {
    let vectors = block("gave_way");
    assert!(!list(&vectors).is_empty());
    for vector in list(&vectors) {
        let found = HeadToHead::new(count(&vector["gave_way"]), count(&vector["conflicts"]));
        near(
            found.probability,
            &vector["probability"],
            EXACT,
            &vector.to_string(),
        );
    }
}

#[test]
fn the_ladder_stands_as_stated() {
    let vector = block("ladder");
    let wins: Vec<Vec<u32>> = list(&vector["wins"])
        .iter()
        .map(|row| list(row).iter().map(count).collect())
        .collect();
    let found = strengths(&wins);
    for ((class, strength), want) in list(&vector["classes"])
        .iter()
        .zip(&found)
        .zip(list(&vector["strengths"]))
    {
        near(*strength, want, ROUNDED, &class.to_string());
    }
    let [reports, _, _, executive, _] = found[..] else {
        panic!("five classes")
    };
    assert!((keeps_its_time(executive, reports) - 0.9333).abs() < 5e-5);
}

fn weeks(observed: &Value) -> Vec<Vec<Option<bool>>> {
    let cell = |value: &Value| value.as_u64().map(|disrupted| disrupted == 1);
    list(observed)
        .iter()
        .map(|report| list(report).iter().map(cell).collect())
        .collect()
}

#[test]
fn fairness_expects_and_permutes_as_stated() {
    let vector = block("fairness");
    let found = fairness(&weeks(&vector["observed"]), 1).unwrap();
    for (standing, want) in found
        .standings
        .iter()
        .zip(list(&vector["observed_minus_expected_and_z"]))
    {
        near(
            f64::from(standing.observed) - standing.expected,
            &want[0],
            ROUNDED,
            "observed - expected",
        );
        near(standing.z, &want[1], ROUNDED, "z");
    }

    let small = &vector["exact_permutation"];
    let found = fairness(&weeks(&small["observed"]), 1).unwrap();
    near(found.max_z, &small["max_z"], ROUNDED, "max z");
    let p = number(&small["p"][0]) / number(&small["p"][1]);
    assert!(found.exact && (found.p - p).abs() < EXACT, "p {}", found.p);
}
