//! Rounds, written down as lines, and small calendars to put into a source.

use std::time::Duration;
use steadfast_connect::sync::{self, Cursor, News, Provider, Round};
use steadfast_connect::{Limits, Options, Secret, SourceError};
use url::Url;

/// Options for a server on loopback, as user `maya`.
pub(crate) fn as_maya() -> Options {
    Options {
        user: Some("maya".to_owned()),
        password: Some(Secret::new("secret")),
        ..without_user()
    }
}

/// Options for a server on loopback, as nobody.
pub(crate) fn without_user() -> Options {
    Options {
        allow_private: true,
        limits: Limits {
            download_bytes: 4 << 20,
            connect: Duration::from_secs(10),
            answer: Duration::from_secs(30),
            whole: Duration::from_secs(30),
            ..Limits::default()
        },
        ..Options::default()
    }
}

/// A source that is kept up with: each round begins where the last good one ended, from the cursor's own text.
pub(crate) struct Keeper {
    pub(crate) provider: Box<dyn Provider>,
    pub(crate) cursor: Option<String>,
}

impl Keeper {
    pub(crate) fn new(url: &str, options: &Options) -> Self {
        let url = Url::parse(url).expect("a URL");
        Self {
            provider: sync::open(&url, options).expect("a provider"),
            cursor: None,
        }
    }

    pub(crate) fn try_round(&mut self) -> Result<Round, SourceError> {
        let cursor = self
            .cursor
            .as_deref()
            .map(|text| Cursor::from_json(text).expect("its own cursor"));
        let round = self.provider.round(cursor.as_ref())?;
        let text = round.cursor.to_json();
        assert!(!text.contains("secret"), "{text}");
        self.cursor = Some(text);
        Ok(round)
    }

    pub(crate) fn round(&mut self) -> Round {
        self.try_round().expect("a round")
    }

    /// The next round in lines.
    pub(crate) fn told(&mut self) -> Vec<String> {
        told(&self.round())
    }
}

/// A round in lines: what is new, in which calendar; unchanged calendars as such.
pub(crate) fn told(round: &Round) -> Vec<String> {
    let mut lines = Vec::new();
    for calendar in &round.calendars {
        let id = &calendar.id;
        match &calendar.news {
            News::Unchanged => lines.push(format!("{id} unchanged")),
            News::Whole {
                objects, because, ..
            } => {
                lines.push(format!("{id} whole, {because:?}"));
                lines.extend(
                    objects
                        .iter()
                        .map(|object| object_line(&object.href, &object.lines)),
                );
            }
            News::Changes { put, gone } => {
                lines.push(format!("{id} changes"));
                lines.extend(
                    put.iter()
                        .map(|object| object_line(&object.href, &object.lines)),
                );
                lines.extend(gone.iter().map(|href| format!("  gone {href}")));
            }
        }
    }
    lines.extend(round.gone.iter().map(|id| format!("gone {id}")));
    let aside = round.set_aside.iter();
    lines.extend(aside.map(|aside| format!("aside: {}", aside.why)));
    let unreadable = round.unreadable.iter();
    lines.extend(unreadable.map(|(what, why)| format!("unreadable {what}: {why}")));
    lines
}

fn object_line(href: &str, lines: &[u8]) -> String {
    let text = String::from_utf8_lossy(lines);
    let summaries: Vec<&str> = text
        .lines()
        .filter_map(|line| line.strip_prefix("SUMMARY:"))
        .collect();
    format!("  {href} {}", summaries.join(" + "))
}

/// A calendar of one event.
pub(crate) fn calendar(uid: &str, summary: &str) -> String {
    calendar_of(&event(uid, summary, ""))
}

/// An event, with further lines.
pub(crate) fn event(uid: &str, summary: &str, more: &str) -> String {
    format!(
        "BEGIN:VEVENT\r\nUID:{uid}@test\r\nDTSTAMP:20260301T000000Z\r\nDTSTART:20260302T090000Z\r\n\
         DTEND:20260302T093000Z\r\nSUMMARY:{summary}\r\n{more}END:VEVENT\r\n"
    )
}

/// A calendar of these components.
pub(crate) fn calendar_of(components: &str) -> String {
    format!("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//test//\r\n{components}END:VCALENDAR\r\n")
}
