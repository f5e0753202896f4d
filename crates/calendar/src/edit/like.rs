//! What a new meeting takes over from the one that it stands for: where that takes place, and what its organiser wrote into it
//! for both. It is read off that one when the new one is written, and kept nowhere.

use super::{By, error::EditError, lines::Component, subject::Subject};
use crate::event::{CuType, Event};
use crate::expand::Standing;
use crate::instant::Instant;
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// One that a new meeting is made like.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Like {
    /// Where its object lies on the same source: of a meaning there alone.
    pub place: String,
    /// Its UID: something else that lies there by now is not taken for it.
    pub uid: String,
    /// Which of a series.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub occurrence: Option<Instant>,
    /// The text of its object, as it stands: to be given where the edit is carried out.
    #[serde(skip)]
    pub text: Option<Vec<u8>>,
}

/// Where somebody has to go. Of a room that was asked for the lost one nobody knows whether it is free for the new one.
const PLACE: &[&str] = &["LOCATION", "GEO", "X-APPLE-STRUCTURED-LOCATION"];

/// Where they meet without going anywhere (RFC 7986 §5.11, and what servers wrote before that).
const CONFERENCE: &[&str] = &[
    "CONFERENCE",
    "URL",
    "X-GOOGLE-CONFERENCE",
    "X-MICROSOFT-SKYPETEAMSMEETINGURL",
    "X-MICROSOFT-ONLINEMEETINGEXTERNALLINK",
];

/// Octets of one line that are taken over: words, and no picture.
const LONGEST: usize = 16 << 10;

/// The lines that the new one has of it, unfolded; none where it is not there, or nobody else was ever told of it. Its words only
/// `with_words`.
pub(super) fn lines(like: &Like, with_words: bool, by: &By<'_>) -> Vec<String> {
    said(like, with_words, by).unwrap_or_default()
}

fn said(like: &Like, with_words: bool, by: &By<'_>) -> Result<Vec<String>, EditError> {
    let subject = Subject::read(like.text.as_deref().ok_or(EditError::NotFound)?)?;
    if *subject.series.uid != *like.uid {
        return Err(EditError::NotFound);
    }
    subject.organised(by)?;
    let event = component(&subject, like.occurrence, by)?;
    let mut others = event.attendees.iter();
    if !others.any(|attendee| !by.is(&attendee.address)) {
        return Err(EditError::NotFound);
    }
    let mut rooms = event.attendees.iter();
    let has_room = rooms.any(|one| matches!(one.cutype, CuType::Room | CuType::Resource));
    let place = if has_room { &[] } else { PLACE };
    let words: &[&str] = if with_words { &["DESCRIPTION"] } else { &[] };
    let names = [place, CONFERENCE, words].concat();
    let lines = subject.component(&event)?.properties();
    let kept = lines.filter(|line| names.iter().any(|name| line.is(name)));
    let kept = kept.filter(|line| line.said.len() <= LONGEST);
    Ok(kept
        .filter_map(|line| String::from_utf8(line.said.clone()).ok())
        .collect())
}

/// What speaks for it: an override, unless it is called off and says no more than that.
fn component(
    subject: &Subject,
    occurrence: Option<Instant>,
    by: &By<'_>,
) -> Result<Arc<Event>, EditError> {
    let instance = occurrence.and_then(|id| subject.instance(id, by).ok());
    let of_its_own = match instance.map(|instance| instance.standing) {
        Some(Standing::Overridden(index)) => Some((subject.over(index)?, true)),
        Some(Standing::Cancelled(Some(index))) => Some((subject.over(index)?, false)),
        _ => None,
    };
    let says = |component: &Component| {
        let mut all = PLACE.iter().chain(CONFERENCE);
        all.any(|name| component.property(name).is_some())
    };
    match of_its_own {
        Some((over, stands)) if stands || says(subject.component(&over)?) => Ok(over),
        _ => subject.master(),
    }
}
