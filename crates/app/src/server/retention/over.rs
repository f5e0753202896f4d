//! Of calendar text, what is not over yet.

use jiff::tz::TimeZone;
use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;
use steadfast_calendar::{End, Event, Instant, Reader, Series, Window, expand};

/// A day, for times whose zone is not said.
const FLOATS: i64 = 1;
/// How far ahead the last instance of a series that ends is looked for.
const AHEAD: i64 = 366 * 12;

/// What stands around the events of a text.
#[derive(Clone, Copy, Debug)]
pub(in crate::server) enum Frame<'a> {
    /// Nothing is missing: the text is whole.
    Own,
    /// The text is events alone; before them stands this.
    Around(&'a str),
}

/// The same text without the meetings, and the single instances of series, that were over before `horizon`; `None` where
/// nothing was. What cannot be read as a meeting goes as well.
pub(in crate::server) fn without_what_is_over(
    text: &str,
    frame: Frame<'_>,
    horizon: Instant,
) -> Option<String> {
    let (events, before) = match frame {
        Frame::Own => (Reader::read(text.as_bytes()).events, 0),
        Frame::Around(around) => {
            let whole = format!("{around}{text}END:VCALENDAR\r\n");
            (
                Reader::read(whole.as_bytes()).events,
                around.lines().count(),
            )
        }
    };
    let standing = standing(&events, horizon);
    let mut left = String::with_capacity(text.len());
    let mut is_event = false;
    let mut stands = true;
    for (index, line) in text.split_inclusive('\n').enumerate() {
        let bare = line.trim_end();
        if !is_event && bare.eq_ignore_ascii_case("BEGIN:VEVENT") {
            is_event = true;
            // Lines are counted from 1.
            let number = (before + index + 1) as u32;
            stands = standing.get(&number).copied().unwrap_or(false);
        }
        if !is_event || stands {
            left.push_str(line);
        }
        if is_event && bare.eq_ignore_ascii_case("END:VEVENT") {
            is_event = false;
        }
    }
    (left.len() < text.len()).then_some(left)
}

/// Whether the event that begins in a line is not over.
fn standing(events: &[Event], horizon: Instant) -> HashMap<u32, bool> {
    let horizon = horizon.plus_days(-FLOATS);
    let mut by_uid: BTreeMap<&str, Vec<&Event>> = BTreeMap::new();
    let mut standing = HashMap::with_capacity(events.len());
    for event in events {
        if event.uid.is_empty() {
            standing.insert(event.line, !is_over(event, horizon));
        } else {
            by_uid.entry(&event.uid).or_default().push(event);
        }
    }
    for series in by_uid.values() {
        let masters = || series.iter().filter(|event| event.recurrence_id.is_none());
        let goes_on = masters().any(|event| !is_over(event, horizon));
        let mut any = goes_on;
        for event in series.iter().filter(|event| event.recurrence_id.is_some()) {
            let re_times = event
                .recurrence_id
                .as_ref()
                .is_some_and(|id| id.this_and_future);
            let stands = (re_times && goes_on) || !is_over(event, horizon);
            any |= stands;
            standing.insert(event.line, stands);
        }
        // An instance that still stands is nothing without its series.
        standing.extend(masters().map(|event| (event.line, any)));
    }
    standing
}

