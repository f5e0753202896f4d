//! Whether two states of a series say the same.

use steadfast_calendar::{Event, Series};

/// Whether both say the same, apart from DTSTAMP (many servers write the moment of the export there) and the place
/// in the file.
pub fn same_content(a: &Series, b: &Series) -> bool {
    let masters = match (&a.master, &b.master) {
        (Some(a), Some(b)) => same_event(a, b),
        (None, None) => true,
        _ => false,
    };
    masters
        && a.overrides.len() == b.overrides.len()
        && a.overrides.iter().all(|one| {
            b.overrides
                .iter()
                .any(|other| one.recurrence_id == other.recurrence_id && same_event(one, other))
        })
}

fn same_event(a: &Event, b: &Event) -> bool {
    a.start == b.start
        && a.end == b.end
        && a.sequence == b.sequence
        && a.last_modified == b.last_modified
        && a.status == b.status
        && a.recurrence_id == b.recurrence_id
        && a.recurrence == b.recurrence
        && a.summary == b.summary
        && a.organizer == b.organizer
        && a.attendees == b.attendees
        && a.busy == b.busy
        && a.kind == b.kind
        && a.created == b.created
}
