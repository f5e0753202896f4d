//! What was seen of somebody's calendars, as iCalendar files: what they handed in last, and each connected calendar as it
//! was seen last.

use super::Files;
use crate::server::ledger::whole_stream;
use crate::server::{
    ServerError, Viewer,
    facts::{self, CalendarLeft, CalendarNews},
};
use std::collections::BTreeMap;
use steadfast_store::Facts;

/// Text by place.
type Objects = BTreeMap<String, String>;

/// A file for each.
pub(super) async fn files<S: Facts>(store: &S, viewer: &Viewer) -> Result<Files, ServerError> {
    let mut handed_in: Option<Vec<u8>> = None;
    let mut connected: BTreeMap<(String, String), Objects> = BTreeMap::new();
    let stream = facts::calendar_of(viewer.person());
    for fact in whole_stream(store, viewer.org(), &stream).await? {
        match fact.kind.as_str() {
            facts::NEWS => {
                let CalendarNews {
                    source,
                    calendar,
                    put,
                    gone,
                    ..
                } = facts::news_told(&fact)?;
                let objects = connected.entry((source, calendar)).or_default();
                objects.retain(|place, _| !gone.contains(place));
                objects.extend(put);
            }
            // What was seen of it before stays.
            facts::LEFT => drop(facts::what_was_said::<CalendarLeft>(&fact, facts::LEFT)?),
            _ => handed_in = Some(facts::lines_seen(&fact)?),
        }
    }
    let mut files = Files::new();
    if let Some(lines) = handed_in {
        files.push(("calendars/handed-in.ics".to_owned(), lines));
    }
    for (number, objects) in (1..).zip(connected.values()) {
        let text = written(objects).into_bytes();
        files.push((format!("calendars/connected-{number}.ics"), text));
    }
    Ok(files)
}

/// Objects one after another; those of a feed within what stood around them.
fn written(objects: &Objects) -> String {
    let is_whole = |text: &&String| text.starts_with("BEGIN:VCALENDAR");
    let apart = objects.iter().filter(|(place, _)| !place.is_empty());
    let (whole, parts): (Vec<_>, Vec<_>) = apart.map(|(_, text)| text).partition(is_whole);
    let mut text: String = whole.into_iter().map(String::as_str).collect();
    if let Some(around) = objects.get("") {
        let end = "END:VCALENDAR\r\n";
        text.push_str(around.strip_suffix(end).unwrap_or(around));
        text.extend(parts.into_iter().map(String::as_str));
        text.push_str(end);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_events_of_a_feed_stand_within_what_stood_around_them() {
        let objects = Objects::from([
            (
                String::new(),
                "BEGIN:VCALENDAR\r\nX:1\r\nEND:VCALENDAR\r\n".to_owned(),
            ),
            ("1".to_owned(), "BEGIN:VEVENT\r\nEND:VEVENT\r\n".to_owned()),
        ]);
        assert_eq!(
            written(&objects),
            "BEGIN:VCALENDAR\r\nX:1\r\nBEGIN:VEVENT\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
        );
        let whole = "BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n";
        let objects = Objects::from([("a.ics".to_owned(), whole.to_owned())]);
        assert_eq!(written(&objects), whole);
    }
}
