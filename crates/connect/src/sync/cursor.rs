//! What is remembered of a source between two rounds.

use super::google::Item;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// The form that is written now. Another one is not read, and the source begins anew.
const VERSION: u32 = 1;

/// What a source told last time, to be given back next time: opaque JSON text with a version. It holds no password
/// and no address of a feed.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Cursor(pub(super) State);

/// What is remembered, by kind of source.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum State {
    /// Of a feed.
    Feed(FeedState),
    /// Of a CalDAV account or calendar.
    Caldav(AccountState),
    /// Of a Google account.
    Google(GoogleState),
}

/// What is remembered of a feed.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub(super) struct FeedState {
    /// Its validators (RFC 9110 §8.8), as the server wrote them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) etag: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) last_modified: Option<String>,
    /// The body without what differs at every export.
    pub(super) fingerprint: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub(super) name: String,
}

/// What is remembered of a CalDAV account.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub(super) struct AccountState {
    /// Whether its address is one calendar.
    #[serde(default)]
    pub(super) single: bool,
    /// By id.
    pub(super) calendars: BTreeMap<String, CollectionState>,
}

/// What is remembered of one CalDAV calendar.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub(super) struct CollectionState {
    /// The sync token (RFC 6578), where the server has such.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) token: Option<String>,
    /// The older mark that changes with any object, where there is no token.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) ctag: Option<String>,
    /// Every object that was told, with its ETag, or with its fingerprint where the server gives none.
    #[serde(default)]
    pub(super) etags: BTreeMap<String, String>,
    /// Objects that are new and could not be read, with their addresses: to be tried again, since the token has moved on.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub(super) pending: BTreeMap<String, String>,
}

/// What is remembered of a Google account.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub(super) struct GoogleState {
    /// By id.
    pub(super) calendars: BTreeMap<String, GoogleCalendar>,
}

/// What is remembered of one calendar of a Google account.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub(super) struct GoogleCalendar {
    /// Where the list of its events was read up to (`nextSyncToken`); empty as long as it was never read to its end.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub(super) token: String,
    /// What its series have beside their rules, by id of the series; series without any are not here.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub(super) series: BTreeMap<String, Exceptions>,
    /// What was read since, where it was not read to its end: the next round goes on there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) begun: Option<Begun>,
}

/// A list that something came in the way of: what was read of it is not asked for again, so that an account of which Google
/// gives little at a time is read to its end all the same. Nothing of it is told before.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub(super) struct Begun {
    /// Whether it is a list of everything, and not of what changed since the token.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub(super) is_whole: bool,
    /// Its elements so far.
    pub(super) items: Vec<Item>,
    /// The page that comes next; none when the list itself was read.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) page: Option<String>,
    /// What its last page said of where it was read up to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) token: Option<String>,
    /// Series that were asked for besides, by id; none for one that is not there.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub(super) fetched: BTreeMap<String, Option<Item>>,
}

impl Begun {
    /// How much was read: another with every answer.
    pub(super) fn read(&self) -> (usize, bool, usize) {
        (self.items.len(), self.token.is_some(), self.fetched.len())
    }

    /// Whether more was read than when it was `before`, or it was begun anew and something was read.
    pub(super) fn came_on(&self, before: (usize, bool, usize)) -> bool {
        let now = self.read();
        (self.page.is_some() || self.token.is_some()) && now != before
    }
}

/// The exceptions of one series.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub(super) struct Exceptions {
    /// Ids of instances that stand and say something of their own. They go when their series goes, which Google need not
    /// say of each.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub(super) stand: BTreeSet<String>,
    /// EXDATE lines of instances that were called off, by their ids: they are told once, and belong to the text of their
    /// series whenever that is told again.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub(super) off: BTreeMap<String, String>,
}

#[derive(Serialize, Deserialize)]
struct Written<S> {
    v: u32,
    #[serde(flatten)]
    state: S,
}

impl Cursor {
    /// The text to keep.
    pub fn to_json(&self) -> String {
        let written = Written {
            v: VERSION,
            state: &self.0,
        };
        // Maps with text keys always serialise; an unreadable cursor would only begin anew.
        serde_json::to_string(&written).unwrap_or_default()
    }

    /// The cursor that `text` is; `None` if it is none, or one of another version.
    pub fn from_json(text: &str) -> Option<Self> {
        let written: Written<State> = serde_json::from_str(text).ok()?;
        (written.v == VERSION).then_some(Self(written.state))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cursor_is_the_same_after_it_was_kept() {
        let feed = State::Feed(FeedState {
            etag: Some("W/\"1\"".to_owned()),
            last_modified: None,
            fingerprint: "ab".to_owned(),
            name: String::new(),
        });
        let collection = CollectionState {
            token: Some("t".to_owned()),
            ctag: None,
            etags: [("a \"b\".ics".to_owned(), "\"1\"".to_owned())].into(),
            pending: BTreeMap::new(),
        };
        let account = State::Caldav(AccountState {
            single: true,
            calendars: [("/maya/é/".to_owned(), collection)].into(),
        });
        let exceptions = Exceptions {
            stand: ["abc_20260106T140000Z".to_owned()].into(),
            off: [(
                "abc_20260113T140000Z".to_owned(),
                "EXDATE:20260113T140000Z".to_owned(),
            )]
            .into(),
        };
        let google = State::Google(GoogleState {
            calendars: [(
                "maya@example.com".to_owned(),
                GoogleCalendar {
                    token: "CP-_y=".to_owned(),
                    series: [("abc".to_owned(), exceptions)].into(),
                    begun: Some(Begun {
                        items: vec![Item::Unread {
                            id: Some("d".to_owned()),
                            oddity: crate::google::Oddity::NoStart,
                        }],
                        page: Some("p".to_owned()),
                        fetched: [("abc".to_owned(), None)].into(),
                        ..Begun::default()
                    }),
                },
            )]
            .into(),
        });
        for state in [
            feed,
            account,
            google,
            State::Caldav(AccountState::default()),
        ] {
            let cursor = Cursor(state);
            assert_eq!(Cursor::from_json(&cursor.to_json()), Some(cursor));
        }
    }

    #[test]
    fn an_unknown_form_is_no_cursor() {
        let known = r#"{"v":1,"feed":{"fingerprint":"ab"}}"#;
        assert!(Cursor::from_json(known).is_some());
        for text in [
            "",
            "null",
            "{}",
            "[1]",
            r#"{"v":1}"#,
            r#"{"v":1,"telex":{}}"#,
            &known.replace('1', "2"),
            &known.replace("\"ab\"", "7"),
        ] {
            assert_eq!(Cursor::from_json(text), None, "{text}");
        }
    }
}
