use super::*;
use crate::graph::read;
use serde_json::{Value, json};
use steadfast_calendar::WarningCode;

fn window(from: &str, to: &str) -> Window {
    let at = |text: &str| {
        let at: Timestamp = format!("{text}T00:00:00Z").parse().unwrap();
        Instant::from_seconds(at.as_second())
    };
    Window {
        from: at(from),
        to: at(to),
    }
}

fn january() -> Window {
    window("2026-01-01", "2026-02-01")
}

fn at(time: &str) -> Value {
    json!({"dateTime": format!("2026-{time}:00.0000000"), "timeZone": "UTC"})
}

fn said(value: &Value) -> Said {
    read(value, "maya@example.com").unwrap()
}

/// Every Monday in Berlin; the fifth, 12th, 19th and 26th of January.
fn master(more: &Value) -> Event {
    let mut value = json!({
        "id": "s", "iCalUId": "s@example.com", "type": "seriesMaster", "subject": "1:1", "isOrganizer": true,
        "lastModifiedDateTime": "2026-01-02T08:00:00Z", "originalStartTimeZone": "W. Europe Standard Time",
        "start": at("01-05T14:00"), "end": at("01-05T14:30"),
        "recurrence": {
            "pattern": {"type": "weekly", "interval": 1, "daysOfWeek": ["monday"]}, "range": {"type": "noEnd"},
        },
    });
    let fields = value.as_object_mut().unwrap();
    fields.extend(more.as_object().unwrap().clone());
    match said(&value) {
        Said::Stands(event) => *event,
        other => panic!("{other:?}"),
    }
}

fn occurs(start: &str) -> Said {
    said(
        &json!({"id": format!("o{start}"), "type": "occurrence", "seriesMasterId": "s", "start": at(start)}),
    )
}

fn excepts(start: &str, more: &Value) -> Said {
    let mut value = json!({
        "id": format!("e{start}"), "iCalUId": "s@example.com", "type": "exception", "seriesMasterId": "s",
        "subject": "1:1", "isOrganizer": true, "lastModifiedDateTime": "2026-01-02T08:00:00Z",
        "originalStartTimeZone": "W. Europe Standard Time",
        "start": at(start), "end": at(&start.replace(":00", ":30")),
    });
    let fields = value.as_object_mut().unwrap();
    fields.extend(more.as_object().unwrap().clone());
    said(&value)
}

/// EXDATEs, RDATEs and RECURRENCE-IDs with the start of each exception, and what was odd.
fn held(master: &Event, told: &[Said], window: Window, expected: &[&str]) {
    let written = together(master, told, window);
    let text = String::from_utf8(written.object).unwrap();
    let read = Reader::read(text.as_bytes());
    assert_eq!(read.warnings, [], "{text}");
    let mut found: Vec<String> = Vec::new();
    let mut start = String::new();
    for line in text.lines() {
        let (name, value) = line.split_once(':').unwrap();
        let value = value.strip_prefix("2026").unwrap_or(value);
        match name.split(';').next().unwrap() {
            "DTSTART" => value.clone_into(&mut start),
            "RECURRENCE-ID" => found.push(format!("{value} at {start}")),
            name @ ("EXDATE" | "RDATE") => found.push(format!("{name} {value}")),
            _ => {}
        }
    }
    let odd = written.oddities.iter().chain(&written.unread);
    found.extend(odd.map(|(id, oddity)| format!("{id} {oddity:?}")));
    assert_eq!(found, expected, "{text}");
}

#[test]
fn what_is_told_by_nothing_was_called_off() {
    let all = ["01-05T14:00", "01-12T14:00", "01-19T14:00", "01-26T14:00"].map(occurs);
    held(&master(&json!({})), &all, january(), &[]);
    let told = [all[0].clone(), all[2].clone(), all[3].clone()];
    held(
        &master(&json!({})),
        &told,
        january(),
        &["EXDATE 0112T150000"],
    );
    // Told once more without it, and told twice.
    let mut again = all.to_vec();
    again.push(all[3].clone());
    again.push(Said::Gone("o01-12T14:00".to_owned()));
    held(
        &master(&json!({})),
        &again,
        january(),
        &["EXDATE 0112T150000"],
    );
    // The series begins in the window: its first instance cannot have been moved out of it. The last one can.
    held(
        &master(&json!({})),
        &told[1..2],
        january(),
        &["EXDATE 0105T150000", "EXDATE 0112T150000"],
    );
    // A later window, in which the series began before.
    let later = window("2026-02-01", "2026-03-01");
    let told = [occurs("02-16T14:00")];
    held(&master(&json!({})), &told, later, &["EXDATE 0209T150000"]);
    // It ends in the window: then the last one is missing as the others.
    let range = json!({"recurrence": {
        "pattern": {"type": "weekly", "interval": 1, "daysOfWeek": ["monday"]},
        "range": {"type": "numbered", "numberOfOccurrences": 4},
    }});
    held(
        &master(&range),
        &all[..3],
        january(),
        &["EXDATE 0126T150000"],
    );
}

