//! An invitation is answered, in the copy of whoever was invited: their PARTSTAT, with a few words if they like. SEQUENCE is
//! the organiser's (RFC 5546 §2.1.4) and stays.

use super::{
    By,
    error::EditError,
    lines::{Component, Object},
    parameter,
    subject::{Step, Subject},
    texts::escaped,
};
use crate::{
    event::{Event, PartStat},
    expand::Standing,
    instant::{Instant, Slot},
};
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// An answer to an invitation.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Answer {
    /// To which occurrence; `None`: to all.
    pub occurrence: Option<Instant>,
    /// What is answered.
    pub reply: Reply,
    /// A few words to the organiser.
    pub comment: Option<String>,
    /// When it would suit instead, the best first. In a calendar these are words alone; by mail the best one is proposed
    /// (COUNTER, RFC 5546 §3.2.7).
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub instead: Vec<Slot>,
}

/// What can be answered (RFC 5545 §3.2.12).
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reply {
    /// Coming.
    Accepted,
    /// Not coming.
    Declined,
    /// Perhaps.
    Tentative,
    /// No answer yet: takes an answer back.
    NeedsAction,
}

impl Reply {
    fn said(self) -> &'static str {
        match self {
            Self::Accepted => "ACCEPTED",
            Self::Declined => "DECLINED",
            Self::Tentative => "TENTATIVE",
            Self::NeedsAction => "NEEDS-ACTION",
        }
    }

    /// As the reader says it.
    pub(super) fn read(self) -> PartStat {
        match self {
            Self::Accepted => PartStat::Accepted,
            Self::Declined => PartStat::Declined,
            Self::Tentative => PartStat::Tentative,
            Self::NeedsAction => PartStat::NeedsAction,
        }
    }

    /// The answer that stands in a component; one that was delegated counts as none.
    pub(super) fn of(answer: PartStat) -> Self {
        match answer {
            PartStat::Accepted => Self::Accepted,
            PartStat::Declined => Self::Declined,
            PartStat::Tentative => Self::Tentative,
            PartStat::NeedsAction | PartStat::Delegated => Self::NeedsAction,
        }
    }
}

/// What they answered in an event; `None`: they are not invited to it.
pub(super) fn given(event: &Event, by: &By<'_>) -> Option<PartStat> {
    let mut own = event.attendees.iter().filter(|a| by.is(&a.address));
    own.next().map(|attendee| attendee.answer)
}

pub(super) fn apply(subject: &mut Subject, answer: &Answer, by: &By<'_>) -> Result<(), EditError> {
    let all: Vec<Arc<Event>> = match answer.occurrence {
        None => {
            let all = subject
                .series
                .master
                .iter()
                .chain(&subject.series.overrides);
            all.filter(|event| given(event, by).is_some())
                .cloned()
                .collect()
        }
        Some(id) => match subject.instance(id, by)?.standing {
            Standing::Excluded | Standing::Cancelled(_) => return Err(EditError::Cancelled),
            Standing::Overridden(index) => vec![subject.over(index)?],
            Standing::AsRuled if subject.repeats() => {
                let master = subject.master()?;
                if given(&master, by) == Some(answer.reply.read()) && answer.comment.is_none() {
                    return Err(EditError::AlreadySo);
                }
                let instance = subject.instance(id, by)?;
                let slot = instance.slot.ok_or(EditError::Cancelled)?;
                return subject.add_override(id, slot, by, Step::None, |component, object| {
                    say(component, object, answer, by)
                });
            }
            Standing::AsRuled => vec![subject.master()?],
        },
    };
    if all.is_empty() {
        return Err(EditError::NotInvited);
    }
    let same = |event: &Arc<Event>| given(event, by) == Some(answer.reply.read());
    if answer.comment.is_none() && all.iter().all(same) {
        return Err(EditError::AlreadySo);
    }
    for event in all {
        subject.change(&event, by, Step::None, |component, object| {
            say(component, object, answer, by)
        })?;
    }
    Ok(())
}

fn say(
    component: &mut Component,
    object: &Object,
    answer: &Answer,
    by: &By<'_>,
) -> Result<(), EditError> {
    let mut own = 0;
    component.change("ATTENDEE", object.ending, |line| {
        if !by.is(&parameter::address(&line.said)) {
            return None;
        }
        own += 1;
        let said = parameter::with(&line.said, "PARTSTAT", Some(answer.reply.said()));
        Some(Some(said))
    });
    match own {
        0 => return Err(EditError::NotInvited),
        1 => {}
        _ => return Err(EditError::Ambiguous),
    }
    component.change("ORGANIZER", object.ending, |line| {
        Some(Some(parameter::with(&line.said, "SCHEDULE-STATUS", None)))
    });
    if let Some(comment) = &answer.comment {
        let said = format!("COMMENT:{}", escaped(comment)).into_bytes();
        let same = component.properties().any(|line| line.said == said);
        if !same {
            component.add("COMMENT", "SUMMARY", object.line(said));
        }
    }
    Ok(())
}
