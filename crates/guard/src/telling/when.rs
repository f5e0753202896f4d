//! When somebody is told: not while their hours are quiet, and not every few minutes; what comes in between comes together.

use super::Wish;
use jiff::tz::TimeZone;
use steadfast_calendar::Instant;

/// Seconds that what several calendars say one after another is waited for, so that it is one message.
pub const SETTLES: i64 = 60;
/// Seconds between two messages at least: a calendar that is tidied up for half an hour is one message or two.
pub const PAUSE: i64 = 30 * 60;
/// What begins within so many seconds does not wait for the pause.
pub const URGENT: i64 = 2 * 3_600;

/// When to tell of what begins at `begins`, the soonest of it all.
pub fn when(
    wish: &Wish,
    zone: &TimeZone,
    last: Option<Instant>,
    begins: Instant,
    now: Instant,
) -> Instant {
    let is_urgent = begins <= now.plus_seconds(URGENT);
    let rested = last.map_or(now, |last| last.plus_seconds(PAUSE).max(now));
    let at = if is_urgent { now } else { rested };
    let after = wish.quiet.after(at, zone);
    // What would be over by then is told now, where now is no quiet hour: the pause is not worth that.
    if begins <= after && wish.quiet.after(now, zone) == now {
        return now;
    }
    // Only what would be over, or about to begin, when the quiet ends comes through it.
    if wish.urgent_comes_through && begins <= after {
        at
    } else {
        after
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Tuesday 3 March 2026, in seconds of that day.
    fn at(seconds: i64) -> Instant {
        let day: Instant = "2026-03-03T00:00:00Z"
            .parse::<jiff::Timestamp>()
            .unwrap()
            .into();
        day.plus_seconds(seconds)
    }

    fn check(last: Option<i64>, begins: i64, expected: i64) {
        let now = 10 * 3_600;
        let wish = Wish::default();
        let zone = TimeZone::UTC;
        assert_eq!(
            when(&wish, &zone, last.map(at), at(begins), at(now)),
            at(expected)
        );
    }

    #[test]
    fn a_second_message_waits_for_the_pause_unless_it_is_urgent() {
        let now = 10 * 3_600;
        check(None, 16 * 3_600, now);
        check(Some(now - 600), 16 * 3_600, now + 1_200);
        check(Some(now - 7_200), 16 * 3_600, now);
        check(Some(now - 600), 11 * 3_600, now);
    }

    #[test]
    fn the_pause_does_not_push_into_the_night_what_is_over_by_morning() {
        let wish = Wish::default();
        let (now, last) = (at(18 * 3_600 + 50 * 60), at(18 * 3_600 + 45 * 60));
        // Half past seven the next morning.
        let begins = at(31 * 3_600 + 1_800);
        assert_eq!(when(&wish, &TimeZone::UTC, Some(last), begins, now), now);
    }

    #[test]
    fn the_end_of_a_pause_in_the_evening_is_the_next_morning() {
        let wish = Wish::default();
        let (now, last) = (at(18 * 3_600 + 50 * 60), at(18 * 3_600 + 45 * 60));
        let begins = at(48 * 3_600);
        let morning = at(32 * 3_600);
        assert_eq!(
            when(&wish, &TimeZone::UTC, Some(last), begins, now),
            morning
        );
    }
}