fn is_over(event: &Event, horizon: Instant) -> bool {
    let zone = event.start.zone(&TimeZone::UTC).clone();
    let start = event.start.instant(&zone);
    let end = match &event.end {
        End::At(when) => when.instant(&zone),
        End::Lasts { days, seconds } => start.plus_days(i64::from(*days)).plus_seconds(*seconds),
        End::Unsaid if event.start.is_date() => start.plus_days(1),
        End::Unsaid => start,
    };
    let id = event.recurrence_id.as_ref();
    let id_is_over = id.is_none_or(|id| id.at.instant(&zone) < horizon);
    if end.max(start) >= horizon || !id_is_over {
        return false;
    }
    let Some(recurrence) = event.recurrence.as_ref().filter(|_| id.is_none()) else {
        return true;
    };
    let ends = |rule: &str| {
        let rule = rule.to_ascii_uppercase();
        rule.contains("UNTIL=") || rule.contains("COUNT=")
    };
    if !recurrence.rules.iter().all(|rule| ends(rule)) {
        return false;
    }
    let series = Series {
        uid: event.uid.clone(),
        master: Some(Arc::new(event.clone())),
        overrides: Vec::new(),
    };
    let lasts = end.seconds_since(start).max(0);
    let window = Window {
        from: horizon.plus_seconds(-lasts),
        to: horizon.plus_days(AHEAD),
    };
    expand(&series, &TimeZone::UTC, window).is_empty()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn event(uid: &str, lines: &str) -> String {
        format!("BEGIN:VEVENT\r\nUID:{uid}\r\n{lines}\r\nEND:VEVENT\r\n")
    }

    /// 2026-01-01.
    const NEW_YEAR: i64 = 1_767_225_600;

    fn uids_left(text: &str) -> Vec<String> {
        let horizon = Instant::from_seconds(NEW_YEAR);
        let left = without_what_is_over(text, Frame::Own, horizon);
        let left = left.unwrap_or_else(|| text.to_owned());
        let uids = left.lines().filter_map(|line| line.strip_prefix("UID:"));
        uids.map(str::to_owned).collect()
    }

    fn whole(events: &[String]) -> String {
        let events = events.concat();
        format!("BEGIN:VCALENDAR\r\nVERSION:2.0\r\n{events}END:VCALENDAR\r\n")
    }

    #[test]
    fn what_is_over_goes_and_what_goes_on_stays() {
        let text = whole(&[
            event("over", "DTSTART:20250303T090000Z\r\nDURATION:PT30M"),
            event("to come", "DTSTART:20260303T090000Z\r\nDURATION:PT30M"),
            event(
                "long",
                "DTSTART;VALUE=DATE:20251220\r\nDTEND;VALUE=DATE:20260110",
            ),
            event(
                "ended",
                "DTSTART:20240303T090000Z\r\nDURATION:PT30M\r\nRRULE:FREQ=WEEKLY;UNTIL=20250601T000000Z",
            ),
            event(
                "counted",
                "DTSTART:20240303T090000Z\r\nDURATION:PT30M\r\nRRULE:FREQ=WEEKLY;COUNT=10",
            ),
            event(
                "ends later",
                "DTSTART:20240303T090000Z\r\nDURATION:PT30M\r\nRRULE:FREQ=WEEKLY;COUNT=200",
            ),
            event(
                "endless",
                "DTSTART:20240303T090000Z\r\nDURATION:PT30M\r\nRRULE:FREQ=WEEKLY",
            ),
            event(
                "dated",
                "DTSTART:20240303T090000Z\r\nDURATION:PT30M\r\nRDATE:20240403T090000Z,20260403T090000Z",
            ),
            event("no meeting", "SUMMARY:x"),
        ]);
        assert_eq!(
            uids_left(&text),
            ["to come", "long", "ends later", "endless", "dated"]
        );
    }

    #[test]
    fn of_a_series_that_goes_on_old_instances_go() {
        let text = whole(&[
            event(
                "s",
                "DTSTART:20240304T090000Z\r\nDURATION:PT30M\r\nRRULE:FREQ=WEEKLY\r\nSUMMARY:series",
            ),
            event(
                "s",
                "RECURRENCE-ID:20250303T090000Z\r\nDTSTART:20250304T090000Z\r\nDURATION:PT30M\r\nSUMMARY:old",
            ),
            event(
                "s",
                "RECURRENCE-ID:20250310T090000Z\r\nDTSTART:20260304T090000Z\r\nDURATION:PT30M\r\nSUMMARY:put off",
            ),
            event(
                "s",
                "RECURRENCE-ID:20260302T090000Z\r\nDTSTART:20260304T090000Z\r\nDURATION:PT30M\r\nSUMMARY:new",
            ),
            event(
                "e",
                "DTSTART:20240304T090000Z\r\nDURATION:PT30M\r\nRRULE:FREQ=WEEKLY;COUNT=3\r\nSUMMARY:ended",
            ),
            event(
                "e",
                "RECURRENCE-ID:20240311T090000Z\r\nDTSTART:20260304T090000Z\r\nDURATION:PT30M\r\nSUMMARY:late",
            ),
        ]);
        let left =
            without_what_is_over(&text, Frame::Own, Instant::from_seconds(NEW_YEAR)).unwrap();
        let titles: Vec<&str> = left
            .lines()
            .filter_map(|line| line.strip_prefix("SUMMARY:"))
            .collect();
        assert_eq!(titles, ["series", "put off", "new", "ended", "late"]);
        assert_eq!(
            without_what_is_over(&left, Frame::Own, Instant::from_seconds(NEW_YEAR)),
            None
        );
    }

    #[test]
    fn events_without_what_stands_around_them_are_read_with_it() {
        let text = event("over", "DTSTART:20250303T090000Z")
            + &event("to come", "DTSTART:20260303T090000Z");
        let around = Frame::Around("BEGIN:VCALENDAR\r\nVERSION:2.0\r\n");
        let left = without_what_is_over(&text, around, Instant::from_seconds(NEW_YEAR)).unwrap();
        assert_eq!(left, event("to come", "DTSTART:20260303T090000Z"));
    }
}
