//! From what a source tells to what is kept of it.

use super::{FoundCalendar, News, Object};
use crate::server::facts::CalendarNews;
use crate::server::retention::{Frame, without_what_is_over};
use std::collections::{BTreeMap, BTreeSet};
use steadfast_calendar::{Instant, minimal};

/// What was known of one calendar of a source: text by place.
pub(in crate::server) type Known = BTreeMap<String, String>;

/// The fact that says what is new, if anything is. `known` is what was known of this calendar; what was over before it was
/// folded, `folded`, is not taken in again.
pub(super) fn news(
    source: &str,
    after: Option<i64>,
    folded: Option<Instant>,
    known: &Known,
    found: FoundCalendar,
) -> Option<CalendarNews> {
    let (objects, gone, blind, all_but) = match found.news {
        News::Unchanged => return None,
        News::Whole {
            objects,
            kept,
            blind,
        } => (objects, Vec::new(), blind, Some(kept)),
        News::Changes { put, gone } => (put, gone, false, None),
    };
    let mut here: BTreeMap<String, String> = BTreeMap::new();
    for object in objects {
        here.extend(taken_apart(object));
    }
    if let Some(folded) = folded {
        let frame = here.get("").cloned().unwrap_or_default();
        here.retain(|href, text| href.is_empty() || stands(&frame, text, folded));
    }
    let mut gone: BTreeSet<String> = gone.into_iter().collect();
    if let Some(kept) = all_but {
        let is_gone = |href: &&String| !here.contains_key(*href) && !kept.contains(*href);
        gone.extend(known.keys().filter(is_gone).cloned());
    }
    gone.retain(|href| known.contains_key(href) && !here.contains_key(href));
    here.retain(|href, lines| {
        known
            .get(href)
            .is_none_or(|before| !says_the_same(before, lines))
    });
    let is_first = known.is_empty() && after.is_none();
    if here.is_empty() && gone.is_empty() && !blind && !is_first {
        return None;
    }
    Some(CalendarNews {
        source: source.to_owned(),
        calendar: found.id,
        after,
        blind,
        put: here.into_iter().collect(),
        gone: gone.into_iter().collect(),
    })
}

/// Leaves of the text what is not over; gives whether anything is left.
fn stands(frame: &str, text: &mut String, folded: Instant) -> bool {
    let around = if text.starts_with("BEGIN:VCALENDAR") {
        Frame::Own
    } else {
        Frame::Around(frame.strip_suffix("END:VCALENDAR\r\n").unwrap_or(frame))
    };
    if let Some(left) = without_what_is_over(text, around, folded) {
        *text = left;
    }
    text.contains("BEGIN:VEVENT")
}

/// An object's kept lines by place. What comes in one piece is taken apart by UID, so that one changed meeting does not
/// keep a whole calendar once more.
fn taken_apart(object: Object) -> BTreeMap<String, String> {
    let (_, kept) = minimal(&object.lines);
    let text = String::from_utf8_lossy(&kept).into_owned();
    if !object.href.is_empty() {
        return [(object.href, text)].into();
    }
    let mut frame = String::new();
    let mut apart: BTreeMap<String, String> = BTreeMap::new();
    let mut event: Option<(String, String)> = None;
    for line in text.split_inclusive("\r\n") {
        let bare = line.trim_end();
        match &mut event {
            None if bare.eq_ignore_ascii_case("BEGIN:VEVENT") => {
                event = Some((String::new(), line.to_owned()));
            }
            None => frame.push_str(line),
            Some((uid, lines)) => {
                lines.push_str(line);
                if let Some(value) = value_of(bare, "UID") {
                    value.clone_into(uid);
                }
                if bare.eq_ignore_ascii_case("END:VEVENT")
                    && let Some((uid, lines)) = event.take()
                {
                    apart
                        .entry(place_of(&uid, &lines))
                        .or_default()
                        .push_str(&lines);
                }
            }
        }
    }
    apart.insert(String::new(), frame);
    apart
}

/// Where an event is put: by its UID, or by what it says when it has none.
fn place_of(uid: &str, lines: &str) -> String {
    if uid.is_empty() {
        format!("without UID {lines}")
    } else {
        uid.to_owned()
    }
}

fn value_of<'a>(line: &'a str, name: &str) -> Option<&'a str> {
    let (head, value) = line.split_once(':')?;
    let head = head.split(';').next()?;
    head.eq_ignore_ascii_case(name).then_some(value)
}

/// Whether two texts differ in nothing but DTSTAMP, which many servers set to the moment at which they were asked.
fn says_the_same(before: &str, now: &str) -> bool {
    let telling = |text: &'_ str| {
        text.lines()
            .filter(|line| value_of(line, "DTSTAMP").is_none())
            .map(str::to_owned)
            .collect::<Vec<_>>()
    };
    before == now || telling(before) == telling(now)
}

#[cfg(test)]
mod tests {
    use super::*;

