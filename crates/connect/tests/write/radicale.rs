//! Radicale: a plain server, which tells nobody anything.

use crate::common::{Hand, booking, moved, weekly};
use std::time::Duration;
use steadfast_calendar::edit::{Edit, Like};
use steadfast_connect::write::{Basis, Outcome, Told};
use steadfast_testkit::servers::Radicale;

#[test]
fn what_is_moved_booked_and_taken_back_on_a_plain_server_is_read_back() {
    let server = Radicale::start(&["maya"]);
    let made = server.request("MKCALENDAR", "/maya/work/", "maya", &[], "");
    assert_eq!(made.status, 201, "{}", made.text);
    let place = "/maya/work/weekly.ics";
    let headers = ["Content-Type: text/calendar"];
    let put = server.request("PUT", place, "maya", &headers, &weekly());
    assert_eq!(put.status, 201, "{}", put.text);
    let got = server.request("GET", place, "maya", &[], "");
    let (_, text) = got.text.split_once("\r\n\r\n").expect("a body");

    let mut maya = Hand::new(server.port, "maya", Duration::from_secs(30));
    let edit = moved("2026-03-10T13:00:00Z");
    let Outcome::Done {
        version: Some(version),
        told,
        undo: Some(undo),
        already: false,
        object: Some(object),
    } = maya.on(place, text, edit.clone())
    else {
        panic!("it is moved");
    };
    let ben = || Told::NotByServer(vec!["ben@example.org".to_owned()]);
    assert_eq!(told, ben());
    // What he has to hear of is what stands there.
    let there = server.request("GET", place, "maya", &[], "");
    assert!(there.text.ends_with(&*String::from_utf8_lossy(&object)));
    // What it was decided on is no more.
    let changed = maya.on(place, text, moved("2026-03-12T13:00:00Z"));
    assert_eq!(
        changed,
        Outcome::Changed {
            now: Some(version.clone())
        }
    );
    let order = maya.order(place, Basis::Version(version), undo);
    assert!(matches!(
        maya.carry_out(&order),
        Outcome::Done { already: false, .. }
    ));

    let new = "/maya/work/good-1.ics";
    let book = booking("good-1", "2026-03-11T13:00:00Z");
    assert!(matches!(
        maya.make(new, book.clone()),
        Outcome::Done { already: false, .. }
    ));
    // A node that crashed before it heard of it, and does it again, is told the same.
    let again = maya.make(new, book);
    let Outcome::Done {
        already: true,
        told,
        object: Some(_),
        ..
    } = again
    else {
        panic!("{again:?}");
    };
    assert_eq!(told, ben());
    // Another object of the same UID.
    let twin = maya.make(
        "/maya/work/twin.ics",
        booking("good-1", "2026-03-11T14:00:00Z"),
    );
    assert!(matches!(twin, Outcome::Changed { now: None }), "{twin:?}");
    let Outcome::Done {
        version: Some(version),
        ..
    } = maya.make(new, booking("good-1", "2026-03-11T13:00:00Z"))
    else {
        panic!("it is there");
    };
    let gone = Edit::Withdraw {
        uid: "good-1".to_owned(),
    };
    let order = maya.order(new, Basis::Version(version), gone);
    // Of what is gone he has to hear as well, and what it was is known still.
    let gone = maya.carry_out(&order);
    let Outcome::Done {
        version: None,
        told,
        object: Some(object),
        ..
    } = gone
    else {
        panic!("{gone:?}");
    };
    assert_eq!(told, ben());
    assert!(String::from_utf8_lossy(&object).contains("UID:good-1"));
    assert_eq!(server.request("GET", new, "maya", &[], "").status, 404);
}

/// What is booked in the place of a lost one is held where that was to be, whatever stands there by now.
#[test]
fn a_new_one_takes_over_where_the_lost_one_was_to_be_as_it_stands_when_it_is_written() {
    let server = Radicale::start(&["maya"]);
    let made = server.request("MKCALENDAR", "/maya/work/", "maya", &[], "");
    assert_eq!(made.status, 201, "{}", made.text);
    let place = "/maya/work/weekly.ics";
    let headers = ["Content-Type: text/calendar"];
    let mut maya = Hand::new(server.port, "maya", Duration::from_secs(30));
    let mut hour = 12;
    let mut books = |maya: &mut Hand, uid: &str| {
        hour += 1;
        let mut edit = booking(
            &format!("good-{hour}"),
            &format!("2026-03-11T{hour}:00:00Z"),
        );
        let Edit::Book(meeting) = &mut edit else {
            panic!("a booking");
        };
        meeting.like = Some(Box::new(Like {
            place: place.to_owned(),
            uid: uid.to_owned(),
            occurrence: None,
            text: None,
        }));
        let new = format!("/maya/work/good-{hour}.ics");
        let outcome = maya.make(&new, edit);
        assert!(matches!(outcome, Outcome::Done { .. }), "{outcome:?}");
        server.request("GET", &new, "maya", &[], "").text
    };
    // Of what is not there nothing is taken, and it is booked all the same.
    assert!(!books(&mut maya, "weekly").contains("LOCATION"));
    for bench in ["The bench", "The other bench"] {
        let lost = weekly().replace("RRULE", &format!("LOCATION:{bench}\r\nRRULE"));
        let put = server.request("PUT", place, "maya", &headers, &lost);
        assert!(matches!(put.status, 201 | 204), "{}", put.text);
        let new = books(&mut maya, "weekly");
        assert!(new.contains(&format!("LOCATION:{bench}\r\n")), "{new}");
        assert!(!books(&mut maya, "another").contains("LOCATION"));
    }
}
