//! One element of a list of events, as it is read while the list still comes in.

use crate::google::{Oddity, Said, read};
use serde::{Deserialize, Deserializer, Serialize};
use serde_json::Value;

/// What one element says, or why it says nothing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(in crate::sync) enum Item {
    /// This.
    Said(Said),
    /// It cannot be read.
    Unread {
        /// Its id, where it has one.
        id: Option<String>,
        /// Why.
        oddity: Oddity,
    },
}

impl Item {
    /// Reads one.
    pub(super) fn of(value: &Value) -> Self {
        match read(value) {
            Ok(said) => Self::Said(said),
            Err(oddity) => Self::Unread {
                id: value.get("id").and_then(Value::as_str).map(str::to_owned),
                oddity,
            },
        }
    }
}

/// An element in Google's own words. Whatever is odd in it is of this one element: it is JSON for as long as it is read, and
/// the next one comes after it, so that of a page never more than one event is held as JSON.
pub(super) struct Told(pub(super) Item);

impl<'de> Deserialize<'de> for Told {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Value::deserialize(deserializer).map(|value| Self(Item::of(&value)))
    }
}
