//! Series whose rule is so plain that what comes of splitting them is sure: the same day of every week, or of every so many,
//! without an end and without single days beside the rule.

use crate::{event::Status, series::Series};

/// Weeks from one occurrence to the next, 1 to 8, of a series that can be moved for good; `None`: of any other.
pub fn plain_weekly(series: &Series) -> Option<u8> {
    let master = series.master.as_ref()?;
    let said = master.recurrence.as_ref()?;
    let is_odd = master.start.is_date()
        || master.status == Status::Cancelled
        || !said.except_rules.is_empty()
        || !said.dates.is_empty();
    match &*said.rules {
        [rule] if !is_odd => every_weeks(rule),
        _ => None,
    }
}

fn every_weeks(rule: &str) -> Option<u8> {
    let (mut is_weekly, mut weeks) = (false, 1);
    for part in rule.to_ascii_uppercase().split(';') {
        let (name, value) = part.split_once('=')?;
        match (name.trim(), value.trim()) {
            ("FREQ", "WEEKLY") => is_weekly = true,
            ("INTERVAL", number) => weeks = number.parse().ok()?,
            ("BYDAY", day) if !day.contains(',') => {}
            ("WKST", _) => {}
            _ => return None,
        }
    }
    (is_weekly && (1..=8).contains(&weeks)).then_some(weeks)
}

/// A rule's line with one part at another value, or without it; the other parts as they were, in their order. What is not
/// there is added at the end where `or_new`.
pub(super) fn with_part(said: &[u8], name: &str, value: Option<&str>, or_new: bool) -> Vec<u8> {
    let said = String::from_utf8_lossy(said);
    let (head, rule) = said.split_once(':').unwrap_or(("RRULE", &said));
    let is_it = |part: &str| {
        let own = part.split_once('=').map_or(part, |(own, _)| own);
        own.trim().eq_ignore_ascii_case(name)
    };
    let has = rule.split(';').any(is_it);
    let put = value.map(|value| format!("{name}={value}"));
    let mut parts: Vec<String> = Vec::new();
    for part in rule.trim().split(';') {
        if !is_it(part) {
            parts.push(part.to_owned());
        } else if let Some(put) = &put {
            parts.push(put.clone());
        }
    }
    parts.extend(put.filter(|_| or_new && !has));
    format!("{head}:{}", parts.join(";")).into_bytes()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rule_is_plain_or_it_is_not_split() {
        for (rule, weeks) in [
            ("FREQ=WEEKLY", Some(1)),
            ("FREQ=WEEKLY;WKST=MO;INTERVAL=2;BYDAY=TU", Some(2)),
            ("freq=weekly;byday=tu", Some(1)),
            ("FREQ=WEEKLY;BYDAY=TU,TH", None),
            ("FREQ=WEEKLY;COUNT=9", None),
            ("FREQ=WEEKLY;UNTIL=20270101T000000Z", None),
            ("FREQ=WEEKLY;INTERVAL=9", None),
            ("FREQ=WEEKLY;INTERVAL=0", None),
            ("FREQ=MONTHLY;BYDAY=2TU", None),
            ("FREQ=DAILY;INTERVAL=7", None),
            ("INTERVAL=2", None),
            ("", None),
        ] {
            assert_eq!(every_weeks(rule), weeks, "{rule}");
        }
    }

    #[test]
    fn one_part_of_a_rule_changes_and_the_others_stay() {
        let rule = b"RRULE;X-A=b:FREQ=WEEKLY;BYDAY=MO;WKST=SU";
        for (name, value, or_new, new) in [
            (
                "BYDAY",
                Some("TH"),
                false,
                "RRULE;X-A=b:FREQ=WEEKLY;BYDAY=TH;WKST=SU",
            ),
            (
                "UNTIL",
                Some("7"),
                true,
                "RRULE;X-A=b:FREQ=WEEKLY;BYDAY=MO;WKST=SU;UNTIL=7",
            ),
            (
                "UNTIL",
                Some("7"),
                false,
                "RRULE;X-A=b:FREQ=WEEKLY;BYDAY=MO;WKST=SU",
            ),
            ("WKST", None, false, "RRULE;X-A=b:FREQ=WEEKLY;BYDAY=MO"),
        ] {
            let with = with_part(rule, name, value, or_new);
            assert_eq!(String::from_utf8_lossy(&with), new);
        }
    }
}
