//! What is to be done, as it is kept.

use crate::server::ServerError;
use serde::{Deserialize, Serialize};
use steadfast_calendar::Instant;
use steadfast_calendar::edit::{Basis, Edit};
use steadfast_store::{Intent, Micros, NewIntent};

/// One thing to be done to one object. It is kept as it is here: a field is added with a default, and none is taken away.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Action {
    /// The connected source through which it is done; it has to be the person's own.
    pub source: String,
    /// Path of the object on the source's server.
    pub place: String,
    /// What was decided on.
    pub basis: Basis,
    /// What is to become of the object.
    pub edit: Edit,
    /// All addresses of the person, lower case.
    pub addresses: Vec<String>,
    /// Name of their time zone.
    pub zone: String,
    /// The policy under which it is done, in plain words.
    pub policy: String,
    /// Why, in plain words; names no meeting and nobody.
    pub because: String,
    /// UID of the object, where the edit does not say it.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub uid: Option<String>,
    /// Whether the other one of the two had said yes to this very thing.
    #[serde(skip_serializing_if = "std::ops::Not::not", default)]
    pub agreed: bool,
    /// The offer that is over once this has had its effect.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub ends_offer: Option<EndsOffer>,
    /// What follows on another object: neither is done for good without the other.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub then: Option<Box<Then>>,
}

/// The second object of what is one thing to people, on the same source.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Then {
    /// As [`Action::place`].
    pub place: String,
    /// As [`Action::basis`].
    pub basis: Basis,
    /// As [`Action::edit`].
    pub edit: Edit,
    /// As [`Action::uid`].
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub uid: Option<String>,
}

/// An offer that somebody picked from.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct EndsOffer {
    /// The 1:1.
    pub pair: String,
    /// Second of the promise.
    pub promised: i64,
    /// Second at which what was picked begins.
    pub start: i64,
}

/// An intent to do `action`, to be written with what it comes of ([`steadfast_store::Write::intents`]). `name` makes it be
/// done once: the same decision has to get the same name.
pub fn intent(name: &str, person: &str, action: &Action, by_hand: bool, now: Instant) -> NewIntent {
    NewIntent {
        intent: name.to_owned(),
        person: person.to_owned(),
        // Every key is a string: it can always be written.
        about: serde_json::to_vec(action).unwrap_or_default(),
        undoes: None,
        by_hand,
        created: Micros(now.seconds().saturating_mul(1_000_000)),
    }
}

/// What an intent is about.
pub(in crate::server) fn read(intent: &Intent) -> Result<Action, ServerError> {
    serde_json::from_slice(&intent.about).map_err(|_| ServerError::Unreadable("intent".to_owned()))
}
