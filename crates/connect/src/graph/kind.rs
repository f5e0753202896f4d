//! `isCancelled`, `showAs` and `sensitivity`.

use super::oddity::Oddity;
use serde_json::{Map, Value};

/// What says whether an event stands, whether it takes its owner's time, and who may see what it is.
pub(super) fn lines(event: &Map<String, Value>, oddities: &mut Vec<Oddity>) -> Vec<String> {
    let text = |name: &str| event.get(name).and_then(Value::as_str);
    let mut lines = Vec::with_capacity(4);
    let is_off = event.get("isCancelled") == Some(&Value::Bool(true));
    lines.push(format!(
        "STATUS:{}",
        if is_off { "CANCELLED" } else { "CONFIRMED" }
    ));
    let busy = match text("showAs") {
        Some("free") => "FREE",
        Some("tentative") => "TENTATIVE",
        Some("oof") => "OOF",
        Some("workingElsewhere") => "WORKINGELSEWHERE",
        Some("busy" | "unknown") | None => "BUSY",
        Some(_) => {
            oddities.push(Oddity::UnknownShowAs);
            "BUSY"
        }
    };
    let transparency = if matches!(busy, "FREE" | "WORKINGELSEWHERE") {
        "TRANSPARENT"
    } else {
        "OPAQUE"
    };
    lines.push(format!("TRANSP:{transparency}"));
    lines.push(format!("X-MICROSOFT-CDO-BUSYSTATUS:{busy}"));
    match text("sensitivity") {
        Some("private" | "personal") => lines.push("CLASS:PRIVATE".to_owned()),
        Some("confidential") => lines.push("CLASS:CONFIDENTIAL".to_owned()),
        _ => {}
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn check(event: &Value, expected: &str, odd: &[Oddity]) {
        let mut oddities = Vec::new();
        let lines = lines(event.as_object().unwrap(), &mut oddities);
        assert_eq!(lines.join(" "), expected, "{event}");
        assert_eq!(oddities, odd, "{event}");
    }

    #[test]
    fn how_it_is_shown_is_told_as_exchange_writes_it() {
        let shown = |busy: &str, transparency: &str| {
            format!("STATUS:CONFIRMED TRANSP:{transparency} X-MICROSOFT-CDO-BUSYSTATUS:{busy}")
        };
        for (said, busy, transparency) in [
            ("free", "FREE", "TRANSPARENT"),
            ("tentative", "TENTATIVE", "OPAQUE"),
            ("busy", "BUSY", "OPAQUE"),
            ("oof", "OOF", "OPAQUE"),
            ("workingElsewhere", "WORKINGELSEWHERE", "TRANSPARENT"),
            ("unknown", "BUSY", "OPAQUE"),
        ] {
            check(&json!({"showAs": said}), &shown(busy, transparency), &[]);
        }
        let odd = [Oddity::UnknownShowAs];
        check(&json!({"showAs": "asleep"}), &shown("BUSY", "OPAQUE"), &odd);
        check(&json!({}), &shown("BUSY", "OPAQUE"), &[]);
    }

    #[test]
    fn what_was_called_off_and_who_may_see_it_is_told() {
        let rest = "TRANSP:OPAQUE X-MICROSOFT-CDO-BUSYSTATUS:BUSY";
        check(
            &json!({"isCancelled": true, "sensitivity": "confidential"}),
            &format!("STATUS:CANCELLED {rest} CLASS:CONFIDENTIAL"),
            &[],
        );
        for said in ["private", "personal"] {
            check(
                &json!({"isCancelled": false, "sensitivity": said}),
                &format!("STATUS:CONFIRMED {rest} CLASS:PRIVATE"),
                &[],
            );
        }
    }
}
