//! `eventType`, `status`, `transparency` and `visibility`.

use super::oddity::Oddity;
use serde_json::{Map, Value};

/// What says of which sort an event is, whether it is sure, and whether it takes its owner's time.
pub(super) fn lines(event: &Map<String, Value>, oddities: &mut Vec<Oddity>) -> Vec<String> {
    let text = |name: &str| event.get(name).and_then(Value::as_str);
    let mut lines = Vec::new();
    match text("status") {
        Some("confirmed") | None => lines.push("STATUS:CONFIRMED".to_owned()),
        Some("tentative") => lines.push("STATUS:TENTATIVE".to_owned()),
        Some(_) => oddities.push(Oddity::UnknownStatus),
    }
    match text("transparency") {
        Some("transparent") => lines.push("TRANSP:TRANSPARENT".to_owned()),
        _ => lines.push("TRANSP:OPAQUE".to_owned()),
    }
    match text("visibility") {
        Some("private") => lines.push("CLASS:PRIVATE".to_owned()),
        Some("confidential") => lines.push("CLASS:CONFIDENTIAL".to_owned()),
        _ => {}
    }
    match text("eventType") {
        // Mail told Google of it; what it is, is not said.
        Some("default" | "fromGmail") | None => {}
        Some(kind @ ("outOfOffice" | "focusTime" | "workingLocation" | "birthday")) => {
            lines.push(format!("X-GOOGLE-EVENT-TYPE:{kind}"));
        }
        Some(_) => oddities.push(Oddity::UnknownType),
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn check(event: &Value, expected: &[&str], odd: &[Oddity]) {
        let mut oddities = Vec::new();
        assert_eq!(
            lines(event.as_object().unwrap(), &mut oddities),
            expected,
            "{event}"
        );
        assert_eq!(oddities, odd, "{event}");
    }

    #[test]
    fn who_may_see_it_is_told_as_it_is() {
        for (said, line) in [
            ("private", Some("CLASS:PRIVATE")),
            ("confidential", Some("CLASS:CONFIDENTIAL")),
            ("public", None),
            ("default", None),
        ] {
            let mut expected = vec!["STATUS:CONFIRMED", "TRANSP:OPAQUE"];
            expected.extend(line);
            check(&json!({"visibility": said}), &expected, &[]);
        }
    }

    #[test]
    fn sort_and_sureness_are_told() {
        check(&json!({}), &["STATUS:CONFIRMED", "TRANSP:OPAQUE"], &[]);
        check(
            &json!({"status": "tentative", "eventType": "outOfOffice", "transparency": "opaque", "visibility": "private"}),
            &[
                "STATUS:TENTATIVE",
                "TRANSP:OPAQUE",
                "CLASS:PRIVATE",
                "X-GOOGLE-EVENT-TYPE:outOfOffice",
            ],
            &[],
        );
        check(
            &json!({"status": "confirmed", "eventType": "workingLocation", "transparency": "transparent"}),
            &[
                "STATUS:CONFIRMED",
                "TRANSP:TRANSPARENT",
                "X-GOOGLE-EVENT-TYPE:workingLocation",
            ],
            &[],
        );
        check(
            &json!({"status": "perhaps", "eventType": "seance\r\nX:1"}),
            &["TRANSP:OPAQUE"],
            &[Oddity::UnknownStatus, Oddity::UnknownType],
        );
    }
}
