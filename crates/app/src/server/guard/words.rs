//! The words that go into somebody's calendar.

use jiff::tz::TimeZone;
use steadfast_calendar::Slot;

/// A note with other times in it, on the clock of whoever reads it, which is named.
pub(super) fn times(note: &str, instead: &[Slot], zone: Option<&TimeZone>) -> String {
    if instead.is_empty() {
        return note.to_owned();
    }
    let utc = TimeZone::UTC;
    let zone = zone.unwrap_or(&utc);
    let times: Vec<String> = instead.iter().map(|slot| time(*slot, zone)).collect();
    let clock = zone.iana_name().unwrap_or("UTC");
    format!("{note} {} ({clock})", times.join("; "))
}

fn time(slot: Slot, zone: &TimeZone) -> String {
    let (start, end) = (slot.start.civil(zone), slot.end.civil(zone));
    format!(
        "{}–{}",
        start.strftime("%A %-d %B %-H:%M"),
        end.strftime("%-H:%M")
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use steadfast_calendar::Instant;

    #[test]
    fn times_are_on_a_clock_that_is_named() {
        let at = |text: &str| -> Instant { text.parse::<jiff::Timestamp>().unwrap().into() };
        let slot = Slot::new(at("2026-04-02T12:00:00Z"), at("2026-04-02T12:30:00Z"));
        let berlin = TimeZone::get("Europe/Berlin").unwrap();
        assert_eq!(
            times("Would one of these do?", &[slot], Some(&berlin)),
            "Would one of these do? Thursday 2 April 14:00–14:30 (Europe/Berlin)"
        );
        assert_eq!(times("No.", &[], None), "No.");
    }
}
