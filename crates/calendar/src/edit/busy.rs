//! A meeting takes its owner's time that stood as free, and what takes that back (TRANSP, RFC 5545 §3.8.2.7). It is each
//! calendar's own word: whoever is invited may say it of their copy (RFC 6638 §3.2.2.1), SEQUENCE does not grow for it
//! (RFC 5546 §2.1.4), and nobody else has to hear of it. What Outlook says beside it is kept to the same.

use super::{
    By, Edit,
    error::EditError,
    lines::Component,
    subject::{Step, Subject},
};
use crate::{
    event::{Busy, Event},
    instant::Instant,
};
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// Outlook's words for the same, which our reader asks first and last (MS-OXCICAL 2.1.3.1.1.20.31).
const OUTLOOKS: [&str; 2] = [
    "X-MICROSOFT-CDO-BUSYSTATUS",
    "X-MICROSOFT-CDO-INTENDEDSTATUS",
];
/// All that says whether it takes time.
const ALL: [&str; 3] = ["TRANSP", OUTLOOKS[0], OUTLOOKS[1]];

/// One component that is to stand as free again.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct FreeAgain {
    /// Which occurrence; `None`: what the series says, or a single meeting.
    pub occurrence: Option<Instant>,
    /// The lines that said so, as they were.
    pub lines: Vec<String>,
}

/// What stands as free: the series' own word, and that of what is to come on its own.
fn free(subject: &Subject, from: Instant, by: &By<'_>) -> Vec<Arc<Event>> {
    let own = subject.series.master.iter();
    let to_come = |event: &&Arc<Event>| event.start.instant(by.zone) >= from;
    let overrides = subject.series.overrides.iter().filter(to_come);
    let all = own.chain(overrides);
    all.filter(|event| event.busy == Busy::Free)
        .cloned()
        .collect()
}

/// Everything that stands as free takes time.
pub(super) fn apply(subject: &mut Subject, from: Instant, by: &By<'_>) -> Result<(), EditError> {
    for event in free(subject, from, by) {
        subject.change(&event, by, Step::None, |component, object| {
            component.set("TRANSP", "SUMMARY", object.line("TRANSP:OPAQUE"));
            for name in OUTLOOKS {
                component.change(name, object.ending, |line| {
                    let value = line.said.get(line.name_end()..)?;
                    let is_free = value.trim_ascii().to_ascii_uppercase().ends_with(b":FREE");
                    is_free.then(|| Some(format!("{name}:BUSY").into_bytes()))
                });
            }
            Ok(())
        })?;
    }
    Ok(())
}

/// Whether nothing of it stands as free, of one that is there.
pub(super) fn is_busy(subject: &Subject, from: Instant, by: &By<'_>) -> bool {
    free(subject, from, by).is_empty()
}

/// What makes it stand as free again, from the object before.
pub(super) fn undo(before: &Subject, from: Instant, by: &By<'_>) -> Result<Edit, EditError> {
    let again = free(before, from, by).into_iter().map(|event| {
        let lines = said(before.component(&event)?).map(|line| {
            let text = String::from_utf8(line.to_vec());
            text.map_err(|_| EditError::Unreadable)
        });
        Ok(FreeAgain {
            occurrence: identity(before, &event, by),
            lines: lines.collect::<Result<_, _>>()?,
        })
    });
    let again = again.collect::<Result<_, EditError>>()?;
    Ok(Edit::Free { from, again })
}

/// These stand as free again.
pub(super) fn back(
    subject: &mut Subject,
    again: &[FreeAgain],
    by: &By<'_>,
) -> Result<(), EditError> {
    for one in again {
        let event = component(subject, one.occurrence, by).ok_or(EditError::NotFound)?;
        subject.change(&event, by, Step::None, |component, object| {
            component.remove(&ALL);
            for line in &one.lines {
                let name = line.split([':', ';']).next().unwrap_or_default();
                component.add(name, "SUMMARY", object.line(line.as_str()));
            }
            Ok(())
        })?;
    }
    Ok(())
}

/// Whether these stand as free.
pub(super) fn is_back(subject: &Subject, again: &[FreeAgain], by: &By<'_>) -> bool {
    again.iter().all(|one| {
        let event = component(subject, one.occurrence, by);
        event.is_some_and(|event| event.busy == Busy::Free)
    })
}

/// The lines of a component that say whether it takes time.
fn said(component: &Component) -> impl Iterator<Item = &[u8]> {
    let lines = component.properties();
    let say = lines.filter(|line| ALL.iter().any(|name| line.is(name)));
    say.map(|line| line.said.as_slice())
}

/// Which occurrence a component is; `None`: the series' own.
fn identity(subject: &Subject, event: &Event, by: &By<'_>) -> Option<Instant> {
    let home = subject.series.master.as_ref();
    let home = home.map_or(by.zone, |master| master.start.zone(by.zone));
    let id = event.recurrence_id.as_ref()?;
    Some(id.at.instant(home))
}

/// The component of an occurrence that has one of its own; of `None` the series' own.
fn component(subject: &Subject, occurrence: Option<Instant>, by: &By<'_>) -> Option<Arc<Event>> {
    let series = &subject.series;
    let mut all = series.master.iter().chain(&series.overrides);
    let found = all.find(|event| identity(subject, event, by) == occurrence);
    found.cloned()
}
