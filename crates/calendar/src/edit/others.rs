//! Who else has to hear of an edit, and what the server says of having told them.

use super::{By, Edit, answer::given, parameter, subject::Subject};
use crate::event::Event;
use std::sync::Arc;

/// The addresses that have to hear of an edit that was carried out on `object`, each with the SCHEDULE-STATUS that stands
/// beside it (RFC 6638 §7.3): those invited, or the organiser who is answered. An address may come more than once, once
/// for each component. Empty for a meeting with nobody else in it, and for what is no object.
pub fn others(object: &[u8], edit: &Edit, by: &By<'_>) -> Vec<(String, Option<String>)> {
    let Ok(subject) = Subject::read(object) else {
        return Vec::new();
    };
    let all = subject
        .series
        .master
        .iter()
        .chain(&subject.series.overrides);
    let (events, property): (Vec<&Arc<Event>>, &str) = match edit {
        Edit::Answer(answer) => {
            let of = match answer.occurrence {
                None => all.filter(|event| given(event, by).is_some()).collect(),
                Some(id) => component(&subject, id, by),
            };
            (of, "ORGANIZER")
        }
        Edit::Move { to, .. } if !subject.repeats() => {
            (component(&subject, to.start, by), "ATTENDEE")
        }
        Edit::Move { occurrence, .. }
        | Edit::Resize { occurrence, .. }
        | Edit::Cancel { occurrence }
        | Edit::Restore { occurrence, .. } => (component(&subject, *occurrence, by), "ATTENDEE"),
        Edit::Book(_) | Edit::Successor(_) => (all.collect(), "ATTENDEE"),
        Edit::End { .. } | Edit::Reopen { .. } => {
            (subject.series.master.iter().collect(), "ATTENDEE")
        }
        Edit::Hold(_) | Edit::Withdraw { .. } | Edit::Busy { .. } | Edit::Free { .. } => {
            (Vec::new(), "ATTENDEE")
        }
    };
    let mut told = Vec::new();
    for event in events {
        let Ok(text) = subject.component(event) else {
            continue;
        };
        for line in text.properties().filter(|line| line.is(property)) {
            let address = parameter::address(&line.said);
            // Somebody who is asked by other means, or not at all, is not the server's to tell.
            let agent = parameter::get(&line.said, "SCHEDULE-AGENT");
            let by_server = agent.is_none_or(|agent| agent.eq_ignore_ascii_case("SERVER"));
            if by_server && !by.is(&address) {
                told.push((address, parameter::get(&line.said, "SCHEDULE-STATUS")));
            }
        }
    }
    told
}

/// Whether a SCHEDULE-STATUS says that somebody was told. 1.x: on its way, sent, or delivered; 2.x: done (RFC 5546 §3.6).
/// Anything above is a failure.
pub fn reached(code: &str) -> bool {
    code.starts_with("1.") || code.starts_with("2.")
}

/// The component that speaks for one occurrence.
fn component<'a>(subject: &'a Subject, id: crate::Instant, by: &By<'_>) -> Vec<&'a Arc<Event>> {
    let Ok(instance) = subject.instance(id, by) else {
        return Vec::new();
    };
    subject
        .series
        .component(&instance, by.zone)
        .into_iter()
        .collect()
}