#[test]
fn an_exception_is_the_instance_that_it_says_or_the_nearest_that_is_missing() {
    let around = || vec![occurs("01-05T14:00"), occurs("01-26T14:00")];
    let check = |more: [Value; 2], expected: &[&str]| {
        let [first, second] = more;
        let mut told = around();
        told.push(excepts("01-13T09:00", &first));
        told.push(excepts("01-20T09:00", &second));
        held(&master(&json!({})), &told, january(), expected);
    };
    let put = ["0112T150000 at 0113T100000", "0119T150000 at 0120T100000"];
    let said = [
        json!({"originalStart": "2026-01-12T14:00:00Z"}),
        json!({"occurrenceId": "OID.s.2026-01-19"}),
    ];
    check(said, &put);
    let guessed = ["e01-13T09:00 Guessed", "e01-20T09:00 Guessed"];
    check([json!({}), json!({})], &[put, guessed].concat());
    // Two are missing and one is told: the nearer is it, and the other was called off.
    let mut told = around();
    told.push(excepts("01-20T09:00", &json!({})));
    let expected = ["EXDATE 0112T150000", put[1], guessed[1]];
    held(&master(&json!({})), &told, january(), &expected);
    // One of them says it: the other is what is left, however far.
    let crossed = json!({"originalStart": "2026-01-19T14:00:00Z"});
    let expected = [
        "0112T150000 at 0120T100000",
        "0119T150000 at 0113T100000",
        "e01-20T09:00 Guessed",
    ];
    check([crossed, json!({})], &expected);
}

#[test]
fn an_exception_is_called_as_its_series() {
    let nameless = json!({"iCalUId": null, "originalStart": "2026-01-12T14:00:00Z"});
    let told = [excepts("01-13T09:00", &nameless)];
    let written = together(&master(&json!({})), &told, january());
    let series = group(Reader::read(written.object.as_slice()).events);
    let [series] = series.as_slice() else {
        panic!("{series:?}");
    };
    assert_eq!((&*series.uid, series.overrides.len()), ("s@example.com", 1));
}

#[test]
fn an_exception_for_which_nothing_is_missing_is_not_read() {
    let mut told = ["01-05T14:00", "01-12T14:00", "01-19T14:00", "01-26T14:00"]
        .map(occurs)
        .to_vec();
    told.push(excepts("01-13T09:00", &json!({})));
    held(
        &master(&json!({})),
        &told,
        january(),
        &["e01-13T09:00 NoOriginalStart"],
    );
}

#[test]
fn an_instance_beside_the_rule_is_kept() {
    let told = [
        "01-05T14:00",
        "01-12T14:00",
        "01-19T14:00",
        "01-26T14:00",
        "01-28T14:00",
    ]
    .map(occurs);
    held(
        &master(&json!({})),
        &told,
        january(),
        &["RDATE 0128T140000Z", "o01-28T14:00 NotRuled"],
    );
    // Nothing of the rule can be read: what is told stands all the same.
    let odd = master(&json!({"recurrence": {"pattern": {"type": "hourly"}}}));
    let expected = ["RDATE 0112T140000Z", "o01-12T14:00 NotRuled"];
    held(&odd, &told[..2], january(), &expected);
}

