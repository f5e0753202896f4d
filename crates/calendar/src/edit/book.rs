//! A new meeting with those who are to come: a 1:1 made good, or the first of a series.

use super::{
    By,
    error::EditError,
    like::{self, Like},
    texts::{escaped, is_address, is_uid, joined, quoted},
    value::utc,
    weekly::{Weekly, repeating},
};
use crate::{event::Visibility, instant::Slot};
use serde::{Deserialize, Serialize};

/// A meeting to be.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Meeting {
    /// Its UID, the caller's to make: letters, digits, `-`, `.`, `_`, `@`.
    pub uid: String,
    /// When; of a series, the first.
    pub slot: Slot,
    /// Whether it repeats; `None`: a single one.
    #[serde(default)]
    pub weekly: Option<Weekly>,
    /// SUMMARY.
    pub title: String,
    /// DESCRIPTION; none when empty.
    pub text: String,
    /// Who may see more than that somebody is busy (CLASS).
    #[serde(alias = "private")]
    pub visibility: Visibility,
    /// Whose calendar it is made in: one of their own addresses.
    pub organizer: Party,
    /// Who else is to come.
    pub invited: Vec<Party>,
    /// One of the same people that it stands for; `None`: none.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub like: Option<Box<Like>>,
}

/// Somebody in a meeting.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Party {
    /// Lower case, without `mailto:`.
    pub address: String,
    /// How they are called; may be empty.
    pub name: String,
    /// Whether they said yes to this very time already, as whoever picked it did: then nobody asks them again.
    #[serde(default)]
    pub accepted: bool,
}

impl Party {
    fn named(&self) -> String {
        if self.name.is_empty() {
            return String::new();
        }
        format!(";CN={}", quoted(&self.name))
    }
}

pub(super) fn apply(meeting: &Meeting, by: &By<'_>) -> Result<Vec<u8>, EditError> {
    let organizer = &meeting.organizer;
    if !by.is(&organizer.address) {
        return Err(EditError::NotTheOrganizer);
    }
    let mut all = meeting.invited.iter().chain([organizer]);
    if !is_uid(&meeting.uid)
        || meeting.slot.end <= meeting.slot.start
        || meeting.invited.is_empty()
        || !all.all(|party| is_address(&party.address))
    {
        return Err(EditError::Impossible);
    }
    let times = match meeting.weekly {
        Some(weekly) => repeating(weekly, meeting.slot, by)?,
        None => single(meeting.slot),
    };
    let mut lines = head(&meeting.uid, times, &meeting.title, by);
    if !meeting.text.is_empty() {
        lines.push(format!("DESCRIPTION:{}", escaped(&meeting.text)));
    }
    if let Some(like) = &meeting.like {
        lines.extend(like::lines(like, meeting.text.is_empty(), by));
    }
    match meeting.visibility {
        Visibility::Public => {}
        Visibility::Confidential => lines.push("CLASS:CONFIDENTIAL".to_owned()),
        Visibility::Private => lines.push("CLASS:PRIVATE".to_owned()),
    }
    let (named, address) = (organizer.named(), &organizer.address);
    lines.push(format!("ORGANIZER{named}:mailto:{address}"));
    lines.push(format!(
        "ATTENDEE{named};ROLE=CHAIR;PARTSTAT=ACCEPTED:mailto:{address}"
    ));
    for party in &meeting.invited {
        let answer = if party.accepted {
            "PARTSTAT=ACCEPTED"
        } else {
            "PARTSTAT=NEEDS-ACTION;RSVP=TRUE"
        };
        lines.push(format!(
            "ATTENDEE{};ROLE=REQ-PARTICIPANT;{answer}:mailto:{}",
            party.named(),
            party.address
        ));
    }
    lines.extend(["END:VEVENT".to_owned(), "END:VCALENDAR".to_owned()]);
    Ok(joined(&lines))
}

/// When something is, as its object says it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Times {
    /// The zone that is spoken of (RFC 5545 §3.6.5); none in UTC.
    pub(super) zone: Vec<String>,
    /// DTSTART, DTEND and how it repeats.
    pub(super) said: Vec<String>,
}

/// In UTC: a single meeting needs no zone, and every reader shows it in its own.
pub(super) fn single(slot: Slot) -> Times {
    Times {
        zone: Vec::new(),
        said: vec![
            format!("DTSTART:{}", utc(slot.start)),
            format!("DTEND:{}", utc(slot.end)),
        ],
    }
}

/// What every object of ours begins with.
pub(super) fn head(uid: &str, times: Times, title: &str, by: &By<'_>) -> Vec<String> {
    let now = utc(by.now);
    let mut lines: Vec<String> = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Steadfast//Steadfast//EN",
        "CALSCALE:GREGORIAN",
    ]
    .map(str::to_owned)
    .to_vec();
    lines.extend(times.zone);
    lines.extend([
        "BEGIN:VEVENT".to_owned(),
        format!("UID:{uid}"),
        format!("DTSTAMP:{now}"),
        format!("LAST-MODIFIED:{now}"),
        format!("CREATED:{now}"),
        "SEQUENCE:0".to_owned(),
    ]);
    lines.extend(times.said);
    lines.extend([
        format!("SUMMARY:{}", escaped(title)),
        "STATUS:CONFIRMED".to_owned(),
        "TRANSP:OPAQUE".to_owned(),
    ]);
    lines
}
