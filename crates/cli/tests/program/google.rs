//! A Google Calendar: connected on Google's own page, read, allowed again, and given back.

use crate::running::{Ran, Running, cookie, run};
use serde_json::json;
use std::fs;
use std::io::{Read, Write};
use std::net::TcpStream;
use std::path::Path;
use steadfast_fakes::google::Google;

pub(crate) const MAYA: &str = "maya@example.com";
pub(crate) const BEN: &str = "ben@example.com";
/// Where people open it, as the settings say; nobody listens there, and the test follows links itself.
const ADDRESS: &str = "http://127.0.0.1:1";

/// A Google on which Maya meets Ben, and a folder with the settings of a server that is registered there.
fn office(folder: &Path) -> Google {
    office_at(folder, ADDRESS)
}

/// The same, where people open it at that address.
pub(crate) fn office_at(folder: &Path, address: &str) -> Google {
    let google = Google::start("2026-01-05T08:00:00Z".parse().unwrap()).unwrap();
    google.join(MAYA, "Europe/Paris");
    google.join(BEN, "Europe/Paris");
    google.register(
        "client",
        "hush-marker",
        &format!("{address}/calendars/google/back"),
    );
    let weekly = json!({
        "summary": "1:1 Maya / Ben", "recurrence": ["RRULE:FREQ=WEEKLY"], "description": "salary-marker",
        "start": {"dateTime": "2026-01-06T15:00:00+01:00", "timeZone": "Europe/Paris"},
        "end": {"dateTime": "2026-01-06T15:30:00+01:00", "timeZone": "Europe/Paris"},
        "attendees": [{"email": MAYA, "responseStatus": "accepted"}, {"email": BEN, "displayName": "Ben Okafor"}],
    });
    let made = google.ask(
        MAYA,
        "POST",
        "calendars/primary/events",
        None,
        Some(&weekly),
    );
    assert_eq!(made.0, 200);
    fs::write(folder.join("secret"), "hush-marker\n").unwrap();
    let settings = format!(
        "address = \"{address}\"\ngoogle-client-id = \"client\"\ngoogle-client-secret-file = \"secret\"\ngoogle-at = \"{}\"\n",
        google.url()
    );
    fs::write(folder.join("steadfast.toml"), settings).unwrap();
    google
}

pub(crate) fn location(answer: &str) -> &str {
    let mut lines = answer.lines();
    let found = lines.find_map(|line| {
        line.strip_prefix("location: ")
            .or(line.strip_prefix("Location: "))
    });
    found.unwrap_or_else(|| panic!("{answer}"))
}

/// Leaves for Google by that link, allows, and comes back: what the server answers then.
fn go(google: &Google, server: &Running, maya: &str, link: &str) -> String {
    go_at(google, (server, ADDRESS), maya, link)
}

/// The same, where people open it at that address.
pub(crate) fn go_at(
    google: &Google,
    (server, address): (&Running, &str),
    maya: &str,
    link: &str,
) -> String {
    let left = server.get_as(link, maya);
    let page = location(&left).to_owned();
    let path = page
        .strip_prefix(google.url().trim_end_matches('/'))
        .unwrap();
    let host = page.split('/').nth(2).unwrap();
    let mut stream = TcpStream::connect(host).unwrap();
    write!(stream, "GET {path} HTTP/1.1\r\nHost: {host}\r\n\r\n").unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    let back = location(&answer).strip_prefix(address).unwrap().to_owned();
    // Whoever did not leave from here cannot come back.
    let stranger = server.get_as(&back, maya);
    assert!(
        stranger.starts_with("HTTP/1.1 422") && stranger.contains("did not come from here"),
        "{stranger}"
    );
    server.get_as(&back, &format!("{maya}; {}", cookie(&left)))
}

pub(crate) fn source(page: &str) -> &str {
    let (_, after) = page.split_once("action=\"/calendars/").unwrap();
    after.split('/').next().unwrap()
}

/// Disconnects the first of her calendars.
pub(crate) fn disconnect(server: &Running, maya: &str) {
    let page = server.get_as("/calendars", maya);
    let away = format!("POST /calendars/{}/disconnect HTTP/1.1", source(&page));
    let answer = server.ask(&away, &format!("Cookie: {maya}\r\n"), b"");
    assert_eq!(location(&answer), "/calendars");
}

