//! Google says by itself that something changed: over channels that the server opens, follows and stops.

use crate::google::{BEN, MAYA, disconnect, go_at, location, office_at};
use crate::running::Running;
use std::thread::sleep;
use std::time::{Duration, UNIX_EPOCH};
use steadfast_fakes::google::{Google, Push};

/// Where people open it, and where Google says it; nobody listens there, and the test brings its messages.
const ADDRESS: &str = "https://steadfast.example.org";

/// Waits until it is so, for as long as nobody would wait for a page.
fn until(what: &str, is_so: impl Fn() -> bool) {
    for _ in 0..600 {
        if is_so() {
            return;
        }
        sleep(Duration::from_millis(100));
    }
    panic!("{what}");
}

/// Brings a message to the server; what it answers.
fn bring(server: &Running, push: &Push) -> String {
    let path = push.address.strip_prefix(ADDRESS).unwrap();
    let headers = format!(
        "X-Goog-Channel-ID: {}\r\nX-Goog-Channel-Token: {}\r\nX-Goog-Resource-State: {}\r\nX-Goog-Message-Number: {}\r\n",
        push.channel, push.token, push.state, push.number
    );
    server.ask(&format!("POST {path} HTTP/1.1"), &headers, b"")
}

fn lists(google: &Google) -> usize {
    let asked = google.asked();
    asked
        .iter()
        .filter(|one| *one == "calendar.events.list")
        .count()
}

#[test]
fn a_message_has_the_calendar_read_at_once_and_channels_end_with_it() {
    let folder = tempfile::tempdir().unwrap();
    let google = office_at(folder.path(), ADDRESS);
    // When a channel ends, both sides have to tell by one clock.
    let now = i64::try_from(UNIX_EPOCH.elapsed().unwrap().as_secs()).unwrap();
    google.set_clock(jiff::Timestamp::from_second(now).unwrap());
    let mut server = Running::start(&["serve"], folder.path());
    let maya = server.set_up();
    google.sign_in(Some(MAYA), &[]);
    let answer = go_at(&google, (&server, ADDRESS), &maya, "/calendars/google");
    assert!(
        location(&answer).starts_with("/calendars?connected=1"),
        "{answer}"
    );
    until("no channel is opened", || google.watched() == [MAYA]);
    let page = server.get_as("/calendars", &maya);
    assert!(
        page.contains("when Google says that something changed"),
        "{page}"
    );
    let begins = google.pushes().remove(0);
    assert_eq!(begins.state, "sync");
    let read = lists(&google);
    assert!(bring(&server, &begins).starts_with("HTTP/1.1 204"));
    // Somebody else's message: another token, another channel.
    let list = google
        .ask(MAYA, "GET", "calendars/primary/events", None, None)
        .1;
    let id = list["items"][0]["id"].as_str().unwrap();
    let instance = format!("calendars/primary/events/{id}_20260113T140000Z");
    assert_eq!(google.ask(MAYA, "DELETE", &instance, None, None).0, 204);
    let told = google.pushes().pop().unwrap();
    assert_eq!((told.state, told.number > begins.number), ("exists", true));
    let forged = Push {
        token: format!("{}0", told.token),
        ..told.clone()
    };
    assert!(bring(&server, &forged).starts_with("HTTP/1.1 204"));
    // The next look is a quarter of an hour away; Google's own message brings it, and coming twice does no harm.
    let before = lists(&google);
    assert_eq!(before, read + 1, "the test's own");
    for _ in 0..2 {
        assert!(bring(&server, &told).starts_with("HTTP/1.1 204"));
    }
    until("nothing was read", || lists(&google) > before);
    let log = server.get_as("/log", &maya);
    assert!(log.contains("found something new"), "{log}");
    // After a start there is the same channel still.
    let (_, err) = server.end();
    assert!(!err.contains(&told.token) && !err.contains(MAYA) && !err.contains(BEN));
    let server = Running::start(&["serve"], folder.path());
    server.get("/healthz");
    disconnect(&server, &maya);
    assert_eq!(google.watched(), [] as [String; 0]);
    assert!(!google.has_allowed(MAYA));
    assert!(bring(&server, &told).starts_with("HTTP/1.1 204"));
    assert_eq!(google.violations(), [] as [String; 0]);
    server.end();
}
