//! `recurrence`: lines of iCalendar (RRULE, EXRULE, RDATE, EXDATE), handed on as they are.

use super::oddity::Oddity;
use serde_json::{Map, Value};

/// What a line may begin with.
const NAMES: [&str; 4] = ["RRULE", "EXRULE", "RDATE", "EXDATE"];

/// The lines of a series; none for a single event.
pub(super) fn lines(event: &Map<String, Value>, oddities: &mut Vec<Oddity>) -> Vec<String> {
    let said = match event.get("recurrence") {
        None | Some(Value::Null) => return Vec::new(),
        Some(Value::Array(said)) => said.as_slice(),
        Some(_) => {
            oddities.push(Oddity::BadRecurrence);
            return Vec::new();
        }
    };
    let mut lines = Vec::with_capacity(said.len());
    for one in said {
        match one.as_str().filter(|line| is_one(line)) {
            Some(line) => lines.push(line.to_owned()),
            None => oddities.push(Oddity::BadRecurrence),
        }
    }
    lines
}

/// Whether it is one line, of a property that says when a series recurs.
fn is_one(line: &str) -> bool {
    let name = line.split([':', ';']).next().unwrap_or_default();
    let value = line.split_once(':').map_or("", |(_, value)| value.trim());
    !value.is_empty()
        && !line.chars().any(char::is_control)
        && NAMES.iter().any(|known| name.eq_ignore_ascii_case(known))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn only_what_says_when_it_recurs_is_handed_on() {
        let mut oddities = Vec::new();
        let event = json!({"recurrence": [
            "RRULE:FREQ=WEEKLY;BYDAY=TU",
            "EXDATE;TZID=Europe/Paris:20260303T100000",
            "ATTENDEE:mailto:eve@example.com",
            "RRULE:FREQ=DAILY\r\nSUMMARY:x",
            "RRULE",
            "RRULE:",
            7,
        ]});
        let lines = lines(event.as_object().unwrap(), &mut oddities);
        assert_eq!(
            lines,
            [
                "RRULE:FREQ=WEEKLY;BYDAY=TU",
                "EXDATE;TZID=Europe/Paris:20260303T100000"
            ]
        );
        assert_eq!(oddities, [Oddity::BadRecurrence; 5]);
    }
}
