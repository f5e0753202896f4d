//! A series that takes another one's place at another time: the second half of moving one for good. It is made of the text of
//! the first, so that whatever its owner put there stays: title, class, place, words, alarms, those invited, its clock.

use super::{
    By,
    error::EditError,
    lines::Piece,
    subject::{Subject, ask_anew, place},
    texts::is_uid,
    value::{Form, utc},
    weekly_rule::{plain_weekly, with_part},
};
use crate::instant::Slot;
use jiff::civil::Weekday;
use serde::{Deserialize, Serialize};

/// A series to be.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Successor {
    /// Its UID, as [`super::Meeting::uid`].
    pub uid: String,
    /// Its first occurrence.
    pub slot: Slot,
    /// The text of the object whose place it takes, as it stands: to be given where the edit is carried out, and kept
    /// nowhere.
    #[serde(skip)]
    pub like: Option<Vec<u8>>,
}

pub(super) fn apply(successor: &Successor, by: &By<'_>) -> Result<Vec<u8>, EditError> {
    let like = successor.like.as_deref().ok_or(EditError::NotFound)?;
    let subject = Subject::read(like)?;
    subject.organised(by)?;
    if !is_uid(&successor.uid) || *subject.series.uid == *successor.uid {
        return Err(EditError::Impossible);
    }
    plain_weekly(&subject.series).ok_or(EditError::OddRule)?;
    let master = subject.master()?;
    let object = &subject.object;
    let mut component = subject.component(&master)?.clone();
    let form = Form::of(&component, &master.start, by.zone);
    component.remove(&["EXDATE", "REQUEST-STATUS"]);
    place(&mut component, object, &form, successor.slot)?;
    let civil = successor.slot.start.civil(master.start.zone(by.zone));
    let day = day(civil.weekday());
    component.change("RRULE", object.ending, |line| {
        Some(Some(with_part(&line.said, "BYDAY", Some(day), false)))
    });
    ask_anew(&mut component, object);
    let now = utc(by.now);
    component.set(
        "UID",
        "DTSTAMP",
        object.line(format!("UID:{}", successor.uid)),
    );
    component.set("DTSTAMP", "UID", object.line(format!("DTSTAMP:{now}")));
    let modified = object.line(format!("LAST-MODIFIED:{now}"));
    component.set("LAST-MODIFIED", "DTSTAMP", modified);
    component.set("CREATED", "DTSTAMP", object.line(format!("CREATED:{now}")));
    component.set("SEQUENCE", "DTSTAMP", object.line("SEQUENCE:0"));
    let mut made = subject.object.clone();
    made.pieces.retain(|piece| match piece {
        Piece::Event(_) => false,
        Piece::Other(line) => !line.is("METHOD"),
    });
    let end = made
        .pieces
        .iter()
        .rposition(|piece| matches!(piece, Piece::Other(line) if line.is("END")));
    let end = end.ok_or(EditError::Unreadable)?;
    made.pieces.insert(end, Piece::Event(component));
    Ok(made.write())
}

/// As a rule names it (RFC 5545 §3.3.10).
const fn day(weekday: Weekday) -> &'static str {
    match weekday {
        Weekday::Monday => "MO",
        Weekday::Tuesday => "TU",
        Weekday::Wednesday => "WE",
        Weekday::Thursday => "TH",
        Weekday::Friday => "FR",
        Weekday::Saturday => "SA",
        Weekday::Sunday => "SU",
    }
}
