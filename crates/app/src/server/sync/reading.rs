//! Where a source was read up to, and which of its calendars did not answer then.

use super::again::later;
use super::port::wait;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use steadfast_store::{Micros, Source};

/// What a cursor begins with that has something to say of calendars that did not answer.
const UNREAD: &str = "unread ";

/// What a cursor begins with before anything else whose source wants to be left alone.
const WAITS: &str = "waits ";

/// How long a source wants to be left alone.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub(super) struct Waits {
    /// The microsecond before which it is not asked, whoever says that something changed.
    pub(super) until: i64,
    /// Rounds in a row that it broke off so.
    pub(super) in_a_row: u32,
}

/// What is kept between two rounds of a source.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(crate) struct Reading {
    /// In the source's own words.
    pub cursor: Option<String>,
    /// Calendars that did not answer the last time, with the microsecond up to which each is known.
    unread: BTreeMap<String, i64>,
    /// Whether it wanted to be left alone the last time.
    pub(super) waits: Option<Waits>,
}

impl Reading {
    /// What was kept with a source.
    pub(crate) fn of(source: &Source) -> Self {
        let Some(kept) = source.cursor.as_deref().map(String::from_utf8_lossy) else {
            return Self::default();
        };
        let (waits, kept) = match kept
            .strip_prefix(WAITS)
            .and_then(|rest| rest.split_once('\n'))
        {
            Some((waits, rest)) => (serde_json::from_str(waits).ok(), rest),
            None => (None, &*kept),
        };
        let told = kept
            .strip_prefix(UNREAD)
            .and_then(|rest| rest.split_once('\n'));
        match told {
            Some((unread, cursor)) => Self {
                cursor: Some(cursor.to_owned()),
                unread: serde_json::from_str(unread).unwrap_or_default(),
                waits,
            },
            None => Self {
                cursor: Some(kept.to_owned()),
                unread: BTreeMap::new(),
                waits,
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
            waits: None,
        }
    }

    /// How long the source is left alone that wants it once more: longer each time, and as long as it says.
    pub(super) fn left_alone(&self, now: Micros, chance: u32, after: u32) -> Waits {
        let in_a_row = self.waits.map_or(0, |waits| waits.in_a_row);
        let in_a_row = in_a_row.saturating_add(1);
        let again = later(now, in_a_row, chance);
        let until = again.max(now.plus(wait(Some(after)))).0;
        Waits { until, in_a_row }
    }

    /// That moment, or the one before which the source wants not to be asked.
    pub(super) fn not_before(&self, due: Micros) -> Micros {
        self.waits.map_or(due, |waits| due.max(Micros(waits.until)))
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
        let waits = self.waits.map_or_else(String::new, |waits| {
            let waits = serde_json::to_string(&waits).unwrap_or_default();
            format!("{WAITS}{waits}\n")
        });
        let unread = if self.unread.is_empty() {
            String::new()
        } else {
            let unread = serde_json::to_string(&self.unread).unwrap_or_default();
            format!("{UNREAD}{unread}\n")
        };
        format!("{waits}{unread}{cursor}").into_bytes()
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
        let waits = Some(Waits {
            until: 70,
            in_a_row: 2,
        });
        for reading in [third, read] {
            let reading = Reading { waits, ..reading };
            let kept = String::from_utf8(reading.to_bytes()).unwrap();
            let again = Reading::of(&source(Some(&kept), 9));
            assert_eq!(again, reading, "{kept}");
            assert_eq!(again.not_before(Micros(69)), Micros(70));
            assert_eq!(again.not_before(Micros(71)), Micros(71));
        }
        assert_eq!(Reading::of(&source(None, 1)), Reading::default());
    }
}