fn sync(folder: &Path) -> Ran {
    run(&["sync", "--all"], folder)
}

#[test]
fn a_google_calendar_is_connected_kept_up_with_allowed_again_and_given_back() {
    let folder = tempfile::tempdir().unwrap();
    let google = office(folder.path());
    let mut server = Running::start(&["serve"], folder.path());
    let maya = server.set_up();
    let page = server.get_as("/calendars", &maya);
    assert!(page.contains("Go on to Google"), "{page}");
    google.sign_in(Some(MAYA), &[]);
    let answer = go(&google, &server, &maya, "/calendars/google");
    assert_eq!(
        location(&answer),
        "/calendars?connected=1&aside=0",
        "{answer}"
    );
    let page = server.get_as("/calendars", &maya);
    assert!(
        page.contains("Google Calendar") && page.contains("given back to Google"),
        "{page}"
    );
    assert!(server.get_as("/one-on-ones", &maya).contains("Ben Okafor"));
    server.end();
    // What opens her calendar, and what was never asked for, is nowhere on the disk in the clear.
    for entry in fs::read_dir(folder.path()).unwrap() {
        let path = entry.unwrap().path();
        let bytes = fs::read(&path).unwrap_or_default();
        let has = |word: &str| {
            bytes
                .windows(word.len())
                .any(|window| window == word.as_bytes())
        };
        assert!(
            !has("1//refresh") && !has("ya29.") && !has("salary-marker"),
            "{}",
            path.display()
        );
    }
    let ran = sync(folder.path());
    assert_eq!(
        (ran.code, ran.out.lines().nth(1)),
        (0, Some("unchanged 1")),
        "{}",
        ran.err
    );
    let list = google
        .ask(MAYA, "GET", "calendars/primary/events", None, None)
        .1;
    let id = list["items"][0]["id"].as_str().unwrap();
    let instance = format!("calendars/primary/events/{id}_20260113T140000Z");
    assert_eq!(google.ask(MAYA, "DELETE", &instance, None, None).0, 204);
    assert!(sync(folder.path()).out.starts_with("changed 1\n"));
    // She takes it back at Google, and allows it again here.
    google.take_back(MAYA);
    let ran = sync(folder.path());
    assert!(ran.out.contains("stopped 1"), "{}", ran.out);
    assert!(
        !ran.err.contains("hush-marker") && !ran.err.contains("maya@"),
        "{}",
        ran.err
    );
    let server = Running::start(&["serve"], folder.path());
    let page = server.get_as("/calendars", &maya);
    assert!(
        page.contains("Allow it again at Google") && page.contains("does not accept any more"),
        "{page}"
    );
    let again = format!("/calendars/google?source={}", source(&page));
    assert_eq!(location(&go(&google, &server, &maya, &again)), "/calendars");
    let page = server.get_as("/calendars", &maya);
    assert!(
        !page.contains("does not answer") && google.has_allowed(MAYA),
        "{page}"
    );
    disconnect(&server, &maya);
    assert!(!google.has_allowed(MAYA));
    assert_eq!(google.violations(), [] as [String; 0]);
    server.end();
}

#[test]
fn whoever_lets_steadfast_write_is_asked_once_more_and_told_whether_it_may() {
    const WRITES: &str = "https://www.googleapis.com/auth/calendar.events.owned";
    let folder = tempfile::tempdir().unwrap();
    let google = office(folder.path());
    let mut server = Running::start(&["serve"], folder.path());
    let maya = server.set_up();
    google.sign_in(Some(MAYA), &[]);
    // Least first.
    let left = server.get_as("/calendars/google?write=1", &maya);
    assert!(
        !location(&left).contains("calendar.events.owned+"),
        "{left}"
    );
    assert!(
        !location(&left).contains("calendar.events.owned&"),
        "{left}"
    );
    go(&google, &server, &maya, "/calendars/google");
    let page = server.get_as("/calendars", &maya);
    assert!(page.contains("cannot write to it"), "{page}");
    let let_it = format!("/calendars/google?source={}&amp;write=1", source(&page));
    assert!(page.contains(&let_it), "{page}");
    let let_it = let_it.replace("&amp;", "&");
    // Whoever unticks it there is read as before.
    google.sign_in(Some(MAYA), &[WRITES]);
    assert_eq!(
        location(&go(&google, &server, &maya, &let_it)),
        "/calendars"
    );
    assert!(
        server
            .get_as("/calendars", &maya)
            .contains("cannot write to it")
    );
    google.sign_in(Some(MAYA), &[]);
    assert_eq!(
        location(&go(&google, &server, &maya, &let_it)),
        "/calendars"
    );
    let page = server.get_as("/calendars", &maya);
    assert!(
        page.contains("Steadfast may write to it") && !page.contains("Let Steadfast write"),
        "{page}"
    );
    // Another's account lets nothing.
    google.sign_in(Some(BEN), &[]);
    assert!(go(&google, &server, &maya, &let_it).contains("not the one that was connected"));
    assert_eq!(google.violations(), [] as [String; 0]);
    server.end();
}

