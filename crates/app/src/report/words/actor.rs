//! Who changed it, in words. A change made from a calendar is "from your calendar", never "by you": the
//! person may have been asked in the corridor. With a direction that is not known nobody is named.

use crate::report::model::Pair;
use crate::report::seat::{Seat, manager, subordinate};
use crate::report::words::{name, possessive};
use steadfast_ledger::case::{Actor, ActorEvidence, Who};

/// "from your calendar", "by Ben"; `None` where nobody can be named.
pub(crate) fn named(actor: Option<&Actor>, pair: &Pair, seat: Seat) -> Option<String> {
    let actor = actor?;
    let manager_name = name(manager(pair)?);
    let report_name = name(subordinate(pair)?);
    let said = match actor.who {
        Who::Unknown => return None,
        Who::Plan => "by a plan both accepted".to_owned(),
        Who::Automation => "by a scheduling program".to_owned(),
        Who::Delegate if seat == Seat::Manager => "by your assistant".to_owned(),
        Who::Delegate => format!("by {} assistant", possessive(&manager_name)),
        Who::Manager => side(actor.evidence, seat == Seat::Manager, &manager_name),
        Who::Report => side(actor.evidence, seat == Seat::Report, &report_name),
    };
    Some(said)
}

/// The same of one that was declined: that is said already, so only whose calendar it came from.
pub(crate) fn decliner(actor: Option<&Actor>, pair: &Pair, seat: Seat) -> Option<String> {
    let plainly = actor.map(|actor| Actor {
        evidence: match actor.evidence {
            ActorEvidence::SchedulingMessage => ActorEvidence::OrganizerOnly,
            other => other,
        },
        ..*actor
    });
    named(plainly.as_ref(), pair, seat)
}

/// One of the two: the person only where an audit log names a person, else the calendar: somebody else may have
/// clicked there.
fn side(evidence: ActorEvidence, is_reader: bool, name: &str) -> String {
    let owner = if is_reader {
        "your".to_owned()
    } else {
        possessive(name)
    };
    match (evidence, is_reader) {
        (ActorEvidence::AuditLog, true) => "by you".to_owned(),
        (ActorEvidence::AuditLog, false) => format!("by {name}"),
        (ActorEvidence::SchedulingMessage, _) => {
            format!("after a declined answer from {owner} calendar")
        }
        _ => format!("from {owner} calendar"),
    }
}
