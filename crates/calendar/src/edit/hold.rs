//! A hold: time that is taken in one's own calendar, with nobody else in it and nothing said to others.

use super::{
    By,
    book::{head, single},
    error::EditError,
    texts::{is_uid, joined},
};
use crate::instant::Slot;
use serde::{Deserialize, Serialize};

/// Time to be taken.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Hold {
    /// Its UID, as [`super::Meeting::uid`].
    pub uid: String,
    /// When.
    pub slot: Slot,
    /// What its owner is shown.
    pub title: String,
}

pub(super) fn apply(hold: &Hold, by: &By<'_>) -> Result<Vec<u8>, EditError> {
    if !is_uid(&hold.uid) || hold.slot.end <= hold.slot.start {
        return Err(EditError::Impossible);
    }
    let mut lines = head(&hold.uid, single(hold.slot), &hold.title, by);
    lines.extend(["CLASS:PRIVATE", "END:VEVENT", "END:VCALENDAR"].map(str::to_owned));
    Ok(joined(&lines))
}
