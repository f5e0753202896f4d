//! A feed: asked whether it has changed, and told whole when it has.

use super::cursor::{Cursor, FeedState, State};
use super::news::{Because, CalendarNews, News, Object, Round};
use crate::document::{Bounded, Kind, kind, size};
use crate::error::SourceError;
use crate::web::client::{Answer, Ask, Client, broken_body};
use crate::web::{feed, shown};
use std::io::Read;
use steadfast_calendar::fingerprint;
use url::Url;

/// One round of a feed.
pub(super) fn round(
    client: &Client,
    url: &Url,
    known: Option<&FeedState>,
) -> Result<Round, SourceError> {
    let label = shown::address(url);
    let mut ask = Ask::get(url);
    if let Some(known) = known {
        let etag = known.etag.as_deref().map(|etag| ("If-None-Match", etag));
        let since = known
            .last_modified
            .as_deref()
            .map(|since| ("If-Modified-Since", since));
        ask.headers.extend(etag);
        ask.headers.extend(since);
    }
    let conditional = !ask.headers.is_empty();
    let answer = client.send(&ask)?;
    match (answer.status, known) {
        (200, _) => {}
        (304, Some(known)) if conditional => {
            let state = FeedState {
                etag: answer.header("etag").or_else(|| known.etag.clone()),
                last_modified: answer
                    .header("last-modified")
                    .or_else(|| known.last_modified.clone()),
                ..known.clone()
            };
            return Ok(told(url, state, News::Unchanged));
        }
        _ => return Err(answer.refusal(label, client.has_user())),
    }
    let (etag, last_modified) = (answer.header("etag"), answer.header("last-modified"));
    let lines = body(client, &label, answer)?;
    let state = FeedState {
        etag,
        last_modified,
        fingerprint: fingerprint(&lines),
        name: name_in(&lines),
    };
    let news = match known {
        Some(known) if known.fingerprint == state.fingerprint => News::Unchanged,
        known => News::Whole {
            kept: Vec::new(),
            because: known.map_or(Because::First, |_| Because::AlwaysWhole),
            objects: vec![Object {
                href: String::new(),
                lines,
            }],
        },
    };
    Ok(told(url, state, news))
}

fn told(url: &Url, state: FeedState, news: News) -> Round {
    Round {
        after: None,
        calendars: vec![CalendarNews {
            id: String::new(),
            name: state.name.clone(),
            owner: feed::owner(url),
            news,
        }],
        gone: Vec::new(),
        unreadable: Vec::new(),
        set_aside: Vec::new(),
        cursor: Cursor(State::Feed(state)),
    }
}

/// The body, if it is a calendar from its beginning to its end.
fn body(client: &Client, label: &str, answer: Answer) -> Result<Vec<u8>, SourceError> {
    let limit = client.limits().download_bytes;
    let mut bounded = Bounded::new(answer.body, limit);
    let mut lines = Vec::new();
    if let Err(error) = bounded.read_to_end(&mut lines) {
        if bounded.exceeded() {
            return Err(SourceError::TooLarge {
                what: label.to_owned(),
                limit: size(limit),
            });
        }
        return Err(broken_body(label, &error));
    }
    let head = lines.get(..lines.len().min(8 * 1024)).unwrap_or_default();
    let looks_like = match kind(head) {
        Kind::Calendar if is_whole(&lines) => return Ok(lines),
        // A server that closes the connection to end its answer cannot be told from one that fell over.
        Kind::Calendar => {
            return Err(SourceError::Unreachable {
                address: label.to_owned(),
                reason: "the answer broke off: the calendar in it has no end".to_owned(),
            });
        }
        Kind::Zip => "a zip archive",
        Kind::Gzip | Kind::Tar => "an archive",
        Kind::Other(what) => what,
    };
    Err(SourceError::NotACalendar {
        what: label.to_owned(),
        looks_like,
    })
}

/// Whether the last line ends a calendar.
fn is_whole(lines: &[u8]) -> bool {
    let text = lines.trim_ascii_end();
    let last = text.rsplit(|byte| *byte == b'\n').next().unwrap_or(text);
    last.trim_ascii().eq_ignore_ascii_case(b"END:VCALENDAR")
}

/// The name that most feeds give themselves before their first component.
fn name_in(lines: &[u8]) -> String {
    for line in lines.split(|byte| *byte == b'\n').take(200) {
        let Ok(line) = std::str::from_utf8(line) else {
            continue;
        };
        let Some((name, value)) = line.trim_end().split_once(':') else {
            continue;
        };
        if name.eq_ignore_ascii_case("BEGIN") && !value.eq_ignore_ascii_case("VCALENDAR") {
            break;
        }
        let name = name.split(';').next().unwrap_or_default();
        if name.eq_ignore_ascii_case("X-WR-CALNAME") {
            return value.replace("\\,", ",").replace("\\;", ";");
        }
    }
    String::new()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_calendar_without_its_last_line_is_not_whole() {
        fn check(text: &str, expected: bool) {
            assert_eq!(is_whole(text.as_bytes()), expected, "{text:?}");
        }
        check("BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n", true);
        check("BEGIN:VCALENDAR\nend:vcalendar\n\n \n", true);
        check("BEGIN:VCALENDAR\r\nEND:VCALENDA", false);
        check("BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nEND:VEVENT\r\n", false);
        check("", false);
    }

    #[test]
    fn a_feed_names_itself_in_its_head() {
        fn check(text: &str, expected: &str) {
            assert_eq!(name_in(text.as_bytes()), expected, "{text:?}");
        }
        check(
            "BEGIN:VCALENDAR\r\nX-WR-CALNAME:Maya\\, at work\r\n",
            "Maya, at work",
        );
        check("BEGIN:VCALENDAR\nx-wr-calname;VALUE=TEXT:Maya\n", "Maya");
        check(
            "BEGIN:VCALENDAR\nBEGIN:VEVENT\nX-WR-CALNAME:Maya\nEND:VEVENT\n",
            "",
        );
        check("", "");
    }
}
