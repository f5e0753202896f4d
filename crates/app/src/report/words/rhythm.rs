//! How often two people meet, in words.

use crate::report::clean::clean;
use crate::report::model::Pair;
use crate::report::words::zones;

/// "weekly", "every two weeks", "monthly", "every 10 days".
pub(crate) fn cadence(days: i64) -> String {
    let said = match days {
        ..=0 => "now and then",
        1 => "daily",
        2 => "every other day",
        3 | 4 => "twice a week",
        7 => "weekly",
        14 => "every two weeks",
        21 => "every three weeks",
        28..=31 => "monthly",
        56..=62 => "every two months",
        84..=93 => "every three months",
        _ if days % 7 == 0 => return format!("every {} weeks", days / 7),
        _ => return format!("every {days} days"),
    };
    said.to_owned()
}

/// "weekly, Tue 15:00"; "weekly, Tue 8:30 (14:30 in Berlin)".
pub(crate) fn rhythm(pair: &Pair) -> String {
    let often = cadence(pair.cadence_days);
    match pair.usual_slot.as_deref().map(clean) {
        Some(slot) if !slot.is_empty() => {
            format!("{often}, {slot}{}", zones::of_usual_slot(pair))
        }
        _ => often,
    }
}
