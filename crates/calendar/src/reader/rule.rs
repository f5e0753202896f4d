//! Whether a recurrence rule is understood. It is kept as text whatever the answer: expansion is another module's.

use super::value::moment;
use ical::recur::{IcalRecurFreq, IcalRecurRule};

/// What is wrong with a rule, in words; `None` for a sound one.
pub(super) fn objection(rule: &str) -> Option<String> {
    if is_plain(rule.as_bytes()) {
        return None;
    }
    match IcalRecurRule::parse(rule) {
        Err(error) => Some(error.to_string()),
        Ok(parsed) => parsed.problems().first().map(ToString::to_string),
    }
}

/// Whether it repeats within a day: no meeting does, and of such rules only so much is followed.
pub(super) fn repeats_within_a_day(rule: &str) -> bool {
    let plain = is_plain(rule.as_bytes());
    let within = || {
        matches!(
            IcalRecurRule::parse(rule).map(|rule| rule.freq),
            Ok(IcalRecurFreq::Secondly | IcalRecurFreq::Minutely | IcalRecurFreq::Hourly)
        )
    };
    !plain && within()
}

/// Whether it is one of the usual rules, which need not be parsed twice: frequency, interval, end, week days.
fn is_plain(rule: &[u8]) -> bool {
    let (mut frequency, mut ends) = (0, 0);
    let sound = rule.split(|byte| *byte == b';').all(|part| {
        let Some(equals) = part.iter().position(|byte| *byte == b'=') else {
            return false;
        };
        let (name, value) = part.split_at_checked(equals + 1).unwrap_or_default();
        match name {
            b"FREQ=" => {
                frequency += 1;
                matches!(value, b"DAILY" | b"WEEKLY" | b"MONTHLY" | b"YEARLY")
            }
            b"INTERVAL=" => is_positive(value),
            b"COUNT=" => {
                ends += 1;
                is_positive(value)
            }
            b"UNTIL=" => {
                ends += 1;
                matches!(value.len(), 8 | 15 | 16)
                    && !value.contains(&b'-')
                    && moment(value).is_ok()
            }
            b"WKST=" => is_weekday(value),
            b"BYDAY=" => value.split(|byte| *byte == b',').all(is_weekday),
            _ => false,
        }
    });
    sound && frequency == 1 && ends <= 1
}

fn is_positive(value: &[u8]) -> bool {
    (1..=4).contains(&value.len())
        && value.iter().all(u8::is_ascii_digit)
        && value.first() != Some(&b'0')
}

fn is_weekday(value: &[u8]) -> bool {
    matches!(value, b"MO" | b"TU" | b"WE" | b"TH" | b"FR" | b"SA" | b"SU")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sound_rules_are_not_objected_to() {
        for rule in [
            "FREQ=WEEKLY",
            "FREQ=WEEKLY;WKST=MO;UNTIL=20260101T000000Z;INTERVAL=2;BYDAY=MO,TH",
            "FREQ=MONTHLY;BYDAY=1MO,-1FR;COUNT=5",
            "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29",
            "freq=weekly;byday=mo",
        ] {
            assert_eq!(objection(rule), None, "{rule}");
        }
    }

    #[test]
    fn only_what_comes_more_than_once_a_day_repeats_within_it() {
        for (rule, within) in [
            ("FREQ=SECONDLY", true),
            ("FREQ=MINUTELY;INTERVAL=5", true),
            ("freq=hourly;count=3", true),
            ("FREQ=DAILY", false),
            ("FREQ=WEEKLY;BYDAY=MO;BYHOUR=9", false),
            ("FREQ=FORTNIGHTLY", false),
        ] {
            assert_eq!(repeats_within_a_day(rule), within, "{rule}");
        }
    }

    #[test]
    fn rules_that_cannot_be_understood_are() {
        for rule in [
            "",
            "WEEKLY",
            "FREQ=FORTNIGHTLY",
            "FREQ=WEEKLY;COUNT=-1",
            "FREQ=WEEKLY;INTERVAL=0",
            "FREQ=WEEKLY;BYDAY=XX",
            "FREQ=MONTHLY;BYWEEKNO=3",
            "FREQ=WEEKLY;COUNT=3;UNTIL=20260101",
        ] {
            assert!(objection(rule).is_some(), "{rule}");
        }
    }

    #[test]
    fn every_plain_rule_is_one_that_the_library_accepts() {
        for rule in [
            "FREQ=DAILY;INTERVAL=9999;COUNT=9999",
            "FREQ=YEARLY;UNTIL=20240101",
            "FREQ=WEEKLY;UNTIL=20240101T090000",
            "FREQ=WEEKLY;UNTIL=20240101T090000Z",
            "FREQ=WEEKLY;BYDAY=MO,MO;WKST=SU",
            "FREQ=YEARLY;BYDAY=MO",
        ] {
            assert!(is_plain(rule.as_bytes()), "{rule}");
            let parsed = IcalRecurRule::parse(rule).unwrap();
            assert_eq!(parsed.problems(), [], "{rule}");
        }
        for rule in [
            "FREQ=WEEKLY;UNTIL=2024-01-01T09:00",
            "FREQ=WEEKLY;UNTIL=20240230",
        ] {
            assert!(!is_plain(rule.as_bytes()), "{rule}");
        }
    }
}