    const FEED: &str = "BEGIN:VCALENDAR\r\nX-WR-TIMEZONE:Europe/Berlin\r\nBEGIN:VEVENT\r\nUID:1\r\nDTSTAMP:20260101T000000Z\r\n\
        DTSTART:20260303T090000Z\r\nSUMMARY:a\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nUID:2\r\nDTSTAMP:20260101T000000Z\r\n\
        DTSTART:20260304T090000Z\r\nSUMMARY:b\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nUID:1\r\nRECURRENCE-ID:20260310T090000Z\r\n\
        DTSTART:20260310T100000Z\r\nSUMMARY:a\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n";

    fn feed(text: &str) -> FoundCalendar {
        FoundCalendar {
            id: String::new(),
            name: String::new(),
            owner: None,
            news: News::Whole {
                objects: vec![Object {
                    href: String::new(),
                    lines: text.as_bytes().to_vec(),
                }],
                kept: Vec::new(),
                blind: false,
            },
        }
    }

    fn known(text: &str) -> Known {
        let news = news("s", None, None, &Known::new(), feed(text)).unwrap();
        news.put.into_iter().collect()
    }

    #[test]
    fn a_feed_is_taken_apart_by_uid() {
        let known = known(FEED);
        assert_eq!(known.keys().collect::<Vec<_>>(), ["", "1", "2"]);
        assert_eq!(known["1"].matches("BEGIN:VEVENT").count(), 2);
        assert!(known[""].contains("X-WR-TIMEZONE"));
    }

    #[test]
    fn a_feed_that_says_the_same_with_other_stamps_is_no_news() {
        let later = FEED.replace("DTSTAMP:20260101T000000Z", "DTSTAMP:20260102T000000Z");
        assert_eq!(news("s", Some(1), None, &known(FEED), feed(&later)), None);
    }

    #[test]
    fn of_a_changed_feed_only_what_changed_is_kept() {
        let changed = FEED.replace("SUMMARY:b", "SUMMARY:c");
        let news = news("s", Some(1), None, &known(FEED), feed(&changed)).unwrap();
        assert_eq!(news.put.len(), 1);
        assert_eq!((news.put[0].0.as_str(), news.gone.len()), ("2", 0));
    }

    #[test]
    fn what_a_whole_calendar_does_not_hold_any_more_is_gone() {
        let without = FEED.replace("UID:2", "UID:3");
        let news = news("s", Some(1), None, &known(FEED), feed(&without)).unwrap();
        assert_eq!(news.gone, ["2"]);
    }

    #[test]
    fn what_is_there_and_could_not_be_read_stays_as_it_was_known() {
        let object = |href: &str| Object {
            href: href.to_owned(),
            lines: FEED.as_bytes().to_vec(),
        };
        let whole = |objects, kept: &[&str]| FoundCalendar {
            news: News::Whole {
                objects,
                kept: kept.iter().map(|href| (*href).to_owned()).collect(),
                blind: true,
            },
            ..feed("")
        };
        let all = whole(vec![object("a"), object("b"), object("c")], &[]);
        let known = news("s", None, None, &Known::new(), all).unwrap().put;
        let known: Known = known.into_iter().collect();
        let told = whole(vec![object("a")], &["b"]);
        let news = news("s", Some(1), None, &known, told).unwrap();
        assert_eq!(
            (news.gone.as_slice(), news.put.len()),
            (&["c".to_owned()][..], 0)
        );
    }

    #[test]
    fn what_was_over_before_it_was_folded_is_not_taken_in_again() {
        let folded = Some(Instant::from_seconds(1_772_928_000));
        let left = known(FEED)
            .into_iter()
            .filter(|(href, _)| href != "1" && href != "2");
        // 2026-03-08: both meetings were before, but for the one that was put off.
        let news = news("s", Some(1), folded, &left.collect(), feed(FEED)).unwrap();
        assert_eq!(news.put.len(), 1);
        let (place, text) = &news.put[0];
        assert_eq!((place.as_str(), news.gone.len()), ("1", 0));
        assert!(text.contains("RECURRENCE-ID:20260310T090000Z"));
        let again = known(FEED).into_iter().filter(|(href, _)| href != "2");
        assert_eq!(
            super::news("s", Some(1), folded, &again.collect(), feed(FEED)),
            None
        );
    }

    #[test]
    fn changes_that_change_nothing_are_no_news() {
        let object = |lines: &str| Object {
            href: "1.ics".to_owned(),
            lines: lines.as_bytes().to_vec(),
        };
        let found = |put, gone: &[&str]| FoundCalendar {
            news: News::Changes {
                put,
                gone: gone.iter().map(|href| (*href).to_owned()).collect(),
            },
            ..feed("")
        };
        let first = news(
            "s",
            None,
            None,
            &Known::new(),
            found(vec![object(FEED)], &[]),
        )
        .unwrap();
        let known: Known = first.put.into_iter().collect();
        assert_eq!(
            news(
                "s",
                Some(1),
                None,
                &known,
                found(vec![object(FEED)], &["2.ics"])
            ),
            None
        );
        let gone = news("s", Some(1), None, &known, found(Vec::new(), &["1.ics"])).unwrap();
        assert_eq!(gone.gone, ["1.ics"]);
    }
}
