//! The key of an organisation: people find their calendars connected, and leave.

use crate::google::{MAYA, disconnect, location, office_at};
use crate::running::{Running, run};
use std::fs;
use std::thread::sleep;
use std::time::{Duration, UNIX_EPOCH};
use steadfast_connect::sync::google::grant::SCOPES;
use steadfast_fakes::google::Google;
use tempfile::TempDir;

const ADDRESS: &str = "http://127.0.0.1:1";

/// A server with a key, at which Maya has let it read her calendar; and her cookie.
fn opened() -> (TempDir, Google, String) {
    let folder = tempfile::tempdir().unwrap();
    let google = office_at(folder.path(), ADDRESS);
    // What is signed says when, by the machine's own clock.
    let now = i64::try_from(UNIX_EPOCH.elapsed().unwrap().as_secs()).unwrap();
    google.set_clock(jiff::Timestamp::from_second(now).unwrap());
    fs::write(
        folder.path().join("key.json"),
        google.delegate("example.com", &SCOPES),
    )
    .unwrap();
    let settings = format!(
        "google-key-file = \"key.json\"\ngoogle-domains = \"example.com\"\ngoogle-at = \"{}\"\n",
        google.url()
    );
    fs::write(folder.path().join("steadfast.toml"), settings).unwrap();
    let before = google.asked().len();
    let mut server = Running::start(&["serve"], folder.path());
    let maya = server.set_up();
    let page = server.get_as("/calendars", &maya);
    assert!(page.contains("Let it read my calendar"), "{page}");
    assert_eq!(
        google.asked().len(),
        before,
        "nothing is asked before the tap"
    );
    let tap = "POST /calendars/by-key HTTP/1.1";
    let answer = server.ask(tap, &format!("Cookie: {maya}\r\n"), b"");
    assert_eq!(location(&answer), "/calendars");
    let mut page = String::new();
    for _ in 0..600 {
        page = server.get_as("/calendars", &maya);
        if page.contains("because you let it") && page.contains("was checked") {
            break;
        }
        sleep(Duration::from_millis(100));
    }
    assert!(page.contains("because you let it"), "{page}");
    assert!(
        !page.contains("Go on to Google") && !page.contains("does not answer"),
        "{page}"
    );
    assert!(server.get_as("/one-on-ones", &maya).contains("Ben Okafor"));
    server.end();
    let ran = run(&["sync", "--all"], folder.path());
    assert_eq!(
        (ran.code, ran.out.lines().nth(1)),
        (0, Some("unchanged 1")),
        "{} {}",
        ran.out,
        ran.err
    );
    (folder, google, maya)
}

#[test]
fn whoever_runs_the_server_takes_a_domain_out_and_nothing_of_its_people_is_asked() {
    let (folder, google, maya) = opened();
    // Whoever runs the server takes her domain out: nothing of hers is asked from then on, and she is told.
    let settings = folder.path().join("steadfast.toml");
    let before = fs::read_to_string(&settings).unwrap();
    let narrowed = before.replace("\"example.com\"", "\"example.org\"");
    assert_ne!(before, narrowed);
    fs::write(&settings, narrowed).unwrap();
    let asked = google.asked().len();
    let ran = run(&["sync", "--all"], folder.path());
    assert!(ran.out.contains("failed 1"), "{} {}", ran.out, ran.err);
    assert_eq!(google.asked().len(), asked);
    let server = Running::start(&["serve"], folder.path());
    let page = server.get_as("/calendars", &maya);
    assert!(
        page.contains("not for your address any more") && page.contains("Leave it"),
        "{page}"
    );
    let page = server.get_as("/privacy", &maya);
    assert!(page.contains("It opened yours, and does not now"), "{page}");
    server.end();
}

#[test]
fn people_of_the_domain_let_the_key_open_their_calendars_and_can_leave() {
    let (folder, google, maya) = opened();
    // What is not granted any more is nothing that she could mend: it is asked again.
    google.delegate("elsewhere.example", &SCOPES);
    google.expire();
    let ran = run(&["sync", "--all"], folder.path());
    assert!(ran.out.contains("failed 1"), "{} {}", ran.out, ran.err);
    assert!(
        !ran.err.contains("maya@") && !ran.err.contains("PRIVATE"),
        "{}",
        ran.err
    );
    let server = Running::start(&["serve"], folder.path());
    let page = server.get_as("/calendars", &maya);
    assert!(
        page.contains("does not open it by your organisation’s key"),
        "{page}"
    );
    disconnect(&server, &maya);
    let page = server.get_as("/calendars", &maya);
    assert!(page.contains("You left"), "{page}");
    assert_eq!(google.violations(), [] as [String; 0]);
    assert!(
        !google.asked().is_empty()
            && google
                .ask(MAYA, "GET", "users/me/calendarList", None, None)
                .0
                == 200
    );
    server.end();
}

#[test]
fn a_key_that_cannot_be_used_ends_the_program_with_what_to_do() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(
        folder.path().join("key.json"),
        "{\"private_key\": \"marker\"}",
    )
    .unwrap();
    let flags = [
        "serve",
        "--google-key-file",
        "key.json",
        "--google-domains",
        "example.com",
    ];
    let ran = run(&flags, folder.path());
    assert_eq!(ran.code, 2);
    assert!(
        ran.err.contains("key.json cannot be used") && !ran.err.contains("marker"),
        "{}",
        ran.err
    );
}
