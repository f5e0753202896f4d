//! What a change of a calendar says to those whom no calendar server told of it (RFC 5546). It is made when the change was
//! read back, and kept with what came of it: whether it is so still is asked before it goes out.

use super::Basis;
use super::action::Action;
use jiff::tz::TimeZone;
use serde::{Deserialize, Serialize};
use steadfast_calendar::edit::{Answer, By, Edit, itip, others, reached};
use steadfast_calendar::{Instant, Slot};

/// The largest message that is kept: a meeting of a thousand people has a hundred kilobytes.
const LARGEST: usize = 256 << 10;

/// What those who were not told have to hear of. Kept as it is here.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub(in crate::server) struct Unsaid {
    /// Second at which it was made.
    pub(in crate::server) at: i64,
    /// `REQUEST`, `REPLY`, `COUNTER` or `CANCEL`.
    pub(in crate::server) method: String,
    /// In whose name, by the address that stands in the meeting.
    pub(in crate::server) from: String,
    /// Whom it is for, lower case.
    pub(in crate::server) to: Vec<String>,
    /// The iCalendar text.
    pub(in crate::server) text: String,
    /// Of a COUNTER: where the meeting stands for which it proposes another time.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub(in crate::server) countered: Option<Slot>,
}

/// Whether what there is to say is so still.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(in crate::server) enum Stands {
    /// It is, and the calendar server has told these since.
    AsItWas(Vec<String>),
    /// It is not.
    Changed,
}

impl Unsaid {
    /// What there is to say of `object` to those of `untold`, and to those of `told` where it is more than a calendar server
    /// tells: another time that is proposed, or was. `None` where there is nothing, or it cannot be said.
    pub(in crate::server) fn of(
        object: &[u8],
        action: &Action,
        (told, untold): (&[String], &[String]),
        at: Instant,
    ) -> Option<Self> {
        let said = as_person(action, at, |by| itip(object, &action.edit, by).ok())??;
        let is_more = said.countered.is_some() || !taken_back(action).is_empty();
        let to: Vec<String> = said
            .to
            .into_iter()
            .filter(|address| untold.contains(address) || is_more && told.contains(address))
            .collect();
        if to.is_empty() || said.text.len() > LARGEST {
            return None;
        }
        Some(Self {
            at: at.seconds(),
            method: said.method.to_owned(),
            from: said.from,
            to,
            text: String::from_utf8(said.text).ok()?,
            countered: said.countered,
        })
    }

    /// Whether it is what the object says now; `None`: there is no object.
    pub(in crate::server) fn stands(&self, object: Option<&[u8]>, action: &Action) -> Stands {
        let at = Instant::from_seconds(self.at);
        match (object, &action.edit) {
            (None, Edit::Withdraw { .. }) => Stands::AsItWas(Vec::new()),
            // Gone, or there again where it was taken away.
            (None, _) | (Some(_), Edit::Withdraw { .. }) => Stands::Changed,
            (Some(object), edit) => as_person(action, at, |by| {
                // Made anew at the moment at which it was made, it is the same to the letter or says something else.
                let said = itip(object, edit, by).ok()?;
                let text = String::from_utf8(said.text).ok()?;
                let is_so = unfolded(&text) == unfolded(&self.text) && said.from == self.from;
                let told = others(object, edit, by).into_iter();
                let told = told.filter(|(_, code)| code.as_deref().is_some_and(reached));
                is_so.then(|| told.map(|(address, _)| address).collect())
            })
            .flatten()
            .map_or(Stands::Changed, Stands::AsItWas),
        }
    }
}

/// The other times that an answer named which `action` takes back.
pub(in crate::server) fn taken_back(action: &Action) -> &[Slot] {
    match &action.basis {
        Basis::After(edit) => instead(edit),
        _ => &[],
    }
}

/// The other times that an answer names.
pub(in crate::server) fn instead(edit: &Edit) -> &[Slot] {
    match edit {
        Edit::Answer(Answer { instead, .. }) => instead,
        _ => &[],
    }
}

/// Without the breaks of long lines, which every program sets elsewhere (RFC 5545 §3.1).
fn unfolded(text: &str) -> String {
    text.replace("\r\n", "\n")
        .replace("\n ", "")
        .replace("\n\t", "")
}

/// Does something as the person whose calendar it is; `None` where their zone is not known.
fn as_person<T>(action: &Action, now: Instant, what: impl FnOnce(&By<'_>) -> T) -> Option<T> {
    let zone = TimeZone::get(&action.zone).ok()?;
    let addresses: Vec<&str> = action.addresses.iter().map(String::as_str).collect();
    let by = By {
        addresses: &addresses,
        zone: &zone,
        now,
    };
    Some(what(&by))
}
