//! What the fake of Graph tells, read by the reader of Graph: the fake finds the days of a series one by one, the reader
//! makes a rule of them, and both have to come to the same.

#![expect(
    clippy::unwrap_used,
    reason = "what does not answer fails the test, with its place"
)]

use jiff::Timestamp;
use serde_json::{Value, json};
use steadfast_calendar::{Instant, Window};
use steadfast_connect::graph::{Event, Said, read, together};
use steadfast_fakes::graph::Graph;

const MAYA: &str = "maya@example.com";
const FROM: &str = "2026-01-01T00:00:00Z";
const TO: &str = "2027-01-01T00:00:00Z";

fn ask(graph: &Graph, method: &str, path: &str, body: Option<&Value>) -> Value {
    let (status, body) = graph.ask(MAYA, method, path, body);
    assert!(status < 300, "{method} {path}: {status} {body}");
    body
}

/// All that stands in the year, by pages.
fn year(graph: &Graph) -> Vec<Said> {
    let mut path = format!("me/calendarView/delta?startDateTime={FROM}&endDateTime={TO}");
    let mut all = Vec::new();
    loop {
        let body = ask(graph, "GET", &path, None);
        for event in body["value"].as_array().unwrap() {
            all.push(read(event, MAYA).unwrap());
        }
        match body["@odata.nextLink"].as_str() {
            Some(next) => path = next.split_once("/v1.0/").unwrap().1.to_owned(),
            None => return all,
        }
    }
}

fn series(all: &[Said]) -> &Event {
    let mut masters = all.iter().filter_map(|said| match said {
        Said::Stands(event) if event.repeats => Some(&**event),
        _ => None,
    });
    masters.next().unwrap()
}

fn window() -> Window {
    let at = |text: &str| Instant::from_seconds(text.parse::<Timestamp>().unwrap().as_second());
    Window {
        from: at(FROM),
        to: at(TO),
    }
}

fn office(pattern: &Value, range: &Value) -> (Graph, String) {
    let graph = Graph::start("2025-12-01T08:00:00Z".parse().unwrap()).unwrap();
    graph.join(MAYA);
    graph.page(1_000);
    let at = |time: &str| json!({"dateTime": format!("2026-01-06T{time}:00"), "timeZone": "W. Europe Standard Time"});
    let made = json!({
        "subject": "1:1", "start": at("15:00"), "end": at("15:30"), "recurrence": {"pattern": pattern, "range": range},
        "attendees": [{"emailAddress": {"address": "ben@example.com"}, "type": "required"}],
    });
    let made = ask(&graph, "POST", "me/events", Some(&made));
    let id = made["id"].as_str().unwrap().to_owned();
    (graph, id)
}

#[test]
fn a_rule_gives_the_days_that_are_told() {
    let endless = json!({"type": "noEnd", "startDate": "2026-01-06"});
    let until = json!({"type": "endDate", "startDate": "2026-01-06", "endDate": "2026-10-27"});
    let ten = json!({"type": "numbered", "startDate": "2026-01-06", "numberOfOccurrences": 10});
    for (pattern, range) in [
        (json!({"type": "daily", "interval": 3}), &endless),
        (
            json!({"type": "weekly", "interval": 1, "daysOfWeek": ["tuesday"], "firstDayOfWeek": "sunday"}),
            &until,
        ),
        (
            json!({"type": "weekly", "interval": 2, "daysOfWeek": ["tuesday", "sunday"], "firstDayOfWeek": "monday"}),
            &ten,
        ),
        (
            json!({"type": "weekly", "interval": 2, "daysOfWeek": ["tuesday", "sunday"], "firstDayOfWeek": "sunday"}),
            &ten,
        ),
        (
            json!({"type": "absoluteMonthly", "interval": 1, "dayOfMonth": 6}),
            &endless,
        ),
        (
            json!({"type": "relativeMonthly", "interval": 1, "daysOfWeek": ["tuesday"], "index": "first"}),
            &endless,
        ),
    ] {
        let (graph, _) = office(&pattern, range);
        let all = year(&graph);
        let written = together(series(&all), &all, window());
        assert_eq!(
            (written.oddities, written.unread),
            (vec![], vec![]),
            "{pattern}"
        );
        let text = String::from_utf8(written.object).unwrap();
        assert!(
            !text.contains("EXDATE") && text.contains("RRULE:"),
            "{text}"
        );
        assert_eq!(series(&all).oddities, [], "{pattern}");
        assert_eq!(graph.violations(), [] as [String; 0]);
    }
}

#[test]
fn what_is_moved_and_what_is_called_off_is_read_so_over_the_change_of_the_clocks() {
    let pattern = json!({"type": "weekly", "interval": 1, "daysOfWeek": ["tuesday"], "firstDayOfWeek": "sunday"});
    let (graph, id) = office(
        &pattern,
        &json!({"type": "noEnd", "startDate": "2026-01-06"}),
    );
    let at = |time: &str| json!({"dateTime": format!("2026-07-15T{time}:00"), "timeZone": "UTC"});
    let moved = json!({"start": at("09:00"), "end": at("09:30")});
    ask(
        &graph,
        "PATCH",
        &format!("me/events/{id}.20260714"),
        Some(&moved),
    );
    ask(&graph, "DELETE", &format!("me/events/{id}.20260303"), None);
    let all = year(&graph);
    let written = together(series(&all), &all, window());
    assert_eq!((written.oddities, written.unread), (vec![], vec![]));
    let text = String::from_utf8(written.object).unwrap();
    let told = |name: &str| {
        text.lines()
            .filter(|line| line.starts_with(name))
            .collect::<Vec<_>>()
    };
    assert_eq!(
        told("EXDATE"),
        ["EXDATE;TZID=W. Europe Standard Time:20260303T150000"]
    );
    let which = "RECURRENCE-ID;TZID=W. Europe Standard Time:20260714T150000";
    assert_eq!(told("RECURRENCE-ID"), [which]);
    assert_eq!(
        told("DTSTART")[1],
        "DTSTART;TZID=W. Europe Standard Time:20260715T110000"
    );
    assert_eq!(graph.violations(), [] as [String; 0]);
}
