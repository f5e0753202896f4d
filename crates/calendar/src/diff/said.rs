//! What a component says besides slots: title, people, answers.

use crate::{
    change::What,
    event::{Event, PartStat},
};
use std::sync::Arc;

/// The differences between two versions of a component.
#[derive(Debug, Default)]
pub(super) struct Details {
    pub(super) all: Vec<What>,
    /// Its SEQUENCE or LAST-MODIFIED changed.
    pub(super) touched: bool,
}

/// Compares two versions of a component. `other_component`: it is the master on one side and an override on the other;
/// then answers that went back to "needs action" are the provider's doing, and nothing was touched.
pub(super) fn details(was: &Event, is: &Event, other_component: bool) -> Details {
    let mut all = Vec::new();
    // An override often says no more than its slot (a cancellation, say): what it leaves out is as in its master.
    let both_say = |was: bool, is: bool| !other_component || (was && is);
    if was.summary != is.summary && both_say(!was.summary.is_empty(), !is.summary.is_empty()) {
        all.push(What::Renamed {
            from: was.summary.clone(),
            to: is.summary.clone(),
        });
    }
    if let (Some(from), Some(to)) = (&was.organizer, &is.organizer)
        && from.address != to.address
    {
        all.push(What::OrganiserChanged {
            from: from.address.clone(),
            to: to.address.clone(),
        });
    }
    if was.attendees != is.attendees
        && both_say(!was.attendees.is_empty(), !is.attendees.is_empty())
    {
        people(was, is, other_component, &mut all);
    }
    Details {
        all,
        touched: !other_component
            && (was.sequence != is.sequence || was.last_modified != is.last_modified),
    }
}

fn people(was: &Event, is: &Event, other_component: bool, all: &mut Vec<What>) {
    let list = |event: &Event| {
        let mut list: Vec<(Arc<str>, PartStat)> = event
            .attendees
            .iter()
            .map(|a| (a.address.clone(), a.answer))
            .collect();
        list.sort_by(|a, b| a.0.cmp(&b.0));
        list.dedup_by(|a, b| a.0 == b.0);
        list
    };
    let (was, is) = (list(was), list(is));
    let find = |list: &[(Arc<str>, PartStat)], address: &str| {
        let at = list
            .binary_search_by(|(known, _)| known.as_ref().cmp(address))
            .ok()?;
        list.get(at).map(|(_, answer)| *answer)
    };
    let missing =
        |from: &[(Arc<str>, PartStat)], list: &[(Arc<str>, PartStat)]| -> Box<[Arc<str>]> {
            list.iter()
                .filter(|(address, _)| find(from, address).is_none())
                .map(|(address, _)| address.clone())
                .collect()
        };
    let (added, removed) = (missing(&was, &is), missing(&is, &was));
    if !(added.is_empty() && removed.is_empty()) {
        all.push(What::AttendeesChanged { added, removed });
    }
    for (address, to) in &is {
        if let Some(from) = find(&was, address)
            && from != *to
            && !(other_component && *to == PartStat::NeedsAction)
        {
            all.push(What::Answered {
                address: address.clone(),
                from,
                to: *to,
            });
        }
    }
}

/// Whether both say the same, apart from DTSTAMP (many servers write the moment of the export there) and the place in
/// the file.
pub(super) fn same_but_stamp(a: &Event, b: &Event) -> bool {
    a.start == b.start
        && a.end == b.end
        && a.recurrence_id == b.recurrence_id
        && a.recurrence == b.recurrence
        && a.summary == b.summary
        && a.status == b.status
        && a.sequence == b.sequence
        && a.last_modified == b.last_modified
        && a.organizer == b.organizer
        && a.attendees == b.attendees
}
