//! Whether a calendar that does not say whose it is can be the person's who connects it.

use super::{FoundCalendar, News};
use steadfast_calendar::{Event, Reader};

/// With fewer meetings of several people nothing is concluded.
const ENOUGH: usize = 6;

/// Whether somebody with these addresses takes part in half of its meetings of several people, or there are too few to tell.
///
/// Servers show people calendars that others share with them, and not all say that they do.
pub(super) fn takes_part(addresses: &[String], calendar: &FoundCalendar) -> bool {
    let objects = match &calendar.news {
        News::Whole { objects, .. } => objects,
        News::Changes { put, .. } => put,
        News::Unchanged => return true,
    };
    let (mut meetings, mut theirs) = (0_usize, 0_usize);
    for object in objects {
        for event in Reader::read(&object.lines).events {
            if !event.attendees.is_empty() {
                meetings += 1;
                theirs += usize::from(is_in(addresses, &event));
            }
        }
    }
    meetings < ENOUGH || theirs * 2 >= meetings
}

fn is_in(addresses: &[String], event: &Event) -> bool {
    let organizer = event.organizer.iter().map(|one| &one.address);
    let attendees = event.attendees.iter().map(|one| &one.address);
    organizer
        .chain(attendees)
        .any(|address| addresses.iter().any(|mine| **address == **mine))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::server::sync::Object;

    fn calendar(people: &[&str]) -> FoundCalendar {
        let event = |(number, person): (usize, &&str)| {
            format!(
                "BEGIN:VEVENT\r\nUID:{number}\r\nDTSTART:20260303T090000Z\r\nATTENDEE:mailto:ana@example.com\r\n\
                 ATTENDEE:mailto:{person}\r\nEND:VEVENT\r\n"
            )
        };
        let events: String = people.iter().enumerate().map(event).collect();
        let lines = format!("BEGIN:VCALENDAR\r\n{events}END:VCALENDAR\r\n").into_bytes();
        FoundCalendar {
            id: String::new(),
            name: String::new(),
            owner: None,
            news: News::Whole {
                objects: vec![Object {
                    href: String::new(),
                    lines,
                }],
                kept: Vec::new(),
                blind: false,
            },
        }
    }

    #[test]
    fn a_calendar_belongs_to_whoever_is_in_its_meetings() {
        let (maya, ben) = ("maya@example.com", "ben@example.com");
        let is_in = |person: &str, of: &FoundCalendar| takes_part(&[person.to_owned()], of);
        let mayas = calendar(&[maya, maya, maya, maya, ben, ben]);
        assert!(is_in(maya, &mayas));
        assert!(!is_in(ben, &mayas));
        let both = [ben.to_owned(), maya.to_owned()];
        assert!(takes_part(&both, &mayas), "under either address");
        assert!(
            is_in("eve@example.com", &calendar(&[maya; 3])),
            "too few to tell"
        );
        assert!(is_in("eve@example.com", &calendar(&[])));
    }
}