#[test]
fn an_account_that_is_connected_twice_goes_on_until_the_last_of_the_two_is_disconnected() {
    let folder = tempfile::tempdir().unwrap();
    let google = office(folder.path());
    let mut server = Running::start(&["serve"], folder.path());
    let maya = server.set_up();
    google.sign_in(Some(MAYA), &[]);
    let connect = || go(&google, &server, &maya, "/calendars/google");
    for _ in 0..2 {
        assert!(location(&connect()).starts_with("/calendars?connected=1"));
    }
    // What is too little, or of somebody else, comes to nothing and takes nothing along.
    google.sign_in(
        Some(MAYA),
        &["https://www.googleapis.com/auth/calendar.events.owned.readonly"],
    );
    assert!(connect().contains("not everything was allowed"));
    google.sign_in(Some(BEN), &[]);
    assert!(connect().contains("ben@example.com"));
    disconnect(&server, &maya);
    server.end();
    let ran = sync(folder.path());
    assert_eq!(
        (ran.code, ran.out.lines().nth(1)),
        (0, Some("unchanged 1")),
        "{} {}",
        ran.out,
        ran.err
    );
    let server = Running::start(&["serve"], folder.path());
    assert!(google.has_allowed(MAYA));
    disconnect(&server, &maya);
    assert!(!google.has_allowed(MAYA));
    assert_eq!(google.violations(), [] as [String; 0]);
    server.end();
}

#[test]
fn what_comes_to_nothing_is_told_and_leaves_nothing_behind() {
    let folder = tempfile::tempdir().unwrap();
    let google = office(folder.path());
    let mut server = Running::start(&["serve"], folder.path());
    let maya = server.set_up();
    let told = |words: &str, answer: &str| {
        assert!(
            answer.starts_with("HTTP/1.1 422") && answer.contains(words),
            "{answer}"
        );
        assert!(!google.has_allowed(MAYA) && !google.has_allowed(BEN));
    };
    google.sign_in(None, &[]);
    told(
        "was not allowed at Google",
        &go(&google, &server, &maya, "/calendars/google"),
    );
    google.sign_in(
        Some(MAYA),
        &["https://www.googleapis.com/auth/calendar.events.owned.readonly"],
    );
    told(
        "not everything was allowed",
        &go(&google, &server, &maya, "/calendars/google"),
    );
    // Somebody else's.
    google.sign_in(Some(BEN), &[]);
    told(
        "ben@example.com",
        &go(&google, &server, &maya, "/calendars/google"),
    );
    // An address that stands for Google is none.
    let headers = format!("Cookie: {maya}\r\nContent-Type: application/x-www-form-urlencoded\r\n");
    let answer = server.ask(
        "POST /calendars HTTP/1.1",
        &headers,
        b"address=google:&password=x",
    );
    assert!(answer.contains("This is no address"), "{answer}");
    server.end();
}

#[test]
fn a_server_that_is_not_registered_offers_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let mut server = Running::start(&["serve"], folder.path());
    let maya = server.set_up();
    assert!(
        !server
            .get_as("/calendars", &maya)
            .contains("Go on to Google")
    );
    assert!(
        server
            .get_as("/calendars/google", &maya)
            .starts_with("HTTP/1.1 404")
    );
    server.end();
    // Half a registration ends the program, with what to do.
    let ran = run(&["serve", "--google-client-id", "client"], folder.path());
    assert_eq!(ran.code, 2);
    assert!(
        ran.err.contains("no client secret") && ran.err.contains("--google-client-secret-file"),
        "{}",
        ran.err
    );
}
