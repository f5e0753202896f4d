//! What counts as **leave** on somebody's own calendar: out-of-office entries and "Vacation" blocks.
//!
//! Being wrong here either way costs: leave that is missed reads as a cancelled 1:1, a meeting taken for leave
//! excuses one. So the provider's word decides first; a title decides only where it says nothing but leave.

mod holiday;
mod title;

pub(crate) use holiday::names_a_holiday;

use steadfast_calendar::{Busy, Event, EventKind, Glance, Status};

/// Whether the event says that the owner of the calendar it is on is away.
///
/// A meeting with others is never leave, whatever its title ("Vacation planning", a colleague's "Ben OOO" sent to
/// all), nor is a working location, a focus block or a birthday.
pub fn is_leave(event: &Event) -> bool {
    if event.status == Status::Cancelled {
        return false;
    }
    match event.kind {
        EventKind::OutOfOffice => return true,
        EventKind::WorkingLocation | EventKind::FocusTime | EventKind::Birthday => return false,
        EventKind::Ordinary => {}
    }
    if !nobody_else_is_in_it(event) {
        return false;
    }
    let owner = event.organizer.as_ref().map_or("", |o| &*o.name);
    event.busy == Busy::OutOfOffice || title::says_leave(&event.summary, owner)
}

/// Whether it could be leave by what is seen at a glance: most meetings have others in them.
pub(crate) fn may_be_leave(event: &Glance<'_>) -> bool {
    let may = match event.kind {
        EventKind::OutOfOffice => true,
        EventKind::WorkingLocation | EventKind::FocusTime | EventKind::Birthday => false,
        EventKind::Ordinary => event.attendees <= 1,
    };
    may && event.status != Status::Cancelled
}

/// Whether it is an entry for oneself: no attendee, or only the organiser.
fn nobody_else_is_in_it(event: &Event) -> bool {
    match (&*event.attendees, &event.organizer) {
        ([], _) => true,
        ([only], organizer) => organizer.as_ref().is_none_or(|o| o.address == only.address),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;
    use std::sync::Arc;
    use steadfast_calendar::{Attendee, CuType, End, Organizer, PartStat, Role, Visibility, When};

    fn event(title: &str) -> Event {
        Event {
            uid: Arc::from("1"),
            recurrence_id: None,
            start: When::Date(date(2026, 8, 3)),
            end: End::Unsaid,
            recurrence: None,
            summary: Arc::from(title),
            status: Status::Confirmed,
            sequence: 0,
            stamp: None,
            created: None,
            last_modified: None,
            organizer: None,
            attendees: Box::new([]),
            busy: Busy::Busy,
            kind: EventKind::Ordinary,
            visibility: Visibility::Public,
            is_first_priority: false,
            line: 1,
        }
    }

    fn with(mut event: Event, organizer: &str, attendees: &[&str]) -> Event {
        event.organizer = Some(Organizer {
            address: Arc::from(organizer),
            name: Arc::from("Maya Lindqvist"),
            sent_by: None,
        });
        event.attendees = attendees
            .iter()
            .map(|address| Attendee {
                address: Arc::from(*address),
                name: Arc::from(""),
                answer: PartStat::Accepted,
                cutype: CuType::Individual,
                role: Role::Required,
                sent_by: None,
            })
            .collect();
        event
    }

    #[test]
    fn an_entry_for_oneself_that_says_leave_is_leave() {
        assert!(is_leave(&event("Vacation")));
        assert!(is_leave(&with(event("Vacation"), "maya@x", &[])));
        assert!(is_leave(&with(event("Vacation"), "maya@x", &["maya@x"])));
        assert!(is_leave(&with(event("Maya OOO"), "maya@x", &["maya@x"])));
        assert!(!is_leave(&event("Ben OOO")));
        assert!(!is_leave(&with(event("OOO"), "ben@x", &["maya@x"])));
        assert!(!is_leave(&with(
            event("Vacation"),
            "maya@x",
            &["maya@x", "ben@x"]
        )));
    }

    #[test]
    fn the_provider_s_word_comes_first() {
        let of = |change: fn(&mut Event)| {
            let mut event = event("Zzz");
            change(&mut event);
            is_leave(&event)
        };
        assert!(of(|e| e.kind = EventKind::OutOfOffice));
        assert!(of(|e| e.busy = Busy::OutOfOffice));
        assert!(!of(|e| e.busy = Busy::WorkingElsewhere));
        assert!(!of(|e| e.busy = Busy::Free));
        let titled = |change: fn(&mut Event)| {
            let mut event = event("Vacation");
            change(&mut event);
            is_leave(&event)
        };
        // Whole days are free by default at some providers.
        assert!(titled(|e| e.busy = Busy::Free));
        assert!(!titled(|e| e.kind = EventKind::WorkingLocation));
        assert!(!titled(|e| e.kind = EventKind::FocusTime));
        assert!(!titled(|e| e.status = Status::Cancelled));
        let mut meeting = with(event("Offsite"), "maya@x", &["maya@x", "ben@x"]);
        meeting.busy = Busy::OutOfOffice;
        assert!(!is_leave(&meeting));
    }
}
