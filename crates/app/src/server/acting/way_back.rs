//! What takes something back, as it is kept with it since it was let go.

use serde::{Deserialize, Serialize};
use steadfast_calendar::edit::Edit;
use steadfast_store::Intent;

/// What takes something back. Kept as it is here.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(untagged)]
pub(super) enum WayBack {
    /// Of two objects: the one that was done first, and the one that followed.
    Both {
        /// In that order.
        both: Box<[Edit; 2]>,
    },
    /// Of one.
    One(Edit),
}

impl WayBack {
    /// Of two objects; `None` where one of them cannot be taken back.
    pub(super) fn of_both(first: Option<&Edit>, then: Option<&Edit>) -> Option<Self> {
        let both = Box::new([first?.clone(), then?.clone()]);
        Some(Self::Both { both })
    }

    /// What is kept with an intent.
    pub(super) fn of(intent: &Intent) -> Option<Self> {
        serde_json::from_slice(intent.undo.as_deref()?).ok()
    }

    /// What takes the first, or the only one, back.
    pub(super) fn first(self) -> Option<Edit> {
        let [first, _] = match self {
            Self::Both { both } => *both,
            Self::One(edit) => return Some(edit),
        };
        Some(first)
    }

    /// All of it.
    pub(super) fn edits(&self) -> &[Edit] {
        match self {
            Self::Both { both } => both.as_slice(),
            Self::One(edit) => std::slice::from_ref(edit),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use steadfast_calendar::Instant;

    #[test]
    fn the_forms_of_what_takes_something_back_are_these_bytes_for_ever() {
        let end = Edit::End {
            from: Instant::from_seconds(7),
        };
        let gone = Edit::Withdraw {
            uid: "u".to_owned(),
        };
        for (back, text) in [
            (
                WayBack::One(gone.clone()),
                r#"{"edit":"withdraw","uid":"u"}"#,
            ),
            (
                WayBack::of_both(Some(&gone), Some(&end)).unwrap(),
                r#"{"both":[{"edit":"withdraw","uid":"u"},{"edit":"end","from":7}]}"#,
            ),
        ] {
            assert_eq!(serde_json::to_string(&back).unwrap(), text);
            assert_eq!(serde_json::from_str::<WayBack>(text).unwrap(), back);
        }
    }
}
