//! `rules judge FILE`: try cases and sequences on the rules and the signal. `rules list | explain ID`: what the rules
//! say of themselves. Plain functions from text to text; the command line wires them.

pub mod consequences;
mod field;
mod input;
mod output;
pub mod reference;
pub mod rules_text;

pub use field::JudgeError;
pub use output::{CaseOut, Judged, SequenceOut, StepOut};

use steadfast_ledger::rules;
use steadfast_signal::read;

/// Judges the cases and sequences of one JSON document.
///
/// Times are whole minutes; minute 0 is a Monday, 00:00 UTC. Every listed change counts as a hop and for notice; a
/// case without `held` and without changes is cancelled. Unknown fields are refused: a misspelt one would be judged
/// as if it said nothing.
///
/// # Errors
/// [`JudgeError`] where the text is no JSON, or a field is missing, unknown or of the wrong kind; it says which case
/// and which field.
pub fn judge(text: &str) -> Result<Judged, JudgeError> {
    let asked = input::read(text)?;
    let cases = asked
        .cases
        .into_iter()
        .map(|(name, case)| CaseOut::of(name, &rules::judge(&case)))
        .collect();
    let sequences = asked
        .sequences
        .iter()
        .map(|sequence| {
            let events = sequence.events.iter();
            let reading = read(sequence.kind, events.map(|event| (event.happened, event.q)));
            SequenceOut {
                trace: reading.trace.into_iter().map(StepOut::of).collect(),
            }
        })
        .collect();
    Ok(Judged { cases, sequences })
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::{Value, json};

    const VECTORS: &str = include_str!("../../../../vectors/measure.json");

    /// Only the inputs of the reference vectors, as a user would write them.
    fn inputs(vectors: &Value) -> String {
        let strip = |name: &str, keep: &dyn Fn(&Value) -> Value| {
            Value::Array(vectors[name].as_array().unwrap().iter().map(keep).collect())
        };
        json!({
            "cases": strip("cases", &|entry| entry["input"].clone()),
            "sequences": strip("sequences", &|entry| {
                json!({"kind": entry["kind"], "events": entry["events"]})
            }),
        })
        .to_string()
    }

    #[test]
    fn the_reference_cases_come_out_through_the_json_border() {
        let vectors: Value = serde_json::from_str(VECTORS).unwrap();
        let out: Value =
            serde_json::from_str(&judge(&inputs(&vectors)).unwrap().to_json()).unwrap();
        let expected = vectors["cases"].as_array().unwrap();
        let found = out["cases"].as_array().unwrap();
        assert_eq!((expected.len(), found.len()), (53, 53));
        for (expected, found) in expected.iter().zip(found) {
            let mut want = expected["expect"].clone();
            want["name"] = expected["input"]["name"].clone();
            let mut found = found.clone();
            for additional in ["rule", "because", "actor", "held"] {
                found.as_object_mut().unwrap().remove(additional);
            }
            assert_eq!(found, want);
        }
    }

    #[test]
    fn the_reference_sequences_come_out_to_nine_digits() {
        let vectors: Value = serde_json::from_str(VECTORS).unwrap();
        let out: Value =
            serde_json::from_str(&judge(&inputs(&vectors)).unwrap().to_json()).unwrap();
        let expected = vectors["sequences"].as_array().unwrap();
        let found = out["sequences"].as_array().unwrap();
        assert_eq!((expected.len(), found.len()), (19, 19));
        let mut steps = 0;
        for (expected, found) in expected.iter().zip(found) {
            let (expected, found) = (
                expected["trace"].as_array().unwrap(),
                found["trace"].as_array().unwrap(),
            );
            assert_eq!(expected.len(), found.len());
            for (expected, found) in expected.iter().zip(found) {
                for number in ["a", "b", "probability"] {
                    let difference =
                        expected[number].as_f64().unwrap() - found[number].as_f64().unwrap();
                    assert!(difference.abs() <= 1e-9, "{number}: {expected} {found}");
                }
                assert_eq!(expected["band"], found["band"]);
                assert_eq!(expected["streak"], found["streak"]);
                steps += 1;
            }
        }
        assert!(steps > 100);
    }

    #[test]
    fn nothing_asked_is_nothing_answered() {
        assert_eq!(
            judge("{}").unwrap().to_json(),
            "{\n  \"cases\": [],\n  \"sequences\": []\n}\n"
        );
    }

    #[test]
    fn an_answer_tells_the_verdict_and_why() {
        let asked = r#"{"cases": [{"name": "n", "promised": [12120, 12150], "held": null, "cadence_days": 7,
            "changes": [{"at": 10680, "slot_start_before": 12120, "actor": "report"}]}]}"#;
        let expected = r#"{
  "cases": [
    {
      "name": "n",
      "outcome": "cancelled",
      "cut": null,
      "notice": "short",
      "notice_minutes": 1440,
      "hops": 1,
      "excused": "report",
      "q": 0.0,
      "disruption": 0,
      "loss": 0,
      "made_good": false,
      "actor": "report",
      "rule": "one_on_one.cancelled",
      "because": "taken off the calendar, one day before, from the report's side"
    }
  ],
  "sequences": []
}
"#;
        assert_eq!(judge(asked).unwrap().to_json(), expected);
    }
}
