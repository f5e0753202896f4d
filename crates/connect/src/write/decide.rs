//! What an order comes to on an object as it is, wherever that lies.

use super::{Order, Outcome};
use steadfast_calendar::edit::{Edit, EditError, Edited, apply, holds, undo};

/// What is to be written.
pub(super) struct Made {
    /// The new text; `None`: the object goes.
    pub(super) text: Option<Vec<u8>>,
    /// What takes it back.
    pub(super) undo: Option<Edit>,
}

/// Why nothing is.
pub(super) enum Not {
    /// It is so already.
    AlreadySo,
    /// It is not what was decided on.
    Changed,
    /// It cannot be made of this object.
    Impossible(EditError),
}

impl Not {
    /// The outcome, with what there is to say of what is so already, and the version that is there.
    pub(super) fn outcome(
        self,
        already: impl FnOnce() -> Outcome,
        now: impl FnOnce() -> Option<String>,
    ) -> Box<Outcome> {
        Box::new(match self {
            Self::AlreadySo => already(),
            Self::Changed => Outcome::Changed { now: now() },
            Self::Impossible(error) => Outcome::Impossible(error),
        })
    }
}

/// Makes it of the object `before`; `as_decided`: whether that is what was decided on.
pub(super) fn made(order: &Order, before: Option<&[u8]>, as_decided: bool) -> Result<Made, Not> {
    if !as_decided {
        let is_so = order.by(|by| holds(before, &order.edit, by));
        return Err(if is_so { Not::AlreadySo } else { Not::Changed });
    }
    let not = |error| match error {
        EditError::AlreadySo => Not::AlreadySo,
        other => Not::Impossible(other),
    };
    let undo = order.by(|by| undo(before, &order.edit, by)).map_err(not)?;
    let text = match order.by(|by| apply(before, &order.edit, by)) {
        Ok(Edited::Text(text)) => Some(text),
        Ok(Edited::Gone) => None,
        Err(error) => return Err(not(error)),
    };
    Ok(Made { text, undo })
}
