//! Who changed it, in words. A change made from a calendar is "from your calendar", never "by you": the
//! person may have been asked in the corridor. Of somebody whose calendar was not read it is only known, from the entry on
//! another one, that it came "by an update of Ben’s invitation". With a direction that is not known nobody is named.

use crate::report::model::{Pair, Person, Report};
use crate::report::seat::{Seat, manager, seat, subordinate};
use crate::report::words::{name, possessive};
use steadfast_ledger::case::{Actor, ActorEvidence, Who};

/// "from your calendar", "by an update of Ben’s invitation", "by Ben"; `None` where nobody can be named.
pub(crate) fn named(report: &Report, actor: Option<&Actor>, pair: &Pair) -> Option<String> {
    let actor = actor?;
    let seat = seat(report, pair);
    let (boss, subordinate) = (manager(pair)?, subordinate(pair)?);
    let said = match actor.who {
        Who::Unknown => return None,
        Who::Plan => "by a plan both accepted".to_owned(),
        Who::Automation => "by a scheduling program".to_owned(),
        Who::Delegate if seat == Seat::Manager => "by your assistant".to_owned(),
        Who::Delegate => format!("by {} assistant", possessive(&name(boss))),
        Who::Manager => side(report, actor.evidence, seat == Seat::Manager, boss),
        Who::Report => side(report, actor.evidence, seat == Seat::Report, subordinate),
    };
    Some(said)
}

/// The same of one that was declined: that is said already, so only where it came from.
pub(crate) fn decliner(report: &Report, actor: Option<&Actor>, pair: &Pair) -> Option<String> {
    let plainly = actor.map(|actor| Actor {
        evidence: match actor.evidence {
            ActorEvidence::SchedulingMessage => ActorEvidence::OrganizerOnly,
            other => other,
        },
        ..*actor
    });
    named(report, plainly.as_ref(), pair)
}

/// One of the two: the person only where an audit log names a person, else the calendar: somebody else may have
/// clicked there.
fn side(report: &Report, evidence: ActorEvidence, is_reader: bool, person: &Person) -> String {
    let shown = name(person);
    let owner = if is_reader {
        "your".to_owned()
    } else {
        possessive(&shown)
    };
    let read = was_read(report, person);
    match (evidence, is_reader) {
        (ActorEvidence::AuditLog, true) => "by you".to_owned(),
        (ActorEvidence::AuditLog, false) => format!("by {shown}"),
        (ActorEvidence::SchedulingMessage, _) if read => {
            format!("after a declined answer from {owner} calendar")
        }
        (ActorEvidence::SchedulingMessage, true) => "after a declined answer of yours".to_owned(),
        (ActorEvidence::SchedulingMessage, false) => {
            format!("after a declined answer from {shown}")
        }
        // What the entry on the other calendar shows is a later version of what the organiser sent.
        _ if !read => format!("by an update of {owner} invitation"),
        _ => format!("from {owner} calendar"),
    }
}

/// Whether a calendar of theirs is among those that were read.
fn was_read(report: &Report, person: &Person) -> bool {
    let mut read = report.calendars_of.iter();
    read.any(|one| one.address == person.address)
}
