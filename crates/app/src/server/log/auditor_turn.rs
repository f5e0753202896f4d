//! Who the auditor is, as those read it in their log whom it is about: whoever names them, the auditor, and who was it before.

use serde::{Deserialize, Serialize};

/// What was said of it, or was to be said. Its form never changes once written.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(tag = "turn", rename_all = "snake_case")]
pub enum AuditorTurn {
    /// The reader named them; `None`: that there is no auditor.
    Named {
        /// Their address.
        person: Option<String>,
    },
    /// The reader named somebody who cannot be it, and nothing was changed.
    Refused {
        /// What was typed.
        person: String,
        /// Why not.
        why: String,
    },
    /// The reader is it from then on.
    Became,
    /// The reader is it no more.
    Ceased,
}
