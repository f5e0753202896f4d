//! Radicale: a plain server, which tells nobody anything.

use crate::common::{Hand, booking, moved, weekly};
use std::time::Duration;
use steadfast_calendar::edit::Edit;
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
    } = maya.on(place, text, edit.clone())
    else {
        panic!("it is moved");
    };
    assert_eq!(told, Told::NotByServer(vec!["ben@example.org".to_owned()]));
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
    assert!(matches!(
        maya.make(new, book),
        Outcome::Done { already: true, .. }
    ));
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
    assert!(matches!(
        maya.carry_out(&order),
        Outcome::Done { version: None, .. }
    ));
    assert_eq!(server.request("GET", new, "maya", &[], "").status, 404);
}
