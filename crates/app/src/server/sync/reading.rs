//! Where a source was read up to, and which of its calendars did not answer then.

use std::collections::BTreeMap;
use steadfast_store::{Micros, Source};

/// What a cursor begins with that has something to say of calendars that did not answer.
const UNREAD: &str = "unread ";

/// What is kept between two rounds of a source.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(crate) struct Reading {
    /// In the source's own words.
    pub cursor: Option<String>,
    /// Calendars that did not answer the last time, with the microsecond up to which each is known.
    unread: BTreeMap<String, i64>,
}

impl Reading {
    /// What was kept with a source.
    pub(crate) fn of(source: &Source) -> Self {
        let Some(kept) = source.cursor.as_deref().map(String::from_utf8_lossy) else {
            return Self::default();
        };
        let told = kept
            .strip_prefix(UNREAD)
            .and_then(|rest| rest.split_once('\n'));
        match told {
            Some((unread, cursor)) => Self {
                cursor: Some(cursor.to_owned()),
                unread: serde_json::from_str(unread).unwrap_or_default(),
            },
            None => Self {
                cursor: Some(kept.into_owned()),
                unread: BTreeMap::new(),
            },
        }
    }

    /// What is kept after the next round: `unread` did not answer, everything else was read.
    pub(super) fn next(&self, source: &Source, cursor: &str, unread: &[String]) -> Self {
        let unread = unread.iter().map(|calendar| {
            // What was never read is known up to when the source was connected, when nothing was asked of it yet.
            let known = self.known_until(source, calendar).unwrap_or(source.created);
            (calendar.to_owned(), known)
        });
        Self {
            cursor: Some(cursor.to_owned()),
            unread: unread.map(|(calendar, at)| (calendar, at.0)).collect(),
        }
    }

    /// Up to when everything in one calendar of the source is known.
    pub(crate) fn known_until(&self, source: &Source, calendar: &str) -> Option<Micros> {
        let unread = self.unread.get(calendar).copied().map(Micros);
        unread.or(source.verified)
    }

    /// Up to when everything in all of them is.
    pub(crate) fn all_known_until(&self, source: &Source) -> Option<Micros> {
        let unread = self.unread.values().copied().map(Micros);
        unread.chain(source.verified).min()
    }

    /// Whether that one did not answer the last time.
    pub(super) fn is_unread(&self, calendar: &str) -> bool {
        self.unread.contains_key(calendar)
    }

    /// How many did not answer.
    pub(super) fn unread(&self) -> usize {
        self.unread.len()
    }

    /// As it is kept.
    pub(super) fn to_bytes(&self) -> Vec<u8> {
        let cursor = self.cursor.as_deref().unwrap_or_default();
        if self.unread.is_empty() {
            return cursor.as_bytes().to_vec();
        }
        let unread = serde_json::to_string(&self.unread).unwrap_or_default();
        format!("{UNREAD}{unread}\n{cursor}").into_bytes()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn source(cursor: Option<&str>, verified: i64) -> Source {
        Source {
            source: "s".to_owned(),
            person: "maya@example.com".to_owned(),
            about: Vec::new(),
            created: Micros(0),
            cursor: cursor.map(|cursor| cursor.as_bytes().to_vec()),
            verified: Some(Micros(verified)),
            tried: None,
            failures: 0,
            problem: None,
            stopped: None,
        }
    }

    #[test]
    fn a_calendar_that_does_not_answer_is_known_up_to_its_last_answer() {
        let first = source(Some("{}"), 5);
        let reading = Reading::of(&first).next(&first, "{1}", &["/b/".to_owned()]);
        let kept = String::from_utf8(reading.to_bytes()).unwrap();
        let second = source(Some(&kept), 9);
        let again = Reading::of(&second);
        assert_eq!(again, reading);
        assert_eq!(again.cursor.as_deref(), Some("{1}"));
        assert_eq!(again.known_until(&second, "/a/"), Some(Micros(9)));
        let third = again.next(&second, "{2}", &["/b/".to_owned()]);
        assert_eq!(third.known_until(&second, "/b/"), Some(Micros(5)));
        assert_eq!(third.all_known_until(&second), Some(Micros(5)));
        let read = third.next(&second, "{3}", &[]);
        assert_eq!(read.to_bytes(), b"{3}");
        assert_eq!(Reading::of(&source(None, 1)), Reading::default());
    }
}
