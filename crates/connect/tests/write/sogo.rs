//! SOGo: it schedules, says nothing of it, and changes what it is given.

use crate::common::booking;
use crate::office::{Office, laws};
use steadfast_calendar::edit::Edit;
use steadfast_connect::write::Outcome;
use steadfast_testkit::servers::{Office as Server, Sogo};

fn open() -> Office {
    Office {
        server: Server::sogo(&["maya", "ben"]),
    }
}

laws!(open);

#[test]
fn who_has_never_opened_their_calendar_gets_nothing_and_that_is_not_claimed() {
    let sogo = Sogo::start(&["maya"]);
    sogo.hire("ben");
    let office = Office {
        server: Server::Sogo(sogo),
    };
    let place = office.place("maya", "good-1.ics");
    let book = booking("good-1", "2026-03-11T13:00:00Z");
    let outcome = office.hand("maya").make(&place, book);
    let Outcome::NotDelivered { who, .. } = &outcome else {
        panic!("{outcome:?}");
    };
    assert_eq!(who, &[("ben@example.org".to_owned(), None)]);
    assert_eq!(office.find("ben", "good-1"), None);
}

/// It puts a new object in the place of one that is there, though it was told not to (`If-None-Match: *`), and deletes
/// one that is at another version than it was told (`If-Match`): so nothing is left to it that can be seen before.
#[test]
fn what_is_there_already_is_seen_before_anything_is_sent() {
    let office = open();
    let mut maya = office.hand("maya");
    let place = office.place("maya", "good-1.ics");
    let outcome = maya.make(&place, booking("good-1", "2026-03-11T13:00:00Z"));
    let Outcome::NotDelivered { version, .. } = outcome else {
        panic!("{outcome:?}");
    };
    let other = maya.make(&place, booking("good-1", "2026-03-12T13:00:00Z"));
    assert_eq!(other, Outcome::Changed { now: version });
    let twin = office.place("maya", "twin.ics");
    let twin = maya.make(&twin, booking("good-1", "2026-03-12T13:00:00Z"));
    assert_eq!(twin, Outcome::Changed { now: None });
    let gone = Edit::Withdraw {
        uid: "good-1".to_owned(),
    };
    let stale = maya.on(&place, "BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n", gone);
    assert!(matches!(stale, Outcome::Changed { .. }), "{stale:?}");
    assert!(office.find("maya", "good-1").is_some());
}
