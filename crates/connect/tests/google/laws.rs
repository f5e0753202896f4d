//! Whatever Google says, one event comes of it or none, and nothing else.

use proptest::prelude::*;
use serde_json::{Map, Value, json};
use steadfast_calendar::Reader;
use steadfast_connect::google::{Said, read};

/// Any JSON, not deep.
fn any_json() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        ".*".prop_map(Value::from),
        "[A-Z;:,=\\r\\n\"\\\\]{0,12}".prop_map(Value::from),
        "(-|[+]0)?[0-9]{1,6}-[0-9]{2}-[0-9]{2}(T[0-9]{2}:[0-9]{2}:[0-9]{2}(Z|[+-][0-9]{2}:[0-9]{2})?)?".prop_map(Value::from),
    ];
    leaf.prop_recursive(3, 16, 4, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            prop::collection::btree_map("[a-zA-Z]{1,8}", inner, 0..4)
                .prop_map(|fields| Value::Object(fields.into_iter().collect())),
        ]
    })
}

fn event() -> Map<String, Value> {
    let event = json!({
        "id": "abc_20260113T140000Z", "iCalUID": "abc@google.com", "status": "confirmed", "sequence": 1,
        "created": "2026-01-05T08:00:00.000Z", "updated": "2026-01-05T08:00:01.000Z", "summary": "1:1",
        "start": {"dateTime": "2026-01-13T15:00:00+01:00", "timeZone": "Europe/Paris"},
        "end": {"dateTime": "2026-01-13T15:30:00+01:00", "timeZone": "Europe/Paris"},
        "originalStartTime": {"dateTime": "2026-01-13T15:00:00+01:00", "timeZone": "Europe/Paris"},
        "recurringEventId": "abc", "recurrence": ["RRULE:FREQ=WEEKLY"], "eventType": "default",
        "organizer": {"email": "maya@example.com", "displayName": "Maya"},
        "attendees": [{"email": "ben@example.com", "responseStatus": "accepted", "displayName": "Ben"}],
    });
    event.as_object().cloned().unwrap_or_default()
}

/// A well-formed event with something else in some of its fields, however deep.
fn nearly_an_event() -> impl Strategy<Value = Value> {
    let names: Vec<String> = event().keys().cloned().collect();
    let change = (prop::sample::select(names), any::<u8>(), any_json());
    prop::collection::vec(change, 1..4).prop_map(|changes| {
        let mut event = event();
        for (name, how, value) in changes {
            match (how % 4, event.get_mut(&name)) {
                (0, _) => drop(event.remove(&name)),
                (1, Some(Value::Object(fields))) => {
                    let inner = fields
                        .keys()
                        .nth(usize::from(how / 4) % fields.len().max(1))
                        .cloned();
                    fields.extend(inner.map(|inner| (inner, value)));
                }
                (1, Some(Value::Array(items))) => items.push(value),
                _ => drop(event.insert(name, value)),
            }
        }
        Value::Object(event)
    })
}

fn check(value: &Value) -> Result<(), TestCaseError> {
    let Ok(Said::Stands(event)) = read(value) else {
        return Ok(());
    };
    let text = String::from_utf8(event.object([], true)).expect("text");
    let begins = text
        .lines()
        .filter(|line| line.starts_with("BEGIN:"))
        .count();
    prop_assert_eq!(begins, 2, "{}", text);
    let calendar = Reader::read(text.as_bytes());
    prop_assert_eq!(calendar.events.len(), 1, "{}", text);
    let one = &calendar.events[0];
    prop_assert_eq!(one.recurrence_id.is_some(), event.series.is_some());
    prop_assert_eq!(one.recurrence.is_some(), event.repeats, "{}", text);
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn any_json_is_an_event_or_none(value in any_json()) {
        check(&value)?;
    }

    #[test]
    fn an_event_with_anything_in_it_is_one_event_or_none(value in nearly_an_event()) {
        check(&value)?;
    }
}
