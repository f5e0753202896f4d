//! Which of an account's calendars are read, and whose they are.

use crate::names;
use serde::{Deserialize, Deserializer};
use serde_json::Value;

/// One calendar that the account owns.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Listed {
    pub(super) id: String,
    pub(super) name: String,
    pub(super) owner: Option<String>,
    /// Why it is not read.
    pub(super) aside: Option<&'static str>,
}

/// An entry in Google's own words; nothing for what is none.
pub(super) struct Entry(pub(super) Option<Listed>);

impl<'de> Deserialize<'de> for Entry {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Value::deserialize(deserializer).map(|entry| Self(listed(&entry)))
    }
}

/// Reads an entry of the list of calendars; `None` for what is none.
fn listed(entry: &Value) -> Option<Listed> {
    let text = |name: &str| {
        entry
            .get(name)
            .and_then(Value::as_str)
            .filter(|text| !text.is_empty())
    };
    let is = |name: &str| entry.get(name) == Some(&Value::Bool(true));
    let id = text("id")?;
    let name = text("summaryOverride")
        .or(text("summary"))
        .unwrap_or_default();
    // The id of a person's own calendar is their address; others are made up below google.com.
    let made = id.ends_with(".calendar.google.com");
    let owner = if made { text("dataOwner") } else { Some(id) };
    let aside = if is("deleted") {
        Some("it was deleted")
    } else if text("accessRole").is_some_and(|role| role != "owner") {
        Some("somebody else’s calendar")
    } else if id.ends_with("@import.calendar.google.com") {
        Some("a subscribed calendar")
    } else if id.ends_with("@resource.calendar.google.com") {
        Some("a room’s calendar")
    } else if id.contains("#holiday@") || id.contains("#contacts@") {
        Some("holidays or birthdays")
    } else if !made && !is("primary") {
        // Somebody who lets another do everything with their calendar has not connected it here.
        Some("somebody else’s calendar")
    } else {
        names::why_set_aside(name)
    };
    Some(Listed {
        id: id.to_owned(),
        name: name.to_owned(),
        owner: owner.map(str::to_lowercase),
        aside,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn ones_own_calendars_are_read_and_nobody_elses() {
        let check = |entry: Value, owner: Option<&str>, aside: Option<&str>| {
            let found = listed(&entry).unwrap();
            assert_eq!(
                (found.owner.as_deref(), found.aside),
                (owner, aside),
                "{entry}"
            );
        };
        let of = |id: &str, more: Value| {
            let mut entry = json!({"id": id, "summary": "x", "accessRole": "owner"});
            entry
                .as_object_mut()
                .unwrap()
                .extend(more.as_object().unwrap().clone());
            entry
        };
        let maya = "maya@example.com";
        check(
            of("Maya@example.com", json!({"primary": true})),
            Some(maya),
            None,
        );
        check(of("c_1@group.calendar.google.com", json!({})), None, None);
        check(
            of("c_1@group.calendar.google.com", json!({"dataOwner": maya})),
            Some(maya),
            None,
        );
        check(
            of(maya, json!({})),
            Some(maya),
            Some("somebody else’s calendar"),
        );
        check(
            of(maya, json!({"primary": true, "accessRole": "reader"})),
            Some(maya),
            Some("somebody else’s calendar"),
        );
        check(
            of("en.german#holiday@group.v.calendar.google.com", json!({})),
            None,
            Some("holidays or birthdays"),
        );
        check(
            of("x@import.calendar.google.com", json!({})),
            None,
            Some("a subscribed calendar"),
        );
        check(
            of("c_1@group.calendar.google.com", json!({"deleted": true})),
            None,
            Some("it was deleted"),
        );
        assert_eq!(listed(&json!({"summary": "x"})), None);
    }
}