#[test]
fn whole_days_are_paired_by_their_day() {
    let all_day = json!({
        "isAllDay": true, "start": at("01-05T00:00"), "end": at("01-06T00:00"),
        "recurrence": {
            "pattern": {"type": "weekly", "interval": 1, "daysOfWeek": ["monday"]},
            "range": {"type": "endDate", "endDate": "2026-01-26"},
        },
    });
    let whole = |id: &str, kind: &str, day: &str, more: Value| {
        let mut value = json!({
            "id": id, "iCalUId": "s@example.com", "type": kind, "seriesMasterId": "s", "isAllDay": true,
            "originalStartTimeZone": "W. Europe Standard Time", "start": at(day), "end": at("01-15T00:00"),
        });
        let fields = value.as_object_mut().unwrap();
        fields.extend(more.as_object().unwrap().clone());
        said(&value)
    };
    let told = [
        whole("a", "occurrence", "01-05T00:00", json!({})),
        // Midnight in Berlin.
        whole(
            "b",
            "exception",
            "01-14T00:00",
            json!({"originalStart": "2026-01-11T23:00:00Z"}),
        ),
        whole("c", "occurrence", "01-26T00:00", json!({})),
    ];
    let expected = ["EXDATE 0119", "0112 at 0114"];
    held(&master(&all_day), &told, january(), &expected);
}

#[test]
fn an_exception_is_dated_where_its_moment_is_not_that_of_its_series() {
    let dated = |moment: &str| {
        let told = [excepts(
            "01-13T09:00",
            &json!({"originalStart": "2026-01-12T14:00:00Z", "lastModifiedDateTime": moment}),
        )];
        let written = together(&master(&json!({})), &told, january());
        let events = Reader::read(written.object.as_slice()).events;
        events[1].last_modified.is_some()
    };
    assert!(!dated("2026-01-02T08:00:00Z"));
    assert!(dated("2026-01-11T08:00:00Z"));
}

/// Every place in a value.
fn places(value: &Value, at: &str, into: &mut Vec<String>) {
    into.push(at.to_owned());
    match value {
        Value::Object(fields) => {
            for (name, below) in fields {
                places(below, &format!("{at}/{name}"), into);
            }
        }
        Value::Array(items) => {
            for (index, below) in items.iter().enumerate() {
                places(below, &format!("{at}/{index}"), into);
            }
        }
        _ => {}
    }
}

#[test]
fn whatever_stands_in_a_field_the_rest_is_read() {
    let whole = json!({
        "id": "s", "iCalUId": "040000008200E00074C5B7101A82E00807EA010D", "type": "seriesMaster", "subject": "1:1",
        "occurrenceId": "OID.s.2026-01-12", "originalStart": "2026-01-12T14:00:00Z", "seriesMasterId": "s",
        "originalStartTimeZone": "W. Europe Standard Time", "isAllDay": false, "isOrganizer": true, "showAs": "busy",
        "lastModifiedDateTime": "2026-01-02T08:00:00Z", "start": at("01-05T14:00"), "end": at("01-05T14:30"),
        "recurrence": {
            "pattern": {"type": "weekly", "interval": 1, "daysOfWeek": ["monday"], "firstDayOfWeek": "sunday"},
            "range": {"type": "endDate", "endDate": "2026-12-31", "recurrenceTimeZone": "W. Europe Standard Time"},
        },
        "organizer": {"emailAddress": {"address": "maya@example.com", "name": "Maya"}},
        "attendees": [{"type": "required", "emailAddress": {"address": "ben@example.com"}, "status": {"response": "none"}}],
    });
    let mut all = Vec::new();
    places(&whole, "", &mut all);
    let odd = [
        json!(null),
        json!(true),
        json!(-1),
        json!(1e300),
        json!(""),
        json!("é:;,\"\r\nX"),
        json!("9999-12-31T23:59:59Z"),
        json!("-009999-01-01T00:00:00"),
        json!([{}]),
        json!({"": ""}),
    ];
    let series = master(&json!({}));
    for kind in ["seriesMaster", "exception", "occurrence", "singleInstance"] {
        for (place, put) in all
            .iter()
            .flat_map(|place| odd.iter().map(move |put| (place, put)))
        {
            let mut value = whole.clone();
            value["type"] = json!(kind);
            *value.pointer_mut(place).unwrap() = put.clone();
            let Ok(said) = read(&value, "ben@example.com") else {
                continue;
            };
            let own = match &said {
                Said::Stands(event) if event.repeats => event,
                _ => &series,
            };
            let written = together(own, std::slice::from_ref(&said), january());
            let text = String::from_utf8(written.object).unwrap();
            let wrong = Reader::read(text.as_bytes()).warnings;
            assert!(
                wrong
                    .iter()
                    .all(|warning| warning.code == WarningCode::EndBeforeStart),
                "{place} {put}: {wrong:?} {text}"
            );
        }
    }
}
